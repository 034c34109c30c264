import { asFloat } from '../../asFloat';
import { checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { determinant } from './matrix';

/**
 * Whether matrices of any size are rotations: determinant 1 and RᵀR the identity, both within `atol`. Not differentiable.
 * @param matrix [*, K, K]
 * @param options.atol how far both may be off.
 * @returns bool [*, 1]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.rotationMatrixCommon.isValid(tf.eye(4)); // → [1]
 * // A mirror has determinant −1.
 * geometry.transformation.rotationMatrixCommon.isValid(tf.tensor2d([[1, 0], [0, -1]])); // → [0]
 * ```
 */
export const isValid = (matrix: tf.Tensor, { atol = 1e-3 } = {}): tf.Tensor => tf.tidy(() => {
  checkMinimumRank('matrix', matrix, 2);
  const size = matrix.shape[matrix.rank - 2];
  checkLastAxis('matrix', matrix, size);
  const flat = tf.reshape(asFloat(matrix), [-1, size, size]);
  const offIdentity = tf.sqrt(tf.sum(tf.square(tf.sub(tf.matMul(flat, flat, true), tf.eye(size))), [1, 2]));
  const offOne = tf.abs(tf.sub(determinant(flat), 1));
  return tf.reshape(tf.logicalAnd(tf.less(offOne, atol), tf.less(offIdentity, atol)), [...matrix.shape.slice(0, -2), 1]);
});
