import { SceneError } from './errors';
import { nearestNeighbors, radiusPairs } from './nearestNeighbors';
import type { Row } from './stackRows';

/** The k nearest, all within a radius, or the k nearest of these. */
export interface NeighborSearch { readonly k?: number; readonly radius?: number }

/** Squared distances are taken as at least this much (PointNet++ takes the same): a point at a source's place then has its features. */
const LEAST_SQUARED_DISTANCE = 1e-10;

/** Whom each query sees, query by query. */
export function search(points: Float32Array, queries: Float32Array, { k, radius }: NeighborSearch): Row {
  if (k === undefined && radius === undefined) throw new SceneError('a search for neighbours needs k, a radius or both', { code: 'malformed' });
  if (k === undefined) {
    const { offsets, indices } = radiusPairs(points, 3, radius!, { queries });
    return { offsets, columns: indices };
  }
  const { indices, squaredDistances } = nearestNeighbors(points, 3, k, { queries, radius });
  const rows = queries.length / 3;
  const offsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    while (count < k && indices[row * k + count] >= 0) count++;
    offsets[row + 1] = offsets[row] + count;
  }
  const columns = new Int32Array(offsets[rows]);
  const squared = new Float32Array(offsets[rows]);
  for (let row = 0; row < rows; row++) {
    columns.set(indices.subarray(row * k, row * k + offsets[row + 1] - offsets[row]), offsets[row]);
    squared.set(squaredDistances.subarray(row * k, row * k + offsets[row + 1] - offsets[row]), offsets[row]);
  }
  return { offsets, columns, squared };
}

/** A search whose entries weigh by inverse distance. */
export function interpolate(points: Float32Array, queries: Float32Array, { k, power = 2 }: { readonly k: number; readonly power?: number }): Row {
  const { offsets, columns, squared } = search(points, queries, { k });
  const weights = squared!.map((distance) => Math.max(distance, LEAST_SQUARED_DISTANCE));
  for (let row = 0; row + 1 < offsets.length; row++) {
    const [start, end] = [offsets[row], offsets[row + 1]];
    // Relative to the nearest, which comes first: no power overflows.
    const nearest = weights[start];
    let sum = 0;
    for (let e = start; e < end; e++) {
      weights[e] = (nearest / weights[e]) ** (power / 2);
      sum += weights[e];
    }
    for (let e = start; e < end; e++) weights[e] /= sum;
  }
  return { offsets, columns, weights };
}
