import { SceneError } from './errors';
import { vertexCount, type Mesh } from './mesh';
import { bridgeEdges } from './meshBridges';
import type { Neighborhood } from './neighborhood';
import { weldPositions } from './weld';

export interface MeshNeighborhoodOptions {
  /** Each vertex is its own neighbour. */
  readonly selfEdges?: boolean;
  /** Vertices at exactly the same place count as one, so that split normals do not tear the surface. */
  readonly weld?: boolean;
  /** Components are joined where they touch or are nearest, see `bridgeEdges`. */
  readonly bridge?: boolean;
}

/**
 * The 1-ring of every vertex of a triangle mesh, in ascending order, each neighbour once, with weights 1 / (number of entries): what FeaStNet calls
 * the adjacency with self edges. Any mesh will do: edges of three faces, isolated vertices (their own neighbour alone), degenerate faces, and
 * vertices split by seams: each sees all that its place sees, and copies share one weight, so that sums and maxima over neighbours are those
 * of the mesh without the split. One mesh at a time: `stackNeighborhoods` makes batches.
 * @param mesh its positions and faces.
 * @param options.selfEdges whether each vertex is its own neighbour. @param options.weld whether vertices at the same place are one.
 * @param options.bridge whether a mesh of several components gets edges between them: convolutions do not leave a component else.
 * @throws SceneError 'index-out-of-range' where a face names a vertex that does not exist.
 * @example
 * ```ts
 * const triangle = { positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces: Uint32Array.from([0, 1, 2]) };
 * const { meshNeighborhood } = geometry.convolution;
 * meshNeighborhood(triangle).columns; // → [0, 1, 2, 0, 1, 2, 0, 1, 2]
 * meshNeighborhood(triangle, { selfEdges: false }).columns; // → [1, 2, 0, 2, 0, 1]
 * // A fourth vertex, by itself, is joined to the nearest.
 * const withPoint = { ...triangle, positions: Float32Array.from([...triangle.positions, 2, 0, 0]) };
 * meshNeighborhood(withPoint, { bridge: true }).offsets; // → [0, 3, 7, 10, 12]
 * ```
 */
export function meshNeighborhood(
  mesh: Pick<Mesh, 'positions' | 'faces'>, { selfEdges = true, weld = true, bridge = false }: MeshNeighborhoodOptions = {},
): Neighborhood {
  const { positions, faces } = mesh;
  const count = vertexCount(mesh);
  const bad = faces.findIndex((index) => index >= count);
  if (bad >= 0) {
    throw new SceneError(`face ${Math.floor(bad / 3)} names vertex ${faces[bad]}, but there are only ${count}`, { code: 'index-out-of-range', place: `face ${Math.floor(bad / 3)}` });
  }
  const own = Int32Array.from({ length: count }, (_, v) => v);
  const { ids, first } = weld ? weldPositions(positions) : { ids: own, first: own };
  const rings = ringsOf(faces, ids, first.length, selfEdges);
  if (bridge) {
    const places = new Float32Array(3 * first.length);
    first.forEach((v, place) => places.set(positions.subarray(3 * v, 3 * v + 3), 3 * place));
    for (const [a, b] of bridgeEdges(places, compressed(rings))) {
      rings[a].add(b);
      rings[b].add(a);
    }
  }
  return seenByCopies(rings, ids);
}

/** The places around each place. */
function ringsOf(faces: Uint32Array, ids: Int32Array, placeCount: number, selfEdges: boolean): Set<number>[] {
  const rings = Array.from({ length: placeCount }, () => new Set<number>());
  for (let corner = 0; corner < faces.length; corner++) {
    const face = corner - (corner % 3);
    const place = ids[faces[corner]];
    for (let k = 1; k < 3; k++) rings[place].add(ids[faces[face + ((corner + k) % 3)]]);
  }
  rings.forEach((ring, place) => (selfEdges ? ring.add(place) : ring.delete(place)));
  return rings;
}

function compressed(rings: readonly Set<number>[]): Pick<Neighborhood, 'offsets' | 'columns'> {
  const offsets = new Int32Array(rings.length + 1);
  rings.forEach((ring, v) => { offsets[v + 1] = offsets[v] + ring.size; });
  const columns = new Int32Array(offsets[rings.length]);
  rings.forEach((ring, v) => columns.set([...ring], offsets[v]));
  return { offsets, columns };
}

/** From places to vertices: every copy sees all copies of the places around, which share a place's weight. @param ids [V] the place of each vertex. */
function seenByCopies(rings: readonly Set<number>[], ids: Int32Array): Neighborhood {
  const copies: number[][] = Array.from({ length: rings.length }, () => []);
  ids.forEach((place, v) => copies[place].push(v));
  const seen = rings.map((ring) => Int32Array.from([...ring].flatMap((place) => copies[place])).sort());
  const offsets = new Int32Array(ids.length + 1);
  ids.forEach((place, v) => { offsets[v + 1] = offsets[v] + seen[place].length; });
  const columns = new Int32Array(offsets[ids.length]);
  const weights = new Float32Array(columns.length);
  ids.forEach((place, v) => {
    columns.set(seen[place], offsets[v]);
    seen[place].forEach((w, k) => { weights[offsets[v] + k] = 1 / (rings[place].size * copies[ids[w]].length); });
  });
  return { batch: [], rowCount: ids.length, columnCount: ids.length, offsets, columns, weights };
}
