// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const DENSE_ARG_MAX = 'DioramaDenseArgMax';

export interface DenseArgMaxAttrs { readonly segmentCount: number }
