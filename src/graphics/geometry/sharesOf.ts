import { indicator } from '../math/safe';
import { byPrecision } from '../math/precision';
import * as tf from '../tf';

/** Sums of weights below this count as 0: dividing by them would leave float32's range. */
const minSum = (): number => byPrecision(1e-20, 2 ** -7);

/** Weights [*, M, 1] that sum to 1 along axis −2; where all are 0 they count alike, with a gradient of 0. Differentiable. */
export function sharesOf(weights: tf.Tensor): tf.Tensor {
  const sum = tf.sum(weights, -2, true);
  const none = indicator(() => tf.less(sum, minSum()));
  const some = tf.sub(1, none);
  return tf.div(tf.add(tf.mul(weights, some), none), tf.add(tf.mul(sum, some), tf.mul(none, weights.shape[weights.rank - 2])));
}
