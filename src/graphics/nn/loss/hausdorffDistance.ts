import { untaped } from '../../kernels/untaped';
import { minSquaredLength, safeRoot } from '../../math/safe';
import * as tf from '../../tf';
import { nearestSquaredDistances, pairSets } from './nearest';

/**
 * The directed Hausdorff distance: how far the point of a that is farthest from b is from it. The gradient goes to that point and its
 * nearest one; it is 0 where both coincide. Memory grows with N + M, not with N · M.
 * @param pointSetA [*, N, D]
 * @param pointSetB [*, M, D]
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [a, b] = [tf.tensor2d([[0, 0], [3, 0]]), tf.tensor2d([[0, 0], [1, 0]])];
 * nn.loss.hausdorffDistance.evaluate(a, b); // → 2
 * nn.loss.hausdorffDistance.evaluate(b, a); // → 1
 * ```
 */
export function evaluate(pointSetA: tf.Tensor, pointSetB: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const { a, b, batch } = pairSets(pointSetA, pointSetB);
    const squared = nearestSquaredDistances(a, b);
    const [, count] = squared.shape;
    // Of equally far points the first alone is moved. TensorFlow.js has no one-hot vectors of length 1.
    const farthest = untaped(() => tf.tidy(() => (count === 1 ? tf.onesLike(squared) : tf.oneHot(tf.argMax(squared, 1) as tf.Tensor1D, count, 1, 0, 'float32'))));
    const largest = tf.sum(tf.mul(squared, farthest), 1);
    return tf.reshape(safeRoot(largest, minSquaredLength()), [...batch]);
  });
}
