import * as tf from '../../tf';
import { nearestSquaredDistances, pairSets } from './nearest';

/**
 * The Chamfer distance: the mean over a of the squared distance to the nearest point of b, plus the mean over b of that to a. Memory grows
 * with N + M, not with N · M: large sets are read back and searched by a k-d tree.
 * @param pointSetA [*, N, D]
 * @param pointSetB [*, M, D]
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * Source: Fan, Su and Guibas 2017, "A Point Set Generation Network for 3D Object Reconstruction from a Single Image".
 * @example
 * ```ts
 * // The mean of 0² and 3², plus 0².
 * const [a, b] = [tf.tensor2d([[0, 0], [3, 0]]), tf.tensor2d([[0, 0]])];
 * nn.loss.chamferDistance.evaluate(a, b); // → 4.5
 * ```
 */
export function evaluate(pointSetA: tf.Tensor, pointSetB: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const { a, b, batch } = pairSets(pointSetA, pointSetB);
    const sum = tf.add(tf.mean(nearestSquaredDistances(a, b), -1), tf.mean(nearestSquaredDistances(b, a), -1));
    return tf.reshape(sum, [...batch]);
  });
}
