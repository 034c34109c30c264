import * as tf from '../../tf';
import { checkShape } from '../../shape';
import './poseMatrix.cpu';
import './poseMatrix.webgl';
import './secondGradients';
import { QUATERNION_MATRIX, QUATERNION_MATRIX_GRAD, POSE_MATRIX, POSE_MATRIX_GRAD_ROTATION, POSE_MATRIX_GRAD_TRANSLATION } from './names';

export { QUATERNION_MATRIX, QUATERNION_MATRIX_GRAD, POSE_MATRIX, POSE_MATRIX_GRAD_ROTATION, POSE_MATRIX_GRAD_TRANSLATION } from './names';

/** A row-major 4 × 4 matrix of numbers. */
export interface AfterAttrs { readonly after: readonly number[] }

/**
 * Rotation matrices of quaternions of any length but 0, as one small step instead of the dozen that products and quotients make.
 *
 * @param quaternions [B, 4]: x, y, z, w.
 * @returns [B, 3, 3]; differentiable to any order.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Half a turn about z.
 * quaternionMatrix(tf.tensor2d([[0, 0, 2, 0]])); // → [[[-1, 0, 0], [0, -1, 0], [0, 0, 1]]]
 * ```
 */
export function quaternionMatrix(quaternions: tf.Tensor2D): tf.Tensor3D {
  checkShape('quaternions', quaternions, [null, 4]);
  return tf.engine().runKernel(QUATERNION_MATRIX, { quaternions }) as tf.Tensor3D;
}

tf.registerGradient({
  kernelName: QUATERNION_MATRIX,
  inputsToSave: ['quaternions'],
  gradFunc: (dy, [quaternions]) => ({
    quaternions: () => tf.engine().runKernel(QUATERNION_MATRIX_GRAD, { dy: dy as tf.Tensor, quaternions }) as tf.Tensor,
  }),
});

/**
 * after · [rotation translation; 0 1], where `after` is constant: a pose, then a projection.
 *
 * @param rotation [B, 3, 3]
 * @param translation [B, 3]
 * @param after row-major 4 × 4.
 * @returns [B, 4, 4]; differentiable to any order.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const twice = [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1];
 * const rotation = tf.tensor3d([[[0, -1, 0], [1, 0, 0], [0, 0, 1]]]);
 * poseMatrix(rotation, tf.tensor2d([[5, 6, 7]]), twice); // → [[[0, -2, 0, 10], [2, 0, 0, 12], [0, 0, 2, 14], [0, 0, 0, 1]]]
 * ```
 */
export function poseMatrix(rotation: tf.Tensor3D, translation: tf.Tensor2D, after: readonly number[]): tf.Tensor3D {
  checkShape('rotation', rotation, [null, 3, 3]);
  checkShape('translation', translation, [rotation.shape[0], 3]);
  return tf.engine().runKernel(POSE_MATRIX, { rotation, translation }, { after: [...after] }) as tf.Tensor3D;
}

tf.registerGradient({
  kernelName: POSE_MATRIX,
  gradFunc: (dy, _saved, attrs) => ({
    rotation: () => tf.engine().runKernel(POSE_MATRIX_GRAD_ROTATION, { dy: dy as tf.Tensor }, attrs) as tf.Tensor,
    translation: () => tf.engine().runKernel(POSE_MATRIX_GRAD_TRANSLATION, { dy: dy as tf.Tensor }, attrs) as tf.Tensor,
  }),
});
