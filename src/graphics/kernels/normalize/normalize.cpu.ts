import { realsLike, registerCpuKernel, roundLike, type Indices, type Reals } from '../cpuKernel';
import { COLUMN_MOMENTS, SCALE_SHIFT, SCALE_SHIFT_BACK, SCALE_SHIFT_SUMS, type SlopeAttrs } from './names';

// Rows [M, C]. `segments` [M] says by −1 which rows do not count; empty, all do.

const counts = (segments: Indices, row: number): boolean => segments.length === 0 || segments[row] >= 0;

/** @returns [2, C]: mean and variance of each column, 0 and 0 without rows. */
export function columnMomentsLoops(x: Reals, segments: Indices, channels: number): Reals {
  const rows = x.length / channels;
  const sums = new Float64Array(2 * channels);
  let count = 0;
  for (let r = 0; r < rows; r++) {
    if (!counts(segments, r)) continue;
    count++;
    for (let c = 0, at = r * channels; c < channels; c++, at++) sums[c] += x[at];
  }
  for (let c = 0; c < channels && count > 0; c++) sums[c] /= count;
  for (let r = 0; r < rows; r++) {
    if (!counts(segments, r)) continue;
    for (let c = 0, at = r * channels; c < channels; c++, at++) sums[channels + c] += (x[at] - sums[c]) * (x[at] - sums[c]);
  }
  for (let c = channels; c < 2 * channels && count > 0; c++) sums[c] /= count;
  return roundLike(x, sums);
}

/** y = scale · x + shift, negative ones times `slope`. */
export function scaleShiftLoops(x: Reals, scale: Reals, shift: Reals, slope: number): Reals {
  const channels = scale.length;
  const y = realsLike(x, x.length);
  for (let from = 0; from < x.length; from += channels) {
    for (let c = 0; c < channels; c++) {
      const value = scale[c] * x[from + c] + shift[c];
      y[from + c] = value > 0 ? value : slope * value;
    }
  }
  return y;
}

interface Backward { readonly dy: Reals; readonly x: Reals; readonly scale: Reals; readonly shift: Reals; readonly segments: Indices; readonly slope: number }

/** @returns [2, C]: Σ g and Σ g · (x − centre), g the gradient by scale · x + shift. */
export function scaleShiftSumsLoops({ dy, x, scale, shift, segments, slope }: Backward, centre: Reals): Reals {
  const channels = scale.length;
  const sums = new Float64Array(2 * channels);
  for (let r = 0, from = 0; from < x.length; r++, from += channels) {
    if (!counts(segments, r)) continue;
    for (let c = 0; c < channels; c++) {
      const g = scale[c] * x[from + c] + shift[c] > 0 ? dy[from + c] : slope * dy[from + c];
      sums[c] += g;
      sums[channels + c] += g * (x[from + c] - centre[c]);
    }
  }
  return roundLike(dy, sums);
}

/** @returns [M, C]: scale · g + linear · x + constant; 0 in rows that do not count. */
export function scaleShiftBackLoops({ dy, x, scale, shift, segments, slope }: Backward, linear: Reals, constant: Reals): Reals {
  const channels = scale.length;
  const dx = realsLike(dy, x.length);
  for (let r = 0, from = 0; from < x.length; r++, from += channels) {
    if (!counts(segments, r)) continue;
    for (let c = 0; c < channels; c++) {
      const g = scale[c] * x[from + c] + shift[c] > 0 ? dy[from + c] : slope * dy[from + c];
      dx[from + c] = scale[c] * g + linear[c] * x[from + c] + constant[c];
    }
  }
  return dx;
}

registerCpuKernel(COLUMN_MOMENTS, ['x', 'segments'], ({ x, segments }) =>
  ({ shape: [2, x.shape[1]], values: columnMomentsLoops(x.reals, segments.indices, x.shape[1]) }));

registerCpuKernel(SCALE_SHIFT, ['x', 'scale', 'shift'], ({ x, scale, shift }, { slope }: SlopeAttrs) =>
  ({ shape: x.shape, values: scaleShiftLoops(x.reals, scale.reals, shift.reals, slope) }));

registerCpuKernel(SCALE_SHIFT_SUMS, ['dy', 'x', 'scale', 'shift', 'centre', 'segments'], ({ dy, x, scale, shift, centre, segments }, { slope }: SlopeAttrs) => {
  const backward = { dy: dy.reals, x: x.reals, scale: scale.reals, shift: shift.reals, segments: segments.indices, slope };
  return { shape: [2, x.shape[1]], values: scaleShiftSumsLoops(backward, centre.reals) };
});

registerCpuKernel(SCALE_SHIFT_BACK, ['dy', 'x', 'scale', 'shift', 'linear', 'constant', 'segments'], (inputs, { slope }: SlopeAttrs) => {
  const { dy, x, scale, shift, linear, constant, segments } = inputs;
  const backward = { dy: dy.reals, x: x.reals, scale: scale.reals, shift: shift.reals, segments: segments.indices, slope };
  return { shape: x.shape, values: scaleShiftBackLoops(backward, linear.reals, constant.reals) };
});
