import * as tf from '../../tf';

/** Builds matrices from entries [*, 1], row by row; numbers are constants. @returns [*, rows, columns] */
export function matrixOf(rows: readonly (readonly (tf.Tensor | number)[])[]): tf.Tensor {
  const entries = rows.flat();
  const tensors = entries.filter((entry) => typeof entry !== 'number');
  const shape = tensors.reduce((widest, t) => tf.backend_util.assertAndGetBroadcastShape(widest, t.shape), [] as number[]);
  const columns = entries.map((entry) => (typeof entry === 'number' ? tf.fill(shape, entry) : tf.broadcastTo(entry, shape)));
  return tf.reshape(tf.concat(columns, -1), [...shape.slice(0, -1), rows.length, rows[0].length]);
}
