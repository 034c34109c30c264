import type { Mesh } from './mesh';
import { neighborhoodFromEntries, normalizeRows, type Neighborhood } from './neighborhood';

export type PoolingWeights = 'uniform' | 'area';

/** [V]: a third of the area of the faces around each vertex. */
function vertexAreas({ positions, faces }: Pick<Mesh, 'positions' | 'faces'>): Float32Array {
  const areas = new Float32Array(positions.length / 3);
  for (let f = 0; f < faces.length; f += 3) {
    const [a, b, c] = [3 * faces[f], 3 * faces[f + 1], 3 * faces[f + 2]];
    const u = [0, 1, 2].map((k) => positions[b + k] - positions[a + k]);
    const v = [0, 1, 2].map((k) => positions[c + k] - positions[a + k]);
    const area = Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) / 2;
    for (let k = 0; k < 3; k++) areas[faces[f + k]] += area / 3;
  }
  return areas;
}

/**
 * The sparse map from fine to coarse: row c holds the fine vertices merged into coarse vertex c, in ascending order; each row's weights sum to 1.
 * @param parents [V]: the coarse vertex of each fine one. @param coarseCount rows.
 * @param fine whose areas weigh where `weights` is 'area'; rows without any area are uniform.
 */
export function poolingMap(parents: Int32Array, coarseCount: number, fine: Pick<Mesh, 'positions' | 'faces'>, weights: PoolingWeights = 'uniform'): Neighborhood {
  const size = { rowCount: coarseCount, columnCount: parents.length };
  const columns = Int32Array.from(parents.keys());
  if (weights === 'uniform') return normalizeRows(neighborhoodFromEntries(parents, columns, size));
  const areas = vertexAreas(fine);
  const totals = new Float32Array(coarseCount);
  parents.forEach((parent, v) => { totals[parent] += areas[v]; });
  return normalizeRows(neighborhoodFromEntries(parents, columns, size, areas.map((area, v) => (totals[parents[v]] > 0 ? area : 1))));
}
