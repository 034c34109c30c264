import { minSquaredLength } from '../../math/safe';
import * as tf from '../../tf';

/**
 * Squared distances of vectors given axis by axis, which broadcast: D tensors, no tensor [*, D] in between, and nothing cancels.
 * @param from one tensor for each axis. @param to likewise.
 */
export const squaredDistances = (from: readonly tf.Tensor[], to: readonly tf.Tensor[]): tf.Tensor =>
  // tf.squaredDifference has no gradient where its arguments broadcast.
  from.map((x, axis) => tf.square(tf.sub(x, to[axis]))).reduce((sum, next) => tf.add(sum, next));

/** How a kernel point is felt. */
export type KernelCorrelation = 'linear' | 'gaussian';
export const CORRELATIONS: readonly KernelCorrelation[] = ['linear', 'gaussian'];

/** Standard deviation of the Gaussian in σ, as in the paper's program: at σ it has sunk to 0.004, where the linear one ends. */
const DEVIATION = 0.3;

/** h = exp(−d² / 2 (0.3 σ)²), from d². */
export const gaussianInfluence = (squared: tf.Tensor, sigma: number): tf.Tensor => tf.exp(tf.mul(squared, -1 / (2 * (DEVIATION * sigma) ** 2)));

/** h = max(0, 1 − d / σ), KPConv's equation 3, from d²; its gradient at d = 0 is 0. */
export function linearInfluence(squared: tf.Tensor, sigma: number): tf.Tensor {
  const distance = tf.mul(squared, tf.rsqrt(tf.maximum(squared, minSquaredLength())));
  return tf.relu(tf.sub(1, tf.div(distance, sigma)));
}
