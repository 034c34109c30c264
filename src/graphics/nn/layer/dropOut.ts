import { noise } from '../../kernels';
import * as tf from '../../tf';

/**
 * Leaves out a share of the values at random, by seed; what is kept is scaled up, so that sums stay what they are on average.
 * Srivastava et al., "Dropout", JMLR 2014.
 */
export function dropOut<T extends tf.Tensor>(x: T, rate: number, seed: number): T {
  if (rate === 0) return x;
  return tf.tidy(() => tf.mul(x, tf.div(tf.cast(tf.greaterEqual(noise(x.shape, seed, 'uniform'), rate), 'float32'), 1 - rate)) as T);
}
