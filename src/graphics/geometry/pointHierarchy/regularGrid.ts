import { checkPoints } from '../../../scene/kdTree';
import * as tf from '../../tf';
import { readClouds } from '../neighborhood/clouds';

/** Clouds sorted into the cells of a regular grid, which begins at the lower corner of each cloud's box. */
export interface RegularGrid {
  /** [D]: cells along each axis, of the largest cloud. */
  readonly cellCounts: readonly number[];
  /** int32 [*, N]: the cell of each point, counted along the last axis first; −1 for padding. */
  readonly cells: tf.Tensor;
  /** int32 [*, N]: the points cell by cell, in each by their numbers; −1 for padding, at the end. */
  readonly order: tf.Tensor;
}

/**
 * Sorts clouds into cells: with cells as large as a radius, whoever is within it of a point is in one of the 3ᴰ cells around. The structure under ball queries
 * (Green, "Particle Simulation using CUDA", NVIDIA 2010); `ballQuery` has its own. Reads the points back, which waits for the device; constants to gradients.
 * @param points [*, N, D], N ≥ 1, of which every cloud has one at least.
 * @param cellSize of the cells, in the points' unit.
 * @param options.sizes int32 [*]: how many of the N points count; all by default.
 * @returns the cells of all points, and the points cell by cell.
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * const { cellCounts, cells, order } = geometry.pointHierarchy.regularGrid(tf.tensor2d([[5, 0], [0, 1], [1, 0]]), 2);
 * cells; // → [2, 0, 0]
 * order; // → [1, 2, 0]
 * cellCounts; // → [3, 1]
 * ```
 */
export function regularGrid(points: tf.Tensor, cellSize: number, { sizes = null }: { readonly sizes?: tf.Tensor | null } = {}): RegularGrid {
  if (!(cellSize > 0)) throw new Error(`cellSize must be greater than 0, not ${cellSize}`);
  const { batch, clouds, dimension, rowCount } = readClouds('points', points, 'sizes', sizes);
  const places = clouds.map((cloud) => {
    checkPoints(cloud, dimension);
    const low = new Float64Array(dimension).fill(Infinity);
    cloud.forEach((x, i) => { low[i % dimension] = Math.min(low[i % dimension], x); });
    return Int32Array.from(cloud, (x, i) => Math.floor((x - low[i % dimension]) / cellSize));
  });
  const cellCounts = Array.from({ length: dimension }, (_, d) => 1 + places.reduce((most, place) => place.reduce((best, cell, i) => (i % dimension === d && cell > best ? cell : best), most), 0));
  const [cells, order] = [new Int32Array(clouds.length * rowCount).fill(-1), new Int32Array(clouds.length * rowCount).fill(-1)];
  places.forEach((place, b) => {
    const count = place.length / dimension;
    const own = Int32Array.from({ length: count }, (_, i) => cellCounts.reduce((cell, along, d) => cell * along + place[i * dimension + d], 0));
    cells.set(own, b * rowCount);
    order.set(Array.from(own.keys()).sort((i, j) => own[i] - own[j] || i - j), b * rowCount);
  });
  const upload = (values: Int32Array) => tf.tensor(values, [...batch, rowCount], 'int32');
  return { cellCounts, cells: upload(cells), order: upload(order) };
}
