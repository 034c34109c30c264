import * as tf from '../../../graphics/tf';

/** Keeps the quotient finite where a gradient is zero. */
const MIN_SQUARED_NORM = 1e-20;

/**
 * The same numbers, through which each row's gradient comes no longer than `limit`: where an edge is seen end-on, an antialiased picture's
 * gradient can be a thousand times what it is elsewhere, and one such row would outweigh a whole batch.
 *
 * @param x [B, N]
 */
export function boundGradient(x: tf.Tensor2D, limit: number): tf.Tensor2D {
  const bounded = tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => {
      const squaredNorm = tf.add(tf.sum(tf.square(dy), 1, true), MIN_SQUARED_NORM);
      return tf.mul(dy, tf.minimum(1, tf.mul(tf.rsqrt(squaredNorm), limit)));
    },
  }));
  return bounded(x) as tf.Tensor2D;
}
