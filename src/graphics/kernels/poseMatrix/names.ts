// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const QUATERNION_MATRIX = 'DioramaQuaternionMatrix';
export const QUATERNION_MATRIX_GRAD = 'DioramaQuaternionMatrixGrad';
export const POSE_MATRIX = 'DioramaPoseMatrix';
export const POSE_MATRIX_GRAD_ROTATION = 'DioramaPoseMatrixGradRotation';
export const POSE_MATRIX_GRAD_TRANSLATION = 'DioramaPoseMatrixGradTranslation';
/** Keeps a zero quaternion finite; far below the squared length of any that means a rotation. */
export const MIN_SQUARED_LENGTH = 1e-12;
