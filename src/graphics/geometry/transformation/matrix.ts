import * as tf from '../../tf';

/** Builds matrices from entries [*, 1], row by row; numbers are constants. @returns [*, rows, columns] */
export function matrixOf(rows: readonly (readonly (tf.Tensor | number)[])[]): tf.Tensor {
  const entries = rows.flat();
  const tensors = entries.filter((entry) => typeof entry !== 'number');
  const shape = tensors.reduce((widest, t) => tf.backend_util.assertAndGetBroadcastShape(widest, t.shape), [] as number[]);
  const columns = entries.map((entry) => (typeof entry === 'number' ? tf.fill(shape, entry) : tf.broadcastTo(entry, shape)));
  return tf.reshape(tf.concat(columns, -1), [...shape.slice(0, -1), rows.length, rows[0].length]);
}

/** The entries of matrices, row by row. @param matrix [*, rows, columns] @returns each [*, 1] */
export function entriesOf(matrix: tf.Tensor): tf.Tensor[][] {
  const [rows, columns] = matrix.shape.slice(-2);
  const flat = tf.split(tf.reshape(matrix, [...matrix.shape.slice(0, -2), rows * columns]), rows * columns, -1);
  return Array.from({ length: rows }, (_, row) => flat.slice(row * columns, (row + 1) * columns));
}

/** Laplace's expansion along the first row: for the few small matrices of geometry. @param matrix [N, K, K] @returns [N] */
export function determinant(matrix: tf.Tensor): tf.Tensor {
  const expand = (rows: readonly (readonly tf.Tensor[])[]): tf.Tensor => {
    if (rows.length === 1) return rows[0][0];
    const minors = rows[0].map((_, column) => rows.slice(1).map((row) => row.filter((_entry, at) => at !== column)));
    return rows[0].map((entry, column) => tf.mul(entry, expand(minors[column]))).reduce((sum, term, column) => (column % 2 ? tf.sub(sum, term) : tf.add(sum, term)));
  };
  return tf.reshape(expand(entriesOf(matrix)), [-1]);
}
