import { indicator } from '../../math/safe';
import * as tf from '../../tf';

/** Rows of padding become 0. @param values [*, V, D] @param sizes [*] */
export function clearPadding(values: tf.Tensor, sizes: tf.Tensor | null): tf.Tensor {
  if (!sizes || values.rank < 3) return values;
  const rows = values.shape[values.rank - 2];
  const counts = indicator(() => tf.less(tf.range(0, rows, 1, 'int32'), tf.expandDims(sizes, -1)));
  return tf.mul(values, tf.expandDims(counts, -1));
}
