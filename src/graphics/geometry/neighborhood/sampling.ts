import { farthestPoints } from '../../../scene/farthestPoints';
import { gridCells } from '../../../scene/gridCells';
import { stackNeighborhoods } from '../../../scene/neighborhood';
import { poissonDiskSample } from '../../../scene/poissonDisk';
import * as tf from '../../tf';
import { createNeighborhood, type SparseNeighborhood } from '../convolution/sparseNeighborhood';
import { checkCount, readClouds } from './clouds';

// Samples are chosen on the processor: points are read back, and the choice is a constant to gradients.

interface SizeOption {
  /** int32 [*]: how many of the N points count in each cloud. */
  readonly sizes?: tf.Tensor | null;
}

/** A choice of points from every cloud. */
export interface Sample {
  /** int32 [*, M], counted within each cloud; −1 for padding. */
  readonly indices: tf.Tensor;
  /** int32 [*]: how many each cloud has. */
  readonly sizes: tf.Tensor;
}

function toSample(batch: readonly number[], choices: readonly Int32Array[], rowCount: number): Sample {
  const indices = new Int32Array(choices.length * rowCount).fill(-1);
  choices.forEach((choice, b) => indices.set(choice, b * rowCount));
  return {
    indices: tf.tensor(indices, [...batch, rowCount], 'int32'),
    sizes: tf.tensor(Int32Array.from(choices, (choice) => choice.length), [...batch], 'int32'),
  };
}

/**
 * Points spread as far as possible: each is the one farthest from those before it; of equally far ones the first. O(N · count) a cloud. Reads the
 * points back, which waits for the device.
 * @param points [*, N, D] @param options.start the first point chosen; the last where a cloud has fewer.
 * @param count how many.
 * @param options.sizes int32 [*]: how many of the N points count in each cloud.
 * @returns indices [*, count] in the order chosen; clouds of fewer points give all of them.
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * geometry.neighborhood.farthestPointSampling(tf.tensor2d([[0], [1], [5], [3]]), 3).indices; // → [0, 2, 3]
 * ```
 */
export function farthestPointSampling(points: tf.Tensor, count: number, { sizes = null, start = 0 }: SizeOption & { readonly start?: number } = {}): Sample {
  checkCount('count', count);
  checkCount('start', start);
  const { batch, clouds, dimension } = readClouds('points', points, 'sizes', sizes);
  return toSample(batch, clouds.map((cloud) => farthestPoints(cloud, dimension, count, { start })), count);
}

/**
 * Points no two of which are within `radius`, such that every point is within `radius` of one. Reads the points back, which waits for
 * the device.
 * @param points [*, N, D] @param options.seed of the order in which points are tried; without one as they come.
 * @param radius in the points' unit.
 * @param options.sizes int32 [*]: how many of the N points count in each cloud.
 * @returns indices [*, M] in ascending order, M the most that a cloud has.
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * // 1 is too near to 0.
 * geometry.neighborhood.poissonDiskSampling(tf.tensor2d([[0], [1], [5]]), 2).indices; // → [0, 2]
 * ```
 */
export function poissonDiskSampling(points: tf.Tensor, radius: number, { sizes = null, seed }: SizeOption & { readonly seed?: number } = {}): Sample {
  const { batch, clouds, dimension } = readClouds('points', points, 'sizes', sizes);
  const choices = clouds.map((cloud) => poissonDiskSample(cloud, dimension, radius, { seed }));
  return toSample(batch, choices, Math.max(0, ...choices.map((choice) => choice.length)));
}

/**
 * The map that averages the points of each occupied cell of a grid. `pool(points, map, null, {algorithm: 'weighted'})` gives the averaged points, and
 * the same of features their means, both differentiable; `unpool` goes back. Reads the points back, which waits for the device.
 * @param points [*, N, D] @param cellSize in the points' unit; the grid begins at each cloud's lower corner.
 * @param options.sizes int32 [*]: how many of the N points count in each cloud.
 * @returns map [*, M, N], to be disposed by the caller, M the most cells that a cloud has; sizes int32 [*].
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite', 'malformed'.
 * @example
 * ```ts
 * const points = tf.tensor2d([[0], [1], [5]]);
 * const { map, sizes } = geometry.neighborhood.gridAverageMap(points, 2);
 * sizes; // → 2
 * geometry.convolution.graphPooling.pool(points, map, null, { algorithm: 'weighted' }); // → [[0.5], [5]]
 * ```
 */
export function gridAverageMap(points: tf.Tensor, cellSize: number, { sizes = null }: SizeOption = {}): { readonly map: SparseNeighborhood; readonly sizes: tf.Tensor } {
  const { batch, clouds, dimension, rowCount } = readClouds('points', points, 'sizes', sizes);
  // Every cloud's map has the padded number of columns.
  const maps = clouds.map((cloud) => ({ ...gridCells(cloud, dimension, cellSize).map, columnCount: rowCount }));
  const stacked = batch.length === 0 ? maps[0] : { ...stackNeighborhoods(maps).neighborhood, batch };
  return { map: createNeighborhood(stacked), sizes: tf.tensor(Int32Array.from(maps, (map) => map.rowCount), [...batch], 'int32') };
}
