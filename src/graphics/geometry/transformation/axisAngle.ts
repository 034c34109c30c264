import { asFloat } from '../../asFloat';
import { assertNormalized } from '../../assertions';
import { indicator, minSquaredLength, nonzeroSign, safeLength } from '../../math/safe';
import { cross, dot, normalize } from '../../math/vector';
import { broadcastBatches, checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import * as quaternions from './quaternion';

/** A rotation by `angle` ([*, 1], radians) about `axis` ([*, 3], unit length), by the right-hand rule. */
export interface AxisAngle { readonly axis: tf.Tensor; readonly angle: tf.Tensor }

/**
 * The axis and angle of three turns one after the other: about x, then y, then z.
 * @param angles [*, 3]: θx, θy, θz in radians, for R = Rz·Ry·Rx.
 * @returns axis [*, 3] and angle [*, 1]
 * @example
 * ```ts
 * const { axis, angle } = geometry.transformation.axisAngle.fromEuler(tf.tensor1d([0, 0, Math.PI / 2]));
 * axis; // → [0, 0, 1]
 * angle; // → [1.5708]
 * ```
 */
export const fromEuler = (angles: tf.Tensor): AxisAngle => fromNew(() => quaternions.fromEuler(angles));

/**
 * {@link fromEuler} with sin x ≈ x and cos x ≈ 1 − x²/2 of the half angles.
 * @param angles [*, 3], radians.
 * @returns axis [*, 3] and angle [*, 1]
 * @example
 * ```ts
 * const { axis, angle } = geometry.transformation.axisAngle.fromEulerWithSmallAnglesApproximation(tf.tensor1d([0, 0.1, 0]));
 * axis; // → [0, 1, 0]
 * angle; // → [0.1]
 * ```
 */
export const fromEulerWithSmallAnglesApproximation = (angles: tf.Tensor): AxisAngle =>
  fromNew(() => quaternions.fromEulerWithSmallAnglesApproximation(angles));

/**
 * The axis and angle of a rotation matrix, the angle in [0, π].
 * @param rotationMatrix [*, 3, 3]
 * @returns axis [*, 3] and angle [*, 1]
 * @example
 * ```ts
 * const halfTurn = tf.tensor2d([[-1, 0, 0], [0, -1, 0], [0, 0, 1]]);
 * const { axis, angle } = geometry.transformation.axisAngle.fromRotationMatrix(halfTurn);
 * axis; // → [0, 0, 1]
 * angle; // → [3.1416]
 * ```
 */
export const fromRotationMatrix = (rotationMatrix: tf.Tensor): AxisAngle => fromNew(() => quaternions.fromRotationMatrix(rotationMatrix));

const fromNew = (quaternion: () => tf.Tensor): AxisAngle => tf.tidy(() => ({ ...fromQuaternion(quaternion()) }));

/**
 * The angle lies in [0, π]. The identity has none, and gets the axis x; its gradient there is finite.
 * @param quaternion [*, 4], unit length.
 * @returns axis [*, 3] and angle [*, 1]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const { axis, angle } = geometry.transformation.axisAngle.fromQuaternion(tf.tensor1d([0, 0, -Math.SQRT1_2, Math.SQRT1_2]));
 * axis; // → [0, 0, -1]
 * angle; // → [1.5708]
 * ```
 */
export function fromQuaternion(quaternion: tf.Tensor): AxisAngle {
  checkLastAxis('quaternion', quaternion, 4);
  assertNormalized('quaternion', quaternion);
  return tf.tidy(() => {
    const [xyz, w] = tf.split(asFloat(quaternion), [3, 1], -1) as [tf.Tensor, tf.Tensor];
    const none = indicator(() => tf.less(dot(xyz, xyz), minSquaredLength()));
    const axis = normalize(tf.add(tf.mul(xyz, tf.mul(nonzeroSign(w), tf.sub(1, none))), tf.mul(none, tf.tensor1d([1, 0, 0]))));
    return { axis, angle: tf.mul(tf.atan2(safeLength(xyz), tf.abs(w)), 2) };
  });
}

/**
 * The rotation back: the same axis, the angle negated.
 * @param axis [*, 3]
 * @param angle [*, 1], radians.
 * @returns axis [*, 3] and angle [*, 1]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const back = geometry.transformation.axisAngle.inverse(tf.tensor1d([0, 0, 1]), tf.tensor1d([2]));
 * back.axis; // → [0, 0, 1]
 * back.angle; // → [-2]
 * ```
 */
export function inverse(axis: tf.Tensor, angle: tf.Tensor): AxisAngle {
  checkPair(axis, angle);
  return { axis: tf.clone(axis), angle: tf.neg(angle) };
}

/**
 * Whether the axis has unit length, within `atol`; any angle is right.
 * @param axis [*, 3]
 * @param angle [*, 1]
 * @param options.atol how far the length may be from 1.
 * @returns bool [*, 1]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.axisAngle.isNormalized(tf.tensor1d([0, 0.6, 0.8]), tf.tensor1d([2])); // → [1]
 * geometry.transformation.axisAngle.isNormalized(tf.tensor1d([0, 1, 1]), tf.tensor1d([2])); // → [0]
 * ```
 */
export function isNormalized(axis: tf.Tensor, angle: tf.Tensor, { atol = 1e-3 } = {}): tf.Tensor {
  checkPair(axis, angle);
  return tf.tidy(() => tf.less(tf.abs(tf.sub(safeLength(asFloat(axis)), 1)), atol));
}

function checkPair(axis: tf.Tensor, angle: tf.Tensor): void {
  checkLastAxis('axis', axis, 3);
  checkLastAxis('angle', angle, 1);
  broadcastBatches(['axis', axis, 1], ['angle', angle, 1]);
}

/**
 * Rodrigues' formula on a point.
 * @param point [*, 3]
 * @param axis [*, 3], unit length.
 * @param angle [*, 1], radians.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A quarter turn about z takes x to y.
 * geometry.transformation.axisAngle.rotate(tf.tensor1d([1, 0, 0]), tf.tensor1d([0, 0, 1]), tf.tensor1d([Math.PI / 2])); // → [0, 1, 0]
 * ```
 */
export const rotate = (point: tf.Tensor, axis: tf.Tensor, angle: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point', point, 3);
  checkPair(axis, angle);
  broadcastBatches(['point', point, 1], ['axis', axis, 1], ['angle', angle, 1]);
  assertNormalized('axis', axis);
  const [p, unit, radians] = [asFloat(point), asFloat(axis), asFloat(angle)];
  const cosine = tf.cos(radians);
  const along = tf.mul(unit, tf.mul(dot(unit, p), tf.sub(1, cosine)));
  return tf.add(tf.add(tf.mul(p, cosine), tf.mul(cross(unit, p), tf.sin(radians))), along);
});
