import { nearestNeighbors, radiusPairs as pairsOf } from '../../../scene/nearestNeighbors';
import { averageRows, neighborhoodFromEntries, rowsOfEntries } from '../../../scene/neighborhood';
import { neighborhoodFromTable } from '../../../scene/neighborhoodBuilders';
import { checkLastAxis, checkMinimumRank, checkSameBatches, checkShape } from '../../shape';
import * as tf from '../../tf';
import { createNeighborhood, type SparseNeighborhood } from '../convolution/sparseNeighborhood';
import { checkCount, readClouds, readCloudsAsync, type Clouds } from './clouds';

// Neighbours are found on the processor (a k-d tree, or in many dimensions a blocked comparison): inputs are read back, and results are constants
// to gradients. To differentiate a distance, gather both ends with the indices and subtract. There is no N × N matrix in any of them.

/** Nearest first, equally near ones by index. */
export interface Neighbors {
  /** int32 [*, M, K], counted within each cloud; −1 where there are fewer than K neighbours, and for padding. */
  readonly indices: tf.Tensor;
  /** [*, M, K]; 0 there. */
  readonly squaredDistances: tf.Tensor;
  /** [*, M, K]: 1 for neighbours, 0 for none. */
  readonly mask: tf.Tensor;
}

export interface SearchOptions {
  /** int32 [*]: how many of the N points count in each cloud. */
  readonly sizes?: tf.Tensor | null;
  /** [*, M, D]; by default every point looks for its neighbours. */
  readonly queries?: tf.Tensor | null;
  /** int32 [*]: how many of the M queries count. */
  readonly querySizes?: tf.Tensor | null;
}

interface Sides { readonly points: Clouds; readonly queries: Clouds }

function checkQueries(points: tf.Tensor, queries: tf.Tensor): void {
  checkMinimumRank('points', points, 2);
  checkLastAxis('queries', queries, points.shape[points.rank - 1]);
  checkSameBatches(['points', points, 2], ['queries', queries, 2]);
}

function readSides(points: tf.Tensor, { sizes = null, queries = null, querySizes = null }: SearchOptions): Sides {
  if (queries) checkQueries(points, queries);
  const read = readClouds('points', points, 'sizes', sizes);
  return { points: read, queries: queries ? readClouds('queries', queries, 'querySizes', querySizes) : read };
}

async function readSidesAsync(points: tf.Tensor, { sizes = null, queries = null, querySizes = null }: SearchOptions): Promise<Sides> {
  if (queries) checkQueries(points, queries);
  const [read, asked] = await Promise.all([
    readCloudsAsync('points', points, 'sizes', sizes), queries ? readCloudsAsync('queries', queries, 'querySizes', querySizes) : undefined,
  ]);
  return { points: read, queries: asked ?? read };
}

function search({ points, queries }: Sides, k: number, options: { readonly radius?: number; readonly excludeSelf?: boolean }): Neighbors {
  const shape = [...queries.batch, queries.rowCount, k];
  const indices = new Int32Array(tf.util.sizeFromShape(shape)).fill(-1);
  const squared = new Float32Array(indices.length);
  points.clouds.forEach((cloud, b) => {
    const own = points === queries ? undefined : queries.clouds[b];
    const found = nearestNeighbors(cloud, points.dimension, k, { ...options, queries: own });
    indices.set(found.indices, b * queries.rowCount * k);
    squared.set(found.squaredDistances.map((distance) => (distance === Infinity ? 0 : distance)), b * queries.rowCount * k);
  });
  return {
    indices: tf.tensor(indices, shape, 'int32'), squaredDistances: tf.tensor(squared, shape),
    mask: tf.tensor(Float32Array.from(indices, (index) => (index < 0 ? 0 : 1)), shape),
  };
}

/**
 * The k nearest points. Reads the points back, which waits for the device; {@link kNearestNeighborsAsync} does not.
 * @param points [*, N, D]
 * @param options.excludeSelf without queries: no point is its own neighbour.
 * @param k how many.
 * @param options.sizes int32 [*]: how many of the N points count in each cloud.
 * @param options.queries [*, M, D]: who looks; the points by default.
 * @param options.querySizes int32 [*]: how many of the M queries count.
 * @returns indices (int32), squaredDistances and mask, all [*, M, k].
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * const { indices, squaredDistances } = geometry.neighborhood.kNearestNeighbors(tf.tensor2d([[0], [1], [3]]), 1, { excludeSelf: true });
 * indices; // → [[1], [0], [1]]
 * squaredDistances; // → [[1], [1], [4]]
 * ```
 */
export function kNearestNeighbors(points: tf.Tensor, k: number, options: SearchOptions & { readonly excludeSelf?: boolean } = {}): Neighbors {
  checkCount('k', k);
  return search(readSides(points, options), k, { excludeSelf: options.excludeSelf });
}

/**
 * {@link kNearestNeighbors} that reads the points back without waiting for the device.
 * @param points [*, N, D]
 * @param k how many.
 * @param options as of {@link kNearestNeighbors}.
 * @returns indices (int32), squaredDistances and mask, all [*, M, k].
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * const { indices } = await geometry.neighborhood.kNearestNeighborsAsync(tf.tensor2d([[0], [1], [3]]), 1, { excludeSelf: true });
 * indices; // → [[1], [0], [1]]
 * ```
 */
export async function kNearestNeighborsAsync(
  points: tf.Tensor, k: number, options: SearchOptions & { readonly excludeSelf?: boolean } = {},
): Promise<Neighbors> {
  checkCount('k', k);
  return search(await readSidesAsync(points, options), k, { excludeSelf: options.excludeSelf });
}

/**
 * The points at most `radius` away; if there are more than `options.maxNeighbors`, the nearest.
 * Unlike PointNet++'s query, which takes the first it meets and repeats it, the result depends on nothing but the points. Reads them back, which
 * waits for the device; {@link ballQueryAsync} does not.
 * @param points [*, N, D] @param radius in the points' unit, inclusive.
 * @param options.maxNeighbors K
 * @param options.sizes int32 [*]: how many of the N points count in each cloud.
 * @param options.queries [*, M, D]: who looks; the points by default.
 * @param options.querySizes int32 [*]: how many of the M queries count.
 * @returns indices (int32), squaredDistances and mask, all [*, M, K].
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * const { indices } = geometry.neighborhood.ballQuery(tf.tensor2d([[0], [1], [3]]), 1.5, { maxNeighbors: 2 });
 * indices; // → [[0, 1], [1, 0], [2, -1]]
 * ```
 */
export function ballQuery(points: tf.Tensor, radius: number, options: SearchOptions & { readonly maxNeighbors?: number } = {}): Neighbors {
  const { maxNeighbors = 32 } = options;
  checkCount('maxNeighbors', maxNeighbors);
  return search(readSides(points, options), maxNeighbors, { radius });
}

/**
 * {@link ballQuery} that reads the points back without waiting for the device.
 * @param points [*, N, D] @param radius in the points' unit, inclusive.
 * @param options as of {@link ballQuery}.
 * @returns indices (int32), squaredDistances and mask, all [*, M, K].
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * const { indices } = await geometry.neighborhood.ballQueryAsync(tf.tensor2d([[0], [1], [3]]), 1.5, { maxNeighbors: 2 });
 * indices; // → [[0, 1], [1, 0], [2, -1]]
 * ```
 */
export async function ballQueryAsync(points: tf.Tensor, radius: number, options: SearchOptions & { readonly maxNeighbors?: number } = {}): Promise<Neighbors> {
  const { maxNeighbors = 32 } = options;
  checkCount('maxNeighbors', maxNeighbors);
  return search(await readSidesAsync(points, options), maxNeighbors, { radius });
}

/**
 * Every pair of a query and a point at most `radius` apart, with weights 1 / (number of neighbours): what a ball query gives when there is no cap.
 * Reads the points back, which waits for the device.
 * @param points [*, N, D]
 * @param radius in the points' unit, inclusive.
 * @param options.sizes int32 [*]: how many of the N points count in each cloud.
 * @param options.queries [*, M, D]: who looks; the points by default.
 * @param options.querySizes int32 [*]: how many of the M queries count.
 * @returns [*, M, N], to be disposed by the caller.
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * const pairs = geometry.neighborhood.radiusPairs(tf.tensor2d([[0], [1], [3]]), 1.5);
 * pairs.rows.segments; // → [0, 0, 1, 1, 2]
 * pairs.weights; // → [0.5, 0.5, 0.5, 0.5, 1]
 * ```
 */
export function radiusPairs(points: tf.Tensor, radius: number, options: SearchOptions = {}): SparseNeighborhood {
  const { points: { clouds, rowCount: columnCount, batch, dimension }, queries } = readSides(points, options);
  const [rows, columns]: number[][] = [[], []];
  clouds.forEach((cloud, b) => {
    const found = pairsOf(cloud, dimension, radius, { queries: queries.clouds[b] === cloud ? cloud : queries.clouds[b] });
    for (const row of rowsOfEntries(found)) rows.push(b * queries.rowCount + row);
    for (const column of found.indices) columns.push(b * columnCount + column);
  });
  return createNeighborhood(averageRows(neighborhoodFromEntries(
    Int32Array.from(rows), Int32Array.from(columns), { rowCount: queries.rowCount, columnCount, batch },
  )));
}

/**
 * A table of neighbours as the sparse matrix that graph convolutions and pooling take, with weights 1 / (number of neighbours) or the given ones.
 * Both are read back, which waits for the device.
 * @param indices int32 [*, M, K], −1 for none. @param columnCount N of the points that they count.
 * @param options.weights [*, M, K]
 * @returns [*, M, N], to be disposed by the caller.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const neighborhood = geometry.neighborhood.neighborhoodOf(tf.tensor2d([[1, -1], [0, 1]], [2, 2], 'int32'), 2);
 * neighborhood.columns.segments; // → [1, 0, 1]
 * neighborhood.weights; // → [1, 0.5, 0.5]
 * ```
 */
export function neighborhoodOf(indices: tf.Tensor, columnCount: number, options: { readonly weights?: tf.Tensor } = {}): SparseNeighborhood {
  const { weights } = options;
  if (weights) checkShape('weights', weights, indices.shape);
  const [rowCount, k] = indices.shape.slice(-2);
  const size = { rowCount, columnCount, batch: indices.shape.slice(0, -2) };
  return createNeighborhood(neighborhoodFromTable(
    Int32Array.from(indices.dataSync()), k, size, weights && Float32Array.from(weights.dataSync()),
  ));
}
