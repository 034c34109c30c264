// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const ANTIALIAS = 'DioramaAntialias';
export const ANTIALIAS_GRAD_COLOR = 'DioramaAntialiasGradColor';
export const ANTIALIAS_GRAD_POSITIONS = 'DioramaAntialiasGradPositions';
