import { SceneError } from './errors';
import { faceCount, vertexCount, type Mesh } from './mesh';
import { listSegments } from './segments';
import { weldPositions } from './weld';

/** What the antialiasing and gather kernels need to know of a mesh's connectivity. V vertices, F triangles. */
export interface Topology {
  readonly vertexCount: number;
  /** [F, 3] vertex indices, as given. */
  readonly faces: Int32Array;
  /**
   * [F, 3]: for edge k of a face (from its corner (k+1)%3 to (k+2)%3, so opposite corner k) the vertex that the neighbouring triangle has
   * opposite that edge, or −1 where the edge is open, non-manifold or a colour crease.
   */
  readonly opposites: Int32Array;
  /** [V + 1]: corners of vertex v are corners[cornerOffsets[v] … cornerOffsets[v + 1] − 1]. */
  readonly cornerOffsets: Int32Array;
  /** [3 F]: flat corner numbers 3·face + corner, grouped by vertex. */
  readonly corners: Int32Array;
}

/**
 * The connectivity of a mesh. Vertices at exactly the same place are one for the opposites, so normals and colours may be split there.
 * Faces that are degenerate by index or place join nothing. O(F).
 * @param options.creases edges whose two sides have different vertex colours count as open; by default wherever there are colours.
 * @throws SceneError 'index-out-of-range' where a face names a vertex that does not exist.
 * @example
 * ```ts
 * const positions = Float32Array.from([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]);
 * const topology = geometry.representation.mesh.buildTopology({ positions, faces: Uint32Array.from([0, 1, 2, 0, 2, 3]) });
 * topology.vertexCount; // → 4
 * // Vertices 0 and 2 are corners of both faces.
 * topology.cornerOffsets; // → [0, 2, 3, 5, 6]
 * ```
 */
export function buildTopology(
  mesh: Pick<Mesh, 'positions' | 'faces' | 'colors'> & { readonly name?: string }, options: { readonly creases?: boolean } = {},
): Topology {
  const faces = Int32Array.from(mesh.faces);
  const count = vertexCount(mesh);
  const bad = mesh.faces.findIndex((index) => index >= count);
  if (bad >= 0) {
    throw new SceneError(`face ${Math.floor(bad / 3)} names vertex ${mesh.faces[bad]}, but there are only ${count}`, {
      code: 'index-out-of-range', file: mesh.name, place: `face ${Math.floor(bad / 3)}`,
    });
  }
  const colors = (options.creases ?? true) ? mesh.colors : undefined;
  const { offsets: cornerOffsets, order: corners } = listSegments(faces, count);
  return { vertexCount: count, faces, opposites: findOpposites(mesh, faces, colors), cornerOffsets, corners };
}

function findOpposites(mesh: Pick<Mesh, 'positions' | 'faces'>, faces: Int32Array, colors: Float32Array | undefined): Int32Array {
  const opposites = new Int32Array(faces.length).fill(-1);
  const { first, second } = pairEdges(mesh);
  for (let edge = 0; edge < first.length; edge++) {
    const [a, b] = [first[edge], second[edge]];
    if (b < 0 || (colors && isCrease(faces, colors, mesh.positions, a, b))) continue;
    opposites[a] = faces[b];
    opposites[b] = faces[a];
  }
  return opposites;
}

const NO_PARTNER = -1;
const NON_MANIFOLD = -2;

/** Every edge with the one or two corners that lie opposite it: `second` is −1 on open and −2 on non-manifold edges. */
export function pairEdges(mesh: Pick<Mesh, 'positions' | 'faces'>): { readonly first: Int32Array; readonly second: Int32Array } {
  const { ids } = weldPositions(mesh.positions);
  const { faces } = mesh;
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(4, 2 * faces.length)));
  const slots = new Int32Array(capacity).fill(-1);
  const low = new Int32Array(faces.length);
  const high = new Int32Array(faces.length);
  const first = new Int32Array(faces.length);
  const second = new Int32Array(faces.length);
  let edges = 0;
  for (let f = 0; f < faceCount(mesh); f++) {
    const corners = [ids[faces[3 * f]], ids[faces[3 * f + 1]], ids[faces[3 * f + 2]]];
    if (corners[0] === corners[1] || corners[1] === corners[2] || corners[2] === corners[0]) continue;
    for (let k = 0; k < 3; k++) {
      const [p, q] = [corners[(k + 1) % 3], corners[(k + 2) % 3]];
      const [a, b] = p < q ? [p, q] : [q, p];
      let slot = (Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) >>> 5) & (capacity - 1);
      while (slots[slot] >= 0 && (low[slots[slot]] !== a || high[slots[slot]] !== b)) slot = (slot + 1) & (capacity - 1);
      const edge = slots[slot];
      if (edge < 0) {
        slots[slot] = edges;
        [low[edges], high[edges], first[edges], second[edges]] = [a, b, 3 * f + k, NO_PARTNER];
        edges++;
      } else {
        second[edge] = second[edge] === NO_PARTNER ? 3 * f + k : NON_MANIFOLD;
      }
    }
  }
  return { first: first.slice(0, edges), second: second.slice(0, edges) };
}

/** Do the faces on the two sides of an edge, opposite corners a and b, differ in colour at either end? */
function isCrease(faces: Int32Array, colors: Float32Array, positions: Float32Array, a: number, b: number): boolean {
  const ends = (corner: number) => {
    const face = corner - (corner % 3);
    return [faces[face + ((corner + 1) % 3)], faces[face + ((corner + 2) % 3)]];
  };
  const same = (data: Float32Array, u: number, v: number) =>
    data[3 * u] === data[3 * v] && data[3 * u + 1] === data[3 * v + 1] && data[3 * u + 2] === data[3 * v + 2];
  const [a0, a1] = ends(a);
  const [b0, b1] = ends(b);
  const [p, q] = same(positions, a0, b1) && same(positions, a1, b0) ? [b1, b0] : [b0, b1];
  return !same(colors, a0, p) || !same(colors, a1, q);
}
