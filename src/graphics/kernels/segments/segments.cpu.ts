import { realsLike, registerCpuKernel, type Indices, type Reals } from '../cpuKernel';
import { GATHER_ROWS, SEGMENT_ARG_MAX, SEGMENT_PLACE, SEGMENT_SELECT, SEGMENT_SUM } from './names';

type Shape = readonly number[];

/** @param values [B, S, C] @param segments [N] @returns [B, N, C] */
export function gatherRowsLoops(values: Reals, segments: Indices, [batch, rows, channels]: Shape): Reals {
  const count = segments.length;
  const gathered = realsLike(values, batch * count * channels);
  for (let b = 0; b < batch; b++) {
    for (let n = 0; n < count; n++) {
      if (segments[n] < 0) continue;
      const [from, to] = [(b * rows + segments[n]) * channels, (b * count + n) * channels];
      for (let c = 0; c < channels; c++) gathered[to + c] = values[from + c];
    }
  }
  return gathered;
}

/** @param values [B, N, C] @param offsets [S + 1] @param order [M] @returns [B, S, C] */
export function segmentSumLoops(values: Reals, offsets: Indices, order: Indices, [batch, count, channels]: Shape): Reals {
  const rows = offsets.length - 1;
  const sums = realsLike(values, batch * rows * channels);
  // Summed in float64, rounded once.
  const row = new Float64Array(channels);
  for (let b = 0; b < batch; b++) {
    for (let s = 0; s < rows; s++) {
      row.fill(0);
      for (let k = offsets[s]; k < offsets[s + 1]; k++) {
        const from = (b * count + order[k]) * channels;
        for (let c = 0; c < channels; c++) row[c] += values[from + c];
      }
      sums.set(row, (b * rows + s) * channels);
    }
  }
  return sums;
}

/** The number of the entry that is largest, −1 where there is none. @returns [B, S, C] */
export function segmentArgMaxLoops(values: Reals, offsets: Indices, order: Indices, [batch, count, channels]: Shape): Reals {
  const rows = offsets.length - 1;
  const choices = realsLike(values, batch * rows * channels).fill(-1);
  for (let b = 0; b < batch; b++) {
    for (let s = 0; s < rows; s++) {
      for (let c = 0; c < channels; c++) {
        let best = -1;
        for (let k = offsets[s]; k < offsets[s + 1]; k++) {
          const entry = order[k];
          if (best < 0 || values[(b * count + entry) * channels + c] > values[(b * count + best) * channels + c]) best = entry;
        }
        choices[(b * rows + s) * channels + c] = best;
      }
    }
  }
  return choices;
}

/** values[choices], 0 for the choice −1. @param values [B, N, C] @param choices [B, S, C] */
export function segmentSelectLoops(values: Reals, choices: Reals, [batch, count, channels]: Shape): Reals {
  const selected = realsLike(values, choices.length);
  const size = choices.length / Math.max(1, batch);
  for (let i = 0; i < choices.length; i++) {
    if (choices[i] >= 0) selected[i] = values[(Math.floor(i / size) * count + choices[i]) * channels + (i % channels)];
  }
  return selected;
}

/** What each entry won, the transpose of selecting. @param values [B, S, C] @param choices [B, S, C] @returns [B, N, C] */
export function segmentPlaceLoops(values: Reals, choices: Reals, segments: Indices, [batch, rows, channels]: Shape): Reals {
  const count = segments.length;
  const placed = realsLike(values, batch * count * channels);
  for (let i = 0; i < choices.length; i++) {
    if (choices[i] >= 0) placed[(Math.floor(i / (rows * channels)) * count + choices[i]) * channels + (i % channels)] = values[i];
  }
  return placed;
}

registerCpuKernel(GATHER_ROWS, ['values', 'segments'], ({ values, segments }) => ({
  shape: [values.shape[0], segments.shape[0], values.shape[2]], values: gatherRowsLoops(values.reals, segments.indices, values.shape),
}));
registerCpuKernel(SEGMENT_SUM, ['values', 'offsets', 'order'], ({ values, offsets, order }) => ({
  shape: [values.shape[0], offsets.shape[0] - 1, values.shape[2]], values: segmentSumLoops(values.reals, offsets.indices, order.indices, values.shape),
}));
registerCpuKernel(SEGMENT_ARG_MAX, ['values', 'offsets', 'order'], ({ values, offsets, order }) => ({
  shape: [values.shape[0], offsets.shape[0] - 1, values.shape[2]], values: segmentArgMaxLoops(values.reals, offsets.indices, order.indices, values.shape),
}));
registerCpuKernel(SEGMENT_SELECT, ['values', 'choices'], ({ values, choices }) => ({
  shape: choices.shape, values: segmentSelectLoops(values.reals, choices.reals, values.shape),
}));
registerCpuKernel(SEGMENT_PLACE, ['values', 'choices', 'segments'], ({ values, choices, segments }) => ({
  shape: [values.shape[0], segments.shape[0], values.shape[2]], values: segmentPlaceLoops(values.reals, choices.reals, segments.indices, values.shape),
}));
