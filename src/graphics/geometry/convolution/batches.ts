import { neighborhoodFromEntries } from '../../../scene/neighborhood';
import { createSegmentTable, disposeSegmentTable, gatherRows } from '../../kernels';
import { checkMinimumRank, checkSameBatches, checkShape } from '../../shape';
import * as tf from '../../tf';
import { createNeighborhood, type SparseNeighborhood } from './sparseNeighborhood';

// Batches of matrices with different numbers of rows are padded to the largest; `sizes` says how many rows of each count.

function checkSizes(sizes: tf.Tensor): void {
  if (sizes.dtype !== 'int32') throw new Error(`sizes must have an integer type, but it has type ${sizes.dtype}`);
}

/** [B · rows]: the number of each row among those that count, −1 for padding. */
function numberRows(sizes: ArrayLike<number>, rows: number): { readonly numbers: Int32Array; readonly count: number } {
  const numbers = new Int32Array(sizes.length * rows).fill(-1);
  let count = 0;
  for (let b = 0; b < sizes.length; b++) {
    if (!(sizes[b] >= 0 && sizes[b] <= rows)) throw new Error(`sizes must lie between 0 and the number of rows, ${rows}, but element ${b} is ${sizes[b]}`);
    for (let row = 0; row < sizes[b]; row++) numbers[b * rows + row] = count++;
  }
  return { numbers, count };
}

/** out[i] = rows[sources[i]], 0 for −1. */
function pickRows(rows: tf.Tensor, sources: Int32Array): tf.Tensor {
  const table = createSegmentTable(sources, rows.shape[0]);
  try {
    return gatherRows(rows, table);
  } finally {
    disposeSegmentTable(table);
  }
}

/** Where each numbered row comes from. */
function inverse(numbers: Int32Array, count: number): Int32Array {
  const sources = new Int32Array(count);
  numbers.forEach((number, row) => { if (number >= 0) sources[number] = row; });
  return sources;
}

/**
 * All matrices of a batch under each other, without padding, and the way back.
 * @param data [*, D1, D2]
 * @param options.sizes int32 [*], read back: how many of the D1 rows count; all by default.
 * @returns flat [Σ sizes, D2], and `unflatten`, which takes [Σ sizes, D3] to [*, D1, D3] with zeros for padding.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const data = tf.tensor3d([[[1], [2]], [[3], [0]]]);
 * const { flat, unflatten } = geometry.convolution.utils.flattenBatchTo2d(data, { sizes: tf.tensor1d([2, 1], 'int32') });
 * flat; // → [[1], [2], [3]]
 * unflatten(flat); // → [[[1], [2]], [[3], [0]]]
 * ```
 */
export function flattenBatchTo2d(data: tf.Tensor, { sizes = null }: { readonly sizes?: tf.Tensor | null } = {}): {
  readonly flat: tf.Tensor2D; readonly unflatten: (flat: tf.Tensor) => tf.Tensor;
} {
  checkMinimumRank('data', data, 3);
  const batch = data.shape.slice(0, -2);
  const [rows, channels] = data.shape.slice(-2);
  if (sizes) {
    checkSizes(sizes);
    checkSameBatches(['data', data, 2], ['sizes', sizes, 0]);
  }
  if (!sizes) {
    const unflatten = (flat: tf.Tensor): tf.Tensor => tf.reshape(flat, [...batch, rows, flat.shape[flat.rank - 1]]);
    return { flat: tf.reshape(data, [-1, channels]), unflatten };
  }
  const { numbers, count } = numberRows(sizes.dataSync(), rows);
  return {
    flat: tf.tidy(() => pickRows(tf.reshape(data, [-1, channels]), inverse(numbers, count)) as tf.Tensor2D),
    unflatten: (flat) => tf.tidy(() => {
      checkShape('flat', flat, [count, null]);
      return tf.reshape(pickRows(flat, numbers), [...batch, rows, flat.shape[flat.rank - 1]]);
    }),
  };
}

/**
 * Rows dealt out to a batch, zeros for padding.
 * @param data [D1, D2] @param sizes int32 [*], read back: how many rows each element gets; Σ sizes = D1.
 * @param options.maxRows of each element; the largest of sizes by default.
 * @returns [*, maxRows, D2]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const sizes = tf.tensor1d([2, 1], 'int32');
 * geometry.convolution.utils.unflatten2dToBatch(tf.tensor2d([[1], [2], [3]]), sizes); // → [[[1], [2]], [[3], [0]]]
 * ```
 */
export function unflatten2dToBatch(data: tf.Tensor, sizes: tf.Tensor, { maxRows = null }: { readonly maxRows?: number | null } = {}): tf.Tensor {
  checkShape('data', data, [null, null]);
  checkSizes(sizes);
  const values = Array.from(sizes.dataSync());
  const rows = maxRows ?? values.reduce((most, size) => Math.max(most, size), 0);
  const { numbers, count } = numberRows(values, rows);
  checkShape('data', data, [count, null]);
  return tf.tidy(() => tf.reshape(pickRows(data, numbers), [...sizes.shape, rows, data.shape[data.rank - 1]]));
}

/**
 * A batch of sparse matrices as one block-diagonal one without padding. Its lists are read back, its weights are not differentiated.
 * @param data [*, D1, D2] @param options.sizes int32 [*, 2]: rows and columns of each that count; all by default.
 * @param options.validateIndices drops entries in the padding, which are otherwise refused.
 * @returns [Σ rows, Σ columns], to be disposed by the caller.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const pair = geometry.convolution.fromDense(tf.tensor3d([[[0, 5], [0, 0]], [[6, 0], [0, 0]]]));
 * // 5 stays at row 0, column 1; 6, the second matrix's first entry, comes to row 2, column 2.
 * const { rows, columns, weights } = geometry.convolution.utils.convertToBlockDiag2d(pair);
 * [rows.segments, columns.segments, weights]; // → [[0, 2], [1, 2], [5, 6]]
 * ```
 */
export function convertToBlockDiag2d(
  data: SparseNeighborhood, { sizes = null, validateIndices = false }: { readonly sizes?: tf.Tensor | null; readonly validateIndices?: boolean } = {},
): SparseNeighborhood {
  const { batch, rowCount, columnCount } = data;
  const size = tf.util.sizeFromShape([...batch]);
  if (sizes) {
    checkSizes(sizes);
    checkShape('sizes', sizes, [...batch, 2]);
  }
  const pairs = sizes?.dataSync() ?? Int32Array.from({ length: 2 * size }, (_, i) => (i % 2 === 0 ? rowCount : columnCount));
  const rows = numberRows(pairs.filter((_, i) => i % 2 === 0), rowCount);
  const columns = numberRows(pairs.filter((_, i) => i % 2 === 1), columnCount);
  const oldRows = data.rows.segments.dataSync();
  // Entries that only fill up have neither row nor column.
  const entries = Int32Array.from(oldRows.keys()).filter((e) => oldRows[e] >= 0);
  const newRows = Int32Array.from(oldRows, (row) => (row < 0 ? -1 : rows.numbers[row]));
  const newColumns = Int32Array.from(data.columns.segments.dataSync(), (column) => (column < 0 ? -1 : columns.numbers[column]));
  const kept = entries.filter((e) => newRows[e] >= 0 && newColumns[e] >= 0);
  if (kept.length < entries.length && !validateIndices) throw new Error(`data must have no entries in the padding that sizes tells of, but it has ${entries.length - kept.length}`);
  const weights = data.weights.dataSync();
  return createNeighborhood(neighborhoodFromEntries(
    kept.map((e) => newRows[e]), kept.map((e) => newColumns[e]), { rowCount: rows.count, columnCount: columns.count }, Float32Array.from(kept, (e) => weights[e]),
  ));
}
