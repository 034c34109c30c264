import { realsLike, registerCpuKernel, type Indices, type Reals } from '../cpuKernel';
import { fitsOneBlock, sumOuterProducts } from '../matMul/outerProducts';
import { hasVectorProduct, productBlocks, sharedProduct } from '../matMul/product';
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

function mostEntries({ offsets }: Lists): number {
  let most = 0;
  for (let r = 1; r < offsets.length; r++) most = Math.max(most, offsets[r] - offsets[r - 1]);
  return most;
}

/**
 * The same in float32: each row is a product of its entries' weights and values, [W, K] · [K, C]. Entries without a column have none.
 * @returns undefined where rows are too small, or one too large, for that.
 */
export function neighborSumProducts(values: Float32Array, weights: Float32Array, rows: Lists, columnOf: Indices, size: Sizes): Float32Array | undefined {
  const { batch, channels, entries, heads, rows: rowCount, columns } = size;
  const most = mostEntries(rows);
  if (!fitsOneBlock(heads, channels, most) || !hasVectorProduct()) return undefined;
  const sums = new Float32Array(batch * rowCount * heads * channels);
  const left = { values: weights, at: new Int32Array(most), width: heads };
  const right = { values, at: new Int32Array(most), width: channels };
  const { product } = sharedProduct();
  for (let b = 0; b < batch; b++) {
    for (let r = 0; r < rowCount; r++) {
      let count = 0;
      for (let k = rows.offsets[r]; k < rows.offsets[r + 1]; k++) {
        const entry = rows.order[k];
        if (columnOf[entry] < 0) continue;
        left.at[count] = (b * entries + entry) * heads;
        right.at[count++] = (b * columns + columnOf[entry]) * channels;
      }
      if (count > 0) sumOuterProducts(left, right, count, sums, (b * rowCount + r) * heads * channels, product);
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

/**
 * The same in float32, row by row: each one's change is read once, multiplied by all its entries' weights, [K, W] · [W, C], and handed to their columns.
 * @returns undefined where rows are too small, or one too large, for that.
 */
export function neighborSumValuesProducts(dy: Float32Array, weights: Float32Array, rows: Lists, columnOf: Indices, size: Sizes): Float32Array | undefined {
  const { batch, channels, entries, heads, rows: rowCount, columns } = size;
  const most = mostEntries(rows);
  if (!fitsOneBlock(heads, channels, most) || !hasVectorProduct()) return undefined;
  const sums = new Float64Array(batch * columns * channels);
  const gathered = { values: new Float32Array(most * heads), offset: 0, rowStep: heads, columnStep: 1 };
  const targets = new Int32Array(most);
  for (let b = 0; b < batch; b++) {
    for (let r = 0; r < rowCount; r++) {
      let count = 0;
      for (let k = rows.offsets[r]; k < rows.offsets[r + 1]; k++) {
        const entry = rows.order[k];
        if (columnOf[entry] < 0) continue;
        const from = (b * entries + entry) * heads;
        for (let w = 0; w < heads; w++) gathered.values[count * heads + w] = weights[from + w];
        targets[count++] = (b * columns + columnOf[entry]) * channels;
      }
      const change = { values: dy, offset: (b * rowCount + r) * heads * channels, rowStep: channels, columnStep: 1 };
      productBlocks(gathered, change, { rows: count, columns: channels, depth: heads }, ({ firstRow, rowCount: here, values, stride }) => {
        for (let i = 0; i < here; i++) {
          for (let c = 0, to = targets[firstRow + i], at = i * stride; c < channels; c++, to++, at++) sums[to] += values[at];
        }
      });
    }
  }
  return Float32Array.from(sums);
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
  const sums = neighborSumProducts(values.reals as Float32Array, weights.reals as Float32Array, lists, columns.indices, size)
    ?? neighborSumLoops(values.reals, weights.reals, lists, columns.indices, size);
  return { shape: [batch, size.rows, heads * channels], values: sums };
});

const VALUES_INPUTS = ['dy', 'weights', 'columnOffsets', 'columnOrder', 'columns', 'rowOffsets', 'rowOrder', 'rows'] as const;
registerCpuKernel(NEIGHBOR_SUM_VALUES, VALUES_INPUTS, ({ dy, weights, columnOffsets, columnOrder, columns, rowOffsets, rowOrder, rows }) => {
  const [batch, entries, heads] = weights.shape;
  const channels = dy.shape[2] / heads;
  const size = { batch, channels, entries, heads, rows: dy.shape[1], columns: columnOffsets.shape[0] - 1 };
  const byRow = { offsets: rowOffsets.indices, order: rowOrder.indices };
  const sums = neighborSumValuesProducts(dy.reals as Float32Array, weights.reals as Float32Array, byRow, columns.indices, size)
    ?? neighborSumValuesLoops(dy.reals, weights.reals, { offsets: columnOffsets.indices, order: columnOrder.indices }, rows.indices, size);
  return { shape: [batch, size.columns, channels], values: sums };
});

registerCpuKernel(NEIGHBOR_SUM_WEIGHTS, ['dy', 'values', 'rows', 'columns'], ({ dy, values, rows, columns }) => {
  const [batch, columnCount, channels] = values.shape;
  const heads = dy.shape[2] / channels;
  const size = { batch, channels, entries: rows.shape[0], heads, rows: dy.shape[1], columns: columnCount };
  return { shape: [batch, size.entries, heads], values: neighborSumWeightsLoops(dy.reals, values.reals, rows.indices, columns.indices, size) };
});
