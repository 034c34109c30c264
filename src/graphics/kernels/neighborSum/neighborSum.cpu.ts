import { realsLike, registerCpuKernel, type Indices, type Reals } from '../cpuKernel';
import { NEIGHBOR_SUM, NEIGHBOR_SUM_VALUES, NEIGHBOR_SUM_WEIGHTS } from './names';

interface Lists { readonly offsets: Indices; readonly order: Indices }
/** B batch elements, V columns, C channels, E entries, W weights an entry, R rows. */
export interface Sizes { readonly batch: number; readonly channels: number; readonly entries: number; readonly heads: number; readonly rows: number; readonly columns: number }

/** @param values [B, V, C] @param weights [B, E, W] @param rows the entries of each row @param columnOf [E] @returns [B, R, W · C] */
export function neighborSumLoops(values: Reals, weights: Reals, rows: Lists, columnOf: Indices, size: Sizes): Reals {
  const { batch, channels, entries, heads, rows: rowCount, columns } = size;
  const sums = realsLike(values, batch * rowCount * heads * channels);
  // Summed in float64, rounded once.
  const row = new Float64Array(heads * channels);
  for (let b = 0; b < batch; b++) {
    for (let r = 0; r < rowCount; r++) {
      row.fill(0);
      for (let k = rows.offsets[r]; k < rows.offsets[r + 1]; k++) {
        const entry = rows.order[k];
        if (columnOf[entry] < 0) continue;
        const from = (b * columns + columnOf[entry]) * channels;
        for (let w = 0; w < heads; w++) {
          const weight = weights[(b * entries + entry) * heads + w];
          for (let c = 0; c < channels; c++) row[w * channels + c] += weight * values[from + c];
        }
      }
      sums.set(row, (b * rowCount + r) * row.length);
    }
  }
  return sums;
}

/** @param dy [B, R, W · C] @param weights [B, E, W] @param columns the entries of each column @param rowOf [E] @returns [B, V, C] */
export function neighborSumValuesLoops(dy: Reals, weights: Reals, columns: Lists, rowOf: Indices, size: Sizes): Reals {
  const { batch, channels, entries, heads, rows, columns: columnCount } = size;
  const sums = realsLike(dy, batch * columnCount * channels);
  const row = new Float64Array(channels);
  for (let b = 0; b < batch; b++) {
    for (let v = 0; v < columnCount; v++) {
      row.fill(0);
      for (let k = columns.offsets[v]; k < columns.offsets[v + 1]; k++) {
        const entry = columns.order[k];
        if (rowOf[entry] < 0) continue;
        for (let w = 0; w < heads; w++) {
          const weight = weights[(b * entries + entry) * heads + w];
          const from = ((b * rows + rowOf[entry]) * heads + w) * channels;
          for (let c = 0; c < channels; c++) row[c] += weight * dy[from + c];
        }
      }
      sums.set(row, (b * columnCount + v) * channels);
    }
  }
  return sums;
}

/** @param dy [B, R, W · C] @param values [B, V, C] @returns [B, E, W] */
export function neighborSumWeightsLoops(dy: Reals, values: Reals, rowOf: Indices, columnOf: Indices, size: Sizes): Reals {
  const { batch, channels, entries, heads, rows, columns } = size;
  const products = realsLike(dy, batch * entries * heads);
  for (let b = 0; b < batch; b++) {
    for (let entry = 0; entry < entries; entry++) {
      if (rowOf[entry] < 0 || columnOf[entry] < 0) continue;
      const at = (b * columns + columnOf[entry]) * channels;
      for (let w = 0; w < heads; w++) {
        const from = ((b * rows + rowOf[entry]) * heads + w) * channels;
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += dy[from + c] * values[at + c];
        products[(b * entries + entry) * heads + w] = sum;
      }
    }
  }
  return products;
}

registerCpuKernel(NEIGHBOR_SUM, ['values', 'weights', 'rowOffsets', 'rowOrder', 'columns'], ({ values, weights, rowOffsets, rowOrder, columns }) => {
  const [batch, entries, heads] = weights.shape;
  const [, columnCount, channels] = values.shape;
  const size = { batch, channels, entries, heads, rows: rowOffsets.shape[0] - 1, columns: columnCount };
  const lists = { offsets: rowOffsets.indices, order: rowOrder.indices };
  return { shape: [batch, size.rows, heads * channels], values: neighborSumLoops(values.reals, weights.reals, lists, columns.indices, size) };
});

registerCpuKernel(NEIGHBOR_SUM_VALUES, ['dy', 'weights', 'columnOffsets', 'columnOrder', 'rows'], ({ dy, weights, columnOffsets, columnOrder, rows }) => {
  const [batch, entries, heads] = weights.shape;
  const channels = dy.shape[2] / heads;
  const size = { batch, channels, entries, heads, rows: dy.shape[1], columns: columnOffsets.shape[0] - 1 };
  const lists = { offsets: columnOffsets.indices, order: columnOrder.indices };
  return { shape: [batch, size.columns, channels], values: neighborSumValuesLoops(dy.reals, weights.reals, lists, rows.indices, size) };
});

registerCpuKernel(NEIGHBOR_SUM_WEIGHTS, ['dy', 'values', 'rows', 'columns'], ({ dy, values, rows, columns }) => {
  const [batch, columnCount, channels] = values.shape;
  const heads = dy.shape[2] / channels;
  const size = { batch, channels, entries: rows.shape[0], heads, rows: dy.shape[1], columns: columnCount };
  return { shape: [batch, size.entries, heads], values: neighborSumWeightsLoops(dy.reals, values.reals, rows.indices, columns.indices, size) };
});
