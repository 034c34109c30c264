import { checkAxis, checkMinimumRank } from '../shape';
import * as tf from '../tf';

/**
 * Makes one axis of all axes before `lastAxis`.
 * @param lastAxis first axis that stays; may count from the end.
 * @param tensor [*, axes from `lastAxis` on].
 * @returns [product of the merged axes, axes from `lastAxis` on].
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.mergeBatchDims(tf.zeros([2, 3, 4, 5]), -2).shape; // → [6, 4, 5]
 * ```
 */
export function mergeBatchDims(tensor: tf.Tensor, lastAxis: number): tf.Tensor {
  const place = checkAxis('tensor', tensor, lastAxis);
  return tf.reshape(tensor, [-1, ...tensor.shape.slice(place)]);
}

/**
 * Undoes {@link mergeBatchDims}: unpacks the first axis into `batchShape`.
 * @param tensor [product of the batch shape, …].
 * @param batchShape sizes of the axes to make of the first.
 * @returns [...batchShape, …].
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.restoreBatchDims(tf.zeros([6, 4]), [2, 3]).shape; // → [2, 3, 4]
 * ```
 */
export function restoreBatchDims(tensor: tf.Tensor, batchShape: readonly number[]): tf.Tensor {
  checkMinimumRank('tensor', tensor, 1);
  return tf.reshape(tensor, [...batchShape, ...tensor.shape.slice(1)]);
}

/** A tensor broadcast to a batch shape, the batch merged into one axis; of size 1 where the tensor is the same for all. */
export function mergeBroadcast([, tensor, ownAxes]: readonly [string, tf.Tensor, number], batch: readonly number[]): tf.Tensor {
  const split = tensor.rank - ownAxes;
  const own = tensor.shape.slice(split);
  const same = tensor.shape.slice(0, split).every((size) => size === 1);
  return same ? tf.reshape(tensor, [1, ...own]) : tf.reshape(tf.broadcastTo(tensor, [...batch, ...own]), [-1, ...own]);
}
