// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const IM2COL = 'DioramaIm2Col';
export const COL2IM = 'DioramaCol2Im';
