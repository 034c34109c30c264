import * as tf from '../../tf';

/**
 * Products of each element with all before it along axis 1. In log₂ N steps of whole-tensor products, whose gradients are right at zeros
 * too (tf.cumprod has none).
 * @param x [before, N, …], at most of rank 4.
 * @param options.exclusive leaves each element itself out: the first is 1.
 */
export function cumulativeProduct(x: tf.Tensor, { exclusive = false } = {}): tf.Tensor {
  const [before, length, ...after] = x.shape as [number, number, ...number[]];
  const delayed = (t: tf.Tensor, by: number): tf.Tensor =>
    tf.concat([tf.ones([before, by, ...after]), tf.slice(t, x.shape.map(() => 0), [before, length - by, ...after])], 1);
  let product = exclusive ? delayed(x, 1) : x;
  for (let span = 1; span < length; span *= 2) product = tf.mul(product, delayed(product, span));
  return product;
}

/** The last slice along axis 1, without it. */
export function last(x: tf.Tensor): tf.Tensor {
  const begin = x.shape.map((_, axis) => (axis === 1 ? x.shape[1]! - 1 : 0));
  return tf.squeeze(tf.slice(x, begin, x.shape.map((size, axis) => (axis === 1 ? 1 : size))), [1]);
}
