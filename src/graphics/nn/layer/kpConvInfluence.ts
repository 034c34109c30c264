import { minSquaredLength } from '../../math/safe';
import * as tf from '../../tf';

/**
 * Squared distances of vectors given axis by axis, which broadcast: D tensors, no tensor [*, D] in between, and nothing cancels.
 * @param from one tensor for each axis. @param to likewise.
 */
export const squaredDistances = (from: readonly tf.Tensor[], to: readonly tf.Tensor[]): tf.Tensor =>
  // tf.squaredDifference has no gradient where its arguments broadcast.
  from.map((x, axis) => tf.square(tf.sub(x, to[axis]))).reduce((sum, next) => tf.add(sum, next));

/** h = max(0, 1 − d / σ), KPConv's equation 3, from d²; its gradient at d = 0 is 0. */
export function linearInfluence(squared: tf.Tensor, sigma: number): tf.Tensor {
  const distance = tf.mul(squared, tf.rsqrt(tf.maximum(squared, minSquaredLength())));
  return tf.relu(tf.sub(1, tf.div(distance, sigma)));
}
