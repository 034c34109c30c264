import * as tf from '../../tf';

/**
 * Products of each element with all before it along an axis. In log₂ N steps of whole-tensor products, whose gradients are right at zeros
 * too (tf.cumprod has none).
 * @param options.exclusive leaves each element itself out: the first is 1.
 */
export function cumulativeProduct(x: tf.Tensor, axis: number, { exclusive = false } = {}): tf.Tensor {
  const place = axis < 0 ? axis + x.rank : axis;
  const length = x.shape[place];
  // As [outer, N, inner]: rank 3 whatever the rank of x, and one kind of slice.
  const outer = x.shape.slice(0, place).reduce((a, b) => a * b, 1);
  const inner = x.shape.slice(place + 1).reduce((a, b) => a * b, 1);
  const delayed = (t: tf.Tensor, by: number): tf.Tensor =>
    tf.concat([tf.ones([outer, by, inner]), tf.slice(t, [0, 0, 0], [outer, length - by, inner])], 1);
  let product: tf.Tensor = tf.reshape(x, [outer, length, inner]);
  if (exclusive) product = delayed(product, 1);
  for (let span = 1; span < length; span *= 2) product = tf.mul(product, delayed(product, span));
  return tf.reshape(product, x.shape);
}

/** The last slice along an axis, without it. */
export function lastAlong(x: tf.Tensor, axis: number): tf.Tensor {
  const begin = x.shape.map((_, i) => (i === axis ? x.shape[i] - 1 : 0));
  return tf.squeeze(tf.slice(x, begin, x.shape.map((size, i) => (i === axis ? 1 : size))), [axis]);
}
