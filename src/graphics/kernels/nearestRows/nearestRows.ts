import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { untaped } from '../untaped';
import { NEAREST_ROWS, SMALLEST_COLUMNS } from './names';
import { nearestRowsOfBatch } from './nearestRows.cpu';
import { MOST_SMALLEST } from './smallestColumns.webgl';

export { NEAREST_ROWS, SMALLEST_COLUMNS } from './names';

/** Bytes of products that exist at once: rows of queries are taken in blocks. */
const MOST_BYTES = 2 ** 24;

/** The least numbers that tell which of a cloud's points count. */
const allOf = ([batch, count]: readonly number[]): tf.Tensor1D => tf.fill([batch], count, 'int32');

/** |xⱼ|² − 2 xᵢ·xⱼ orders as the distance does: products a block of rows at a time, and the k smallest of each. */
function nearestByProducts(points: tf.Tensor3D, k: number, sizes: tf.Tensor): tf.Tensor3D {
  const [batch, count] = points.shape;
  return tf.tidy(() => {
    // About the mean: products of numbers far from 0 would swallow small distances.
    const centred = tf.sub(points, tf.mean(points, 1, true)) as tf.Tensor3D;
    const squares = tf.sum(tf.square(centred), 2);
    const rows = Math.max(1, Math.floor(MOST_BYTES / (4 * batch * count)));
    const blocks: tf.Tensor3D[] = [];
    for (let first = 0; first < count; first += rows) {
      blocks.push(tf.tidy(() => {
        const products = tf.matMul(tf.slice(centred, [0, first, 0], [-1, Math.min(rows, count - first), -1]), centred, false, true);
        return tf.engine().runKernel(SMALLEST_COLUMNS, { products, squares, sizes }, { k }) as tf.Tensor3D;
      }));
    }
    return blocks.length === 1 ? blocks[0] : tf.concat(blocks, 1);
  });
}

/**
 * The k nearest points of each point by its features, itself among them, nearest first: what a dynamic graph needs anew in each layer, from features
 * that lie on the device. Distances come from matrix products in blocks, so there is no N × N matrix; they have float32's accuracy relative to the
 * cloud's extent, and equally near points come by index on `cpu`. More than 32 are looked for on the processor by every backend. A constant to gradients.
 *
 * @param points [B, N, D]
 * @param options.sizes int32 [B]: how many points of each cloud count; all by default.
 * @returns int32 [B, N, k]; −1 where there are fewer than k points. Rows of padding are not to be relied on.
 * @throws Error that names the argument, axis and shape, or k.
 * @example
 * ```ts
 * nearestRows(tf.tensor3d([[[0], [1], [3]]]), 2); // → [[[0, 1], [1, 0], [2, 1]]]
 * ```
 */
export function nearestRows(points: tf.Tensor3D, k: number, { sizes }: { readonly sizes?: tf.Tensor1D | null } = {}): tf.Tensor3D {
  checkShape('points', points, [null, null, null]);
  if (sizes) checkShape('sizes', sizes, [points.shape[0]]);
  if (!(Number.isInteger(k) && k >= 1)) throw new Error(`k must be a whole number of at least 1, not ${k}`);
  return untaped(() => tf.tidy(() => {
    const counts = sizes ?? allOf(points.shape);
    if (tf.getKernel(NEAREST_ROWS, tf.getBackend())) return tf.cast(tf.engine().runKernel(NEAREST_ROWS, { points, sizes: counts }, { k }) as tf.Tensor3D, 'int32');
    return k <= MOST_SMALLEST ? tf.cast(nearestByProducts(points, k, counts), 'int32') : nearestOnProcessor(points, k, counts);
  }));
}

/** For more neighbours than a fragment has registers for: the points are read back. */
function nearestOnProcessor(points: tf.Tensor3D, k: number, sizes: tf.Tensor): tf.Tensor3D {
  const [batch, count] = points.shape;
  const nearest = nearestRowsOfBatch(points.dataSync<'float32'>(), points.shape, k, sizes.dataSync<'int32'>());
  return tf.tensor3d(Int32Array.from(nearest), [batch, count, k], 'int32');
}
