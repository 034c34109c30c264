// What the ops and their kernels share; in a file of its own, because the ops import their kernels.

export const COLUMN_MOMENTS = 'DioramaColumnMoments';
export const SCALE_SHIFT = 'DioramaScaleShift';
export const SCALE_SHIFT_SUMS = 'DioramaScaleShiftSums';
export const SCALE_SHIFT_BACK = 'DioramaScaleShiftBack';

/** What becomes of negative results: 0 for ReLU, 0.2 for a leaky one, 1 for nothing. */
export interface SlopeAttrs { readonly slope: number }
