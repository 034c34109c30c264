import { coarsenNeighborhood } from './coarsenNeighborhood';
import { contractShortest } from './contractShortest';
import { decimate } from './decimate';
import type { Mesh } from './mesh';
import { meshNeighborhood } from './meshNeighborhood';
import { averageRows, neighborhoodFromEntries, rowsOfEntries, type Neighborhood } from './neighborhood';
import { poolingMap } from './poolingMap';
import { weldPositions } from './weld';

/** A mesh at one resolution, as networks need it. M vertices. */
export interface MeshLevel {
  /** [M, 3] */
  readonly positions: Float32Array;
  /** [M, M]: 1-rings with self edges, and bridges between components. */
  readonly neighbors: Neighborhood;
  /** [M, vertices of the level before], the first from the mesh's own: each vertex is the mean of those that it stands for. */
  readonly pooling: Neighborhood;
  /** [F, 3]: what is left of the faces. */
  readonly faces: Uint32Array;
}

/** Decimation keeps a triangle at least. */
const FEWEST_VERTICES = 3;

type Surface = Pick<Mesh, 'positions' | 'faces'>;

/**
 * A mesh at several resolutions, each made from the one before by quadric decimation. The first has one vertex for each place of the mesh, in order
 * of first appearance, so that seams and copies do not matter. Neighbours of coarser levels are neighbours of those that were merged, so what
 * was connected stays so. The order of vertices and faces decides nothing: neither neighbours nor what is merged.
 * @param mesh any: non-manifold, in several components, with seams, with isolated vertices.
 * @param shares vertices of each further level, as a share of the first's, falling. Where decimation cannot go so far (closed components keep four
 *   vertices), a connected mesh has at most half as many as the level before.
 * @param options.bridge whether components are joined where they touch or are nearest; true by default.
 * @returns one level more than `shares`.
 * @throws SceneError 'index-out-of-range', 'not-finite', 'malformed'.
 * @example
 * ```ts
 * // A square of two triangles, each with its own corners.
 * const positions = Float32Array.from([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0]);
 * const levels = geometry.convolution.meshLevels({ positions, faces: Uint32Array.from([0, 1, 2, 3, 4, 5]) }, [0.75]);
 * levels.map(({ neighbors }) => neighbors.rowCount); // → [4, 3]
 * levels[0].pooling.columns; // → [0, 3, 1, 2, 4, 5]
 * ```
 */
export function meshLevels(mesh: Surface, shares: readonly number[] = [], { bridge = true } = {}): readonly MeshLevel[] {
  // Before faces are renumbered: the error names what the caller knows.
  if (mesh.faces.some((v) => v >= mesh.positions.length / 3)) meshNeighborhood(mesh);
  const { ids, first } = weldPositions(mesh.positions);
  const positions = pick(mesh.positions, first);
  const order = byPlace(positions);
  const numbers = new Int32Array(order.length);
  order.forEach((place, i) => { numbers[place] = i; });
  let now: Surface = { positions: pick(positions, order), faces: sortedFaces(mesh.faces, ids.map((place) => numbers[place])) };
  let neighbors = meshNeighborhood(now, { bridge });
  const levels: MeshLevel[] = [{
    positions, neighbors: renumbered(neighbors, order),
    pooling: averageRows(neighborhoodFromEntries(ids, Int32Array.from(ids.keys()), { rowCount: first.length, columnCount: ids.length })),
    faces: withArea(mesh.faces.map((v) => ids[v])),
  }];
  shares.forEach((share, i) => {
    const { surface, parents } = coarsen(now, neighbors, Math.max(FEWEST_VERTICES, Math.ceil(share * first.length)));
    const count = surface.positions.length / 3;
    neighbors = coarsenNeighborhood(neighbors, parents, count);
    const pooling = poolingMap(parents, count, now);
    levels.push({
      positions: surface.positions, neighbors, pooling: i === 0 ? { ...pooling, columns: pooling.columns.map((v) => order[v]) } : pooling, faces: withArea(surface.faces),
    });
    now = surface;
  });
  return levels;
}

/**
 * Decimation, and where it leaves more than half of the vertices, since it keeps every component and what kind of surface it is, neighbours merged
 * in pairs beyond that: a level that hardly is coarser would be of no use to a network.
 */
function coarsen(fine: Surface, neighbors: Neighborhood, target: number): { readonly surface: Surface; readonly parents: Int32Array } {
  const { mesh, parents } = decimate(fine, target, { weld: false });
  const most = Math.max(target, Math.ceil(fine.positions.length / 6));
  let surface: Surface = mesh;
  let groups = parents;
  while (surface.positions.length / 3 > most) {
    const before = surface.positions.length / 3;
    const pairs = contractShortest(surface.positions, coarsenNeighborhood(neighbors, groups, before), most);
    if (pairs.count === before) break;
    surface = { positions: pairs.positions, faces: surface.faces.map((v) => pairs.parents[v]) };
    groups = groups.map((v) => pairs.parents[v]);
  }
  return { surface, parents: groups };
}

/** Faces of three vertices. */
const withArea = (faces: Uint32Array): Uint32Array => faces.filter((_, i) => new Set(faces.subarray(i - (i % 3), i - (i % 3) + 3)).size === 3);

const pick = (positions: Float32Array, vertices: Int32Array): Float32Array => {
  const picked = new Float32Array(3 * vertices.length);
  vertices.forEach((v, i) => picked.set(positions.subarray(3 * v, 3 * v + 3), 3 * i));
  return picked;
};

/** Vertices by x, then y, then z: an order that does not depend on how they came. */
const byPlace = (positions: Float32Array): Int32Array =>
  Int32Array.from({ length: positions.length / 3 }, (_, v) => v).sort((a, b) =>
    positions[3 * a] - positions[3 * b] || positions[3 * a + 1] - positions[3 * b + 1] || positions[3 * a + 2] - positions[3 * b + 2]);

/** Faces of renumbered vertices, each from its lowest on, in ascending order. */
function sortedFaces(faces: Uint32Array, numbers: Int32Array): Uint32Array {
  const turned = Array.from({ length: faces.length / 3 }, (_, f) => {
    const [a, b, c] = [numbers[faces[3 * f]], numbers[faces[3 * f + 1]], numbers[faces[3 * f + 2]]];
    const least = Math.min(a, b, c);
    return least === a ? [a, b, c] : least === b ? [b, c, a] : [c, a, b];
  });
  return Uint32Array.from(turned.sort((p, q) => p[0] - q[0] || p[1] - q[1] || p[2] - q[2]).flat());
}

/** @param names the new number of each row and column; entries keep their order within a row. */
function renumbered(neighborhood: Neighborhood, names: Int32Array): Neighborhood {
  const { rowCount, columnCount, columns, weights } = neighborhood;
  return neighborhoodFromEntries(rowsOfEntries(neighborhood).map((row) => names[row]), columns.map((column) => names[column]), { rowCount, columnCount }, weights);
}
