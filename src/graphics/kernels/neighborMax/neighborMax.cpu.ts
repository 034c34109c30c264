import { realsLike, registerCpuKernel, type Indices, type Reals } from '../cpuKernel';
import { NEIGHBOR_ARG_MAX, NEIGHBOR_PLACE, NEIGHBOR_SELECT } from './names';

interface Lists { readonly offsets: Indices; readonly order: Indices }
/** B batch elements, C channels, R rows, V columns. */
export interface Sizes { readonly batch: number; readonly channels: number; readonly rows: number; readonly columns: number }

/** @param values [B, V, C] @param signs [C] @returns [B, R, C]: the entry whose column has the largest signs · values, −1 for none */
export function neighborArgMaxLoops(values: Reals, signs: Reals, rows: Lists, columnOf: Indices, { batch, channels, rows: rowCount, columns }: Sizes): Reals {
  const choices = realsLike(values, batch * rowCount * channels).fill(-1);
  const best = new Float64Array(channels);
  for (let b = 0; b < batch; b++) {
    for (let r = 0; r < rowCount; r++) {
      best.fill(-Infinity);
      const to = (b * rowCount + r) * channels;
      for (let k = rows.offsets[r]; k < rows.offsets[r + 1]; k++) {
        const entry = rows.order[k];
        if (columnOf[entry] < 0) continue;
        const from = (b * columns + columnOf[entry]) * channels;
        for (let c = 0; c < channels; c++) {
          const value = signs[c] * values[from + c];
          if (value > best[c]) {
            best[c] = value;
            choices[to + c] = entry;
          }
        }
      }
    }
  }
  return choices;
}

/** @param values [B, V, C] @param choices [B, R, C] @returns [B, R, C], 0 for the choice −1 */
export function neighborSelectLoops(values: Reals, choices: Reals, columnOf: Indices, { batch, channels, rows, columns }: Sizes): Reals {
  const selected = realsLike(values, batch * rows * channels);
  for (let b = 0; b < batch; b++) {
    for (let i = 0, at = b * rows * channels; i < rows * channels; i++, at++) {
      if (choices[at] >= 0) selected[at] = values[(b * columns + columnOf[choices[at]]) * channels + (i % channels)];
    }
  }
  return selected;
}

/** @param dy [B, R, C] @param choices [B, R, C] @returns [B, V, C]: what each column was chosen for, added up */
export function neighborPlaceLoops(dy: Reals, choices: Reals, columnOf: Indices, { batch, channels, rows, columns }: Sizes): Reals {
  const sums = new Float64Array(batch * columns * channels);
  for (let b = 0; b < batch; b++) {
    for (let i = 0, at = b * rows * channels; i < rows * channels; i++, at++) {
      if (choices[at] >= 0) sums[(b * columns + columnOf[choices[at]]) * channels + (i % channels)] += dy[at];
    }
  }
  return dy instanceof Float64Array ? sums : Float32Array.from(sums);
}

registerCpuKernel(NEIGHBOR_ARG_MAX, ['values', 'signs', 'rowOffsets', 'rowOrder', 'columns'], ({ values, signs, rowOffsets, rowOrder, columns }) => {
  const [batch, columnCount, channels] = values.shape;
  const size = { batch, channels, rows: rowOffsets.shape[0] - 1, columns: columnCount };
  const lists = { offsets: rowOffsets.indices, order: rowOrder.indices };
  return { shape: [batch, size.rows, channels], values: neighborArgMaxLoops(values.reals, signs.reals, lists, columns.indices, size) };
});

registerCpuKernel(NEIGHBOR_SELECT, ['values', 'choices', 'columns'], ({ values, choices, columns }) => {
  const [batch, columnCount, channels] = values.shape;
  const size = { batch, channels, rows: choices.shape[1], columns: columnCount };
  return { shape: choices.shape, values: neighborSelectLoops(values.reals, choices.reals, columns.indices, size) };
});

registerCpuKernel(NEIGHBOR_PLACE, ['dy', 'choices', 'columns', 'columnOffsets'], ({ dy, choices, columns, columnOffsets }) => {
  const [batch, rows, channels] = choices.shape;
  const size = { batch, channels, rows, columns: columnOffsets.shape[0] - 1 };
  return { shape: [batch, size.columns, channels], values: neighborPlaceLoops(dy.reals, choices.reals, columns.indices, size) };
});
