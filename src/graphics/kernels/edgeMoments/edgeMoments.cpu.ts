import { realsLike, registerCpuKernel, type Indices, type Reals } from '../cpuKernel';
import { EDGE_LINE, EDGE_MOMENTS } from './names';

interface Lists { readonly offsets: Indices; readonly order: Indices }
/** B batch elements, C channels, R rows, V columns. */
export interface Sizes { readonly batch: number; readonly channels: number; readonly rows: number; readonly columns: number }

/** @param own [B, R, C] @param other [B, V, C] @returns [2, C]: mean and variance of own[row(e)] + other[column(e)] over all entries */
export function edgeMomentsLoops(own: Reals, other: Reals, rows: Lists, columnOf: Indices, { batch, channels, rows: rowCount, columns }: Sizes): Reals {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let count = 0;
  for (let b = 0; b < batch; b++) {
    for (let r = 0; r < rowCount; r++) {
      const at = (b * rowCount + r) * channels;
      for (let k = rows.offsets[r]; k < rows.offsets[r + 1]; k++) {
        const from = (b * columns + columnOf[rows.order[k]]) * channels;
        count++;
        for (let c = 0; c < channels; c++) {
          const z = own[at + c] + other[from + c];
          sums[c] += z;
          squares[c] += z * z;
        }
      }
    }
  }
  const moments = realsLike(own, 2 * channels);
  for (let c = 0; c < channels && count > 0; c++) {
    const mean = sums[c] / count;
    moments[c] = mean;
    moments[channels + c] = Math.max(0, squares[c] / count - mean * mean);
  }
  return moments;
}

/** @returns [B, R, C]: Σ over a row's entries of constant + linear · (own[row(e)] + other[column(e)]) */
export function edgeLineLoops(own: Reals, other: Reals, linear: Reals, constant: Reals, rows: Lists, columnOf: Indices, size: Sizes): Reals {
  const { batch, channels, rows: rowCount, columns } = size;
  const sums = realsLike(own, batch * rowCount * channels);
  const total = new Float64Array(channels);
  for (let b = 0; b < batch; b++) {
    for (let r = 0; r < rowCount; r++) {
      const at = (b * rowCount + r) * channels;
      total.fill(0);
      for (let k = rows.offsets[r]; k < rows.offsets[r + 1]; k++) {
        const from = (b * columns + columnOf[rows.order[k]]) * channels;
        for (let c = 0; c < channels; c++) total[c] += other[from + c];
      }
      const degree = rows.offsets[r + 1] - rows.offsets[r];
      for (let c = 0; c < channels; c++) sums[at + c] = degree * constant[c] + linear[c] * (degree * own[at + c] + total[c]);
    }
  }
  return sums;
}

registerCpuKernel(EDGE_MOMENTS, ['own', 'other', 'rowOffsets', 'rowOrder', 'columns'], ({ own, other, rowOffsets, rowOrder, columns }) => {
  const [batch, rows, channels] = own.shape;
  const lists = { offsets: rowOffsets.indices, order: rowOrder.indices };
  return { shape: [2, channels], values: edgeMomentsLoops(own.reals, other.reals, lists, columns.indices, { batch, channels, rows, columns: other.shape[1] }) };
});

registerCpuKernel(EDGE_LINE, ['own', 'other', 'linear', 'constant', 'rowOffsets', 'rowOrder', 'columns'], (inputs) => {
  const { own, other, linear, constant, rowOffsets, rowOrder, columns } = inputs;
  const [batch, rows, channels] = own.shape;
  const size = { batch, channels, rows, columns: other.shape[1] };
  const lists = { offsets: rowOffsets.indices, order: rowOrder.indices };
  return { shape: own.shape, values: edgeLineLoops(own.reals, other.reals, linear.reals, constant.reals, lists, columns.indices, size) };
});
