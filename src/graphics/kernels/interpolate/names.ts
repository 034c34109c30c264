// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const INTERPOLATE = 'DioramaInterpolate';
export const INTERPOLATE_GRAD_ATTRIBUTES = 'DioramaInterpolateGradAttributes';
export const INTERPOLATE_GRAD_POSITIONS = 'DioramaInterpolateGradPositions';
