import type { Neighborhood } from './neighborhood';

/**
 * The points in the order of their places: by the first coordinate, equal ones by the second, then the third. Whoever works in this order gives the same for
 * the same cloud, however it is listed: of equally far points the first is then the same one. Copies of a point stay as they come. O(N log N).
 * @param points [N, 3], finite.
 * @returns [N]: which point stands there.
 */
export function placeOrder(points: Float32Array): Int32Array {
  return Int32Array.from({ length: points.length / 3 }, (_, i) => i).sort((i, j) =>
    points[3 * i] - points[3 * j] || points[3 * i + 1] - points[3 * j + 1] || points[3 * i + 2] - points[3 * j + 2] || i - j);
}

/** The points [N, 3] in that order. */
export function pointsInOrder(points: Float32Array, order: Int32Array): Float32Array {
  const ordered = new Float32Array(points.length);
  order.forEach((from, to) => {
    for (let d = 0; d < 3; d++) ordered[3 * to + d] = points[3 * from + d];
  });
  return ordered;
}

/** The same neighbourhood where column c is called names[c]. */
export const renameColumns = (neighborhood: Neighborhood, names: Int32Array): Neighborhood =>
  ({ ...neighborhood, columns: neighborhood.columns.map((column) => names[column]) });

/** The same neighbourhood where row r is called names[r]; each name once. */
export function renameRows(neighborhood: Neighborhood, names: Int32Array): Neighborhood {
  const offsets = new Int32Array(neighborhood.offsets.length);
  names.forEach((name, row) => { offsets[name + 1] = neighborhood.offsets[row + 1] - neighborhood.offsets[row]; });
  for (let row = 1; row < offsets.length; row++) offsets[row] += offsets[row - 1];
  const [columns, weights] = [new Int32Array(neighborhood.columns.length), new Float32Array(neighborhood.columns.length)];
  names.forEach((name, row) => {
    const [start, end] = [neighborhood.offsets[row], neighborhood.offsets[row + 1]];
    columns.set(neighborhood.columns.subarray(start, end), offsets[name]);
    weights.set(neighborhood.weights.subarray(start, end), offsets[name]);
  });
  return { ...neighborhood, offsets, columns, weights };
}
