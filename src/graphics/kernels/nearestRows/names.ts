// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const NEAREST_ROWS = 'DioramaNearestRows';
export const SMALLEST_COLUMNS = 'DioramaSmallestColumns';

export interface CountAttrs { readonly k: number }
