import { checkMinimumRank, checkSameBatches } from '../../shape';
import * as tf from '../../tf';

/** Batches of point clouds, read back and taken apart: neighbours are looked for on the processor, cloud by cloud. */
export interface Clouds {
  readonly batch: readonly number[];
  /** Of each cloud, padding included. */
  readonly rowCount: number;
  readonly dimension: number;
  /** The true points of each cloud, [size, D]. */
  readonly clouds: readonly Float32Array[];
}

/**
 * @param points [*, N, D] @param sizes int32 [*] or null: how many points of each cloud count.
 * @throws Error that names the argument, axis and shape, or a size beyond N.
 */
export function readClouds(name: string, points: tf.Tensor, sizesName: string, sizes: tf.Tensor | null): Clouds {
  checkClouds(name, points, sizesName, sizes);
  return takeApart(points, sizesName, points.dataSync(), sizes?.dataSync());
}

/** {@link readClouds} without waiting for the device. */
export async function readCloudsAsync(name: string, points: tf.Tensor, sizesName: string, sizes: tf.Tensor | null): Promise<Clouds> {
  checkClouds(name, points, sizesName, sizes);
  const [read, counts] = await Promise.all([points.data(), sizes?.data()]);
  return takeApart(points, sizesName, read, counts);
}

function checkClouds(name: string, points: tf.Tensor, sizesName: string, sizes: tf.Tensor | null): void {
  checkMinimumRank(name, points, 2);
  if (sizes) {
    if (sizes.dtype !== 'int32') throw new Error(`${sizesName} must have an integer type, but it has type ${sizes.dtype}`);
    checkSameBatches([name, points, 2], [sizesName, sizes, 0]);
  }
}

function takeApart(points: tf.Tensor, sizesName: string, read: ArrayLike<number>, sizes?: ArrayLike<number>): Clouds {
  const [rowCount, dimension] = points.shape.slice(-2);
  const batch = points.shape.slice(0, -2);
  const values = Float32Array.from(read);
  const counts = sizes ? Array.from(sizes) : new Array<number>(tf.util.sizeFromShape(batch)).fill(rowCount);
  const clouds = counts.map((size, b) => {
    if (!(size >= 0 && size <= rowCount)) throw new Error(`${sizesName} must lie between 0 and the number of points, ${rowCount}, but element ${b} is ${size}`);
    return values.subarray(b * rowCount * dimension, (b * rowCount + size) * dimension);
  });
  return { batch, rowCount, dimension, clouds };
}

/** Refuses numbers of neighbours or samples that are none. */
export function checkCount(name: string, count: number): void {
  if (!(Number.isInteger(count) && count >= 0)) throw new Error(`${name} must be a whole number of at least 0, not ${count}`);
}
