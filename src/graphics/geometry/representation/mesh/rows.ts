import { lookUpRows } from '../../../math/lookUpRows';
import * as tf from '../../../tf';

/** Indices into each of B tables of `count` rows as indices into all of them one after the other. @param indices [B, M] @returns [B · M] */
export const flatIndices = (indices: tf.Tensor2D, count: number): tf.Tensor1D => tf.tidy(() => {
  const [batch] = indices.shape;
  const offsets = tf.mul(tf.range(0, batch, 1, 'int32'), tf.scalar(count, 'int32'));
  return tf.reshape(tf.add(tf.cast(indices, 'int32'), tf.expandDims(offsets, 1)), [-1]);
});

/**
 * {@link lookUpRows} in each table of a batch.
 * @param values [*, N, C]
 * @param indices [*, M], its batch broadcast with the values'.
 * @returns [*, M, C]
 */
export function gatherBatchRows(values: tf.Tensor, indices: tf.Tensor, batch: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const [count, channels] = values.shape.slice(-2);
    const size = indices.shape[indices.rank - 1];
    const tables = tf.reshape(tf.broadcastTo(values, [...batch, count, channels]), [-1, channels]) as tf.Tensor2D;
    const rows = tf.reshape(tf.broadcastTo(tf.cast(indices, 'int32'), [...batch, size]), [-1, size]) as tf.Tensor2D;
    return tf.reshape(lookUpRows(tables, flatIndices(rows, count)), [...batch, size, channels]);
  });
}
