import { asFloat } from '../../asFloat';
import { assertNormalized } from '../../assertions';
import { indicator, nonzeroSign } from '../../math/safe';
import { byPrecision } from '../../math/precision';
import { checkLastAxis, checkMatrix } from '../../shape';
import * as tf from '../../tf';
import { entriesOf } from './matrix';
import * as quaternion from './quaternion';
import * as rotationMatrix3d from './rotationMatrix3d';

// Tait–Bryan angles [θx, θy, θz] in radians of R = Rz·Ry·Rx. θy lies in [−π/2, π/2], the others in [−π, π].

/**
 * Where |sin θy| is nearer to 1 than this, only the sum or difference of θx and θz is determined, and θz is taken as 0. Float32 entries
 * still hold θx and θz to 1e-4 just outside, and asin's slope stays below 1e3.
 */
const gimbalMargin = (): number => byPrecision(1e-6, 2 ** -8);

/** Angles from a matrix's entries, each [*, 1]. The branch is chosen before anything is divided, so the gradient is finite in both. */
function fromEntries([[r00, r01, r02], [r10], [r20, r21, r22]]: readonly (readonly tf.Tensor[])[]): tf.Tensor {
  const gimbal = indicator(() => tf.greater(tf.abs(r20), 1 - gimbalMargin()));
  const free = tf.sub(1, gimbal);
  const pole = tf.neg(nonzeroSign(r20));
  const either = (general: tf.Tensor, locked: tf.Tensor) => tf.add(tf.mul(free, general), tf.mul(gimbal, tf.mul(pole, locked)));
  const x = tf.atan2(either(r21, r01), either(r22, r02));
  const y = tf.sub(tf.mul(tf.mul(gimbal, pole), Math.PI / 2), tf.asin(tf.mul(free, r20)));
  const z = tf.atan2(tf.mul(free, r10), tf.add(tf.mul(free, r00), gimbal));
  return tf.concat([x, y, z], -1);
}

/**
 * Differentiable; finite with its gradient where θy = ±π/2, too.
 * @param axis [*, 3], unit length.
 * @param angle [*, 1], radians.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.euler.fromAxisAngle(tf.tensor1d([1, 0, 0]), tf.tensor1d([0.5])); // → [0.5, 0, 0]
 * ```
 */
export const fromAxisAngle = (axis: tf.Tensor, angle: tf.Tensor): tf.Tensor =>
  tf.tidy(() => fromQuaternion(quaternion.fromAxisAngle(axis, angle)));

/**
 * Differentiable; finite with its gradient where θy = ±π/2, too.
 * @param quaternions [*, 4], unit length.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A quarter turn about z.
 * geometry.transformation.euler.fromQuaternion(tf.tensor1d([0, 0, Math.SQRT1_2, Math.SQRT1_2])); // → [0, 0, 1.5708]
 * ```
 */
export function fromQuaternion(quaternions: tf.Tensor): tf.Tensor {
  checkLastAxis('quaternions', quaternions, 4);
  assertNormalized('quaternions', quaternions);
  return tf.tidy(() => fromEntries(entriesOf(rotationMatrix3d.fromQuaternion(asFloat(quaternions)))));
}

/**
 * Differentiable; finite with its gradient where θy = ±π/2, too.
 * @param rotationMatrix [*, 3, 3]
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A quarter turn about z.
 * geometry.transformation.euler.fromRotationMatrix(tf.tensor2d([[0, -1, 0], [1, 0, 0], [0, 0, 1]])); // → [0, 0, 1.5708]
 * ```
 */
export function fromRotationMatrix(rotationMatrix: tf.Tensor): tf.Tensor {
  checkMatrix('rotationMatrix', rotationMatrix, 3, 3);
  return tf.tidy(() => fromEntries(entriesOf(rotationMatrix3d.assertRotationMatrixNormalized(asFloat(rotationMatrix)))));
}

/**
 * The angles negated, as TensorFlow Graphics does. That undoes Rz·Ry·Rx only where at most one angle is not 0; the angles that undo any turn
 * are those of its matrix, transposed: `fromRotationMatrix(rotationMatrix3d.inverse(rotationMatrix3d.fromEuler(angles)))`.
 * @param eulerAngle [*, 3]
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.euler.inverse(tf.tensor1d([0.1, 0, 0.5])); // → [-0.1, 0, -0.5]
 * ```
 */
export function inverse(eulerAngle: tf.Tensor): tf.Tensor {
  checkLastAxis('eulerAngle', eulerAngle, 3);
  return tf.tidy(() => tf.neg(asFloat(eulerAngle)));
}
