import { coarsenNeighborhood } from './coarsenNeighborhood';
import { decimate } from './decimate';
import type { Mesh } from './mesh';
import { meshNeighborhood } from './meshNeighborhood';
import { averageRows, neighborhoodFromEntries, type Neighborhood } from './neighborhood';
import { weldPositions } from './weld';

/** A mesh at one resolution, as networks need it. M vertices. */
export interface MeshLevel {
  /** [M, 3] */
  readonly positions: Float32Array;
  /** [M, M]: 1-rings with self edges, and bridges between components. */
  readonly neighbors: Neighborhood;
  /** [M, vertices of the level before], the first from the mesh's own: each vertex is the mean of those that it stands for. */
  readonly pooling: Neighborhood;
}

/** Decimation keeps a triangle at least. */
const FEWEST_VERTICES = 3;

/**
 * A mesh at several resolutions, each made from the one before by quadric decimation. The first has one vertex for each place of the mesh, so that
 * seams and copies do not matter. Neighbours of coarser levels are neighbours of those that were merged, so what was connected stays so.
 * @param mesh any: non-manifold, in several components, with seams, with isolated vertices.
 * @param shares vertices of each further level, as a share of the first's, falling; closed components keep four vertices at least.
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
export function meshLevels(mesh: Pick<Mesh, 'positions' | 'faces'>, shares: readonly number[] = [], { bridge = true } = {}): readonly MeshLevel[] {
  const { ids, first } = weldPositions(mesh.positions);
  const positions = new Float32Array(3 * first.length);
  first.forEach((v, place) => positions.set(mesh.positions.subarray(3 * v, 3 * v + 3), 3 * place));
  // Before faces are renumbered: the error names what the caller knows.
  if (mesh.faces.some((v) => v >= ids.length)) meshNeighborhood(mesh);
  let now: Pick<Mesh, 'positions' | 'faces'> = { positions, faces: mesh.faces.map((v) => ids[v]) };
  const levels: MeshLevel[] = [{
    positions, neighbors: meshNeighborhood(now, { bridge }),
    pooling: averageRows(neighborhoodFromEntries(ids, Int32Array.from(ids.keys()), { rowCount: first.length, columnCount: ids.length })),
  }];
  for (const share of shares) {
    const { mesh: coarse, parents, pooling } = decimate(now, Math.max(FEWEST_VERTICES, Math.ceil(share * first.length)), { weld: false });
    levels.push({ positions: coarse.positions, neighbors: coarsenNeighborhood(levels[levels.length - 1].neighbors, parents, pooling.rowCount), pooling });
    now = coarse;
  }
  return levels;
}
