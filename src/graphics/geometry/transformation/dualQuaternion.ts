import { asFloat } from '../../asFloat';
import { indicator, safeLength } from '../../math/safe';
import { dot } from '../../math/vector';
import { byPrecision } from '../../math/precision';
import { broadcastBatches, checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import * as quaternion from './quaternion';

// Rigid motions as real + ε dual, [*, 8]: two quaternions [x, y, z, w] one after the other. A rotation r followed by a translation t is
// r + ε ½ (t, 0)·r. Source: Kavan et al. 2008, "Geometric Skinning with Approximate Dual Quaternion Blending". All but isNormalized are
// differentiable.

/** A real part shorter than this has no direction to divide by: the dual part of its norm is 0. */
const minRealLength = (): number => byPrecision(1e-10, 2 ** -5);

const parts = (name: string, dualQuaternion: tf.Tensor): [real: tf.Tensor, dual: tf.Tensor] => {
  checkLastAxis(name, dualQuaternion, 8);
  return tf.split(asFloat(dualQuaternion), 2, -1) as [tf.Tensor, tf.Tensor];
};

/** Joins parts whose batch shapes may differ. */
const joined = (real: tf.Tensor, dual: tf.Tensor): tf.Tensor => {
  const shape = [...broadcastBatches(['real', real, 1], ['dual', dual, 1]), 4];
  return tf.concat([tf.broadcastTo(real, shape), tf.broadcastTo(dual, shape)], -1);
};

/** Vectors as quaternions without a real part. */
const pure = (vector: tf.Tensor): tf.Tensor => tf.concat([asFloat(vector), tf.zeros([...vector.shape.slice(0, -1), 1])], -1);

/**
 * Conjugates both quaternions: the inverse of a unit dual quaternion.
 * @param dualQuaternion [*, 8]
 * @returns [*, 8]
 * @example
 * ```ts
 * geometry.transformation.dualQuaternion.conjugate(tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 8])); // → [-1, -2, -3, 4, -5, -6, -7, 8]
 * ```
 */
export const conjugate = (dualQuaternion: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const [real, dual] = parts('dualQuaternion', dualQuaternion);
  return joined(quaternion.conjugate(real), quaternion.conjugate(dual));
});

/**
 * r − ε d, the conjugate of dual numbers; with {@link conjugate} as well, q·(1 + ε p)·q̄* moves the point p.
 * @param dualQuaternion [*, 8]
 * @returns [*, 8]
 * @example
 * ```ts
 * geometry.transformation.dualQuaternion.conjugateDual(tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 8])); // → [1, 2, 3, 4, -5, -6, -7, -8]
 * ```
 */
export const conjugateDual = (dualQuaternion: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const [real, dual] = parts('dualQuaternion', dualQuaternion);
  return joined(real, tf.neg(dual));
});

/**
 * The product: first dualQuaternion2's motion, then dualQuaternion1's.
 * @param dualQuaternion1 [*, 8]
 * @param dualQuaternion2 [*, 8]
 * @returns [*, 8]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const { dualQuaternion } = geometry.transformation;
 * const shift = dualQuaternion.fromRotationTranslation(tf.tensor1d([0, 0, 0, 1]), tf.tensor1d([2, 0, 0]));
 * const halfTurn = dualQuaternion.fromRotationTranslation(tf.tensor1d([0, 0, 1, 0]), tf.zeros([3]));
 * // The shift comes first, and the turn about z takes it along.
 * dualQuaternion.toRotationTranslation(dualQuaternion.multiply(halfTurn, shift)).translation; // → [-2, 0, 0]
 * ```
 */
export const multiply = (dualQuaternion1: tf.Tensor, dualQuaternion2: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const [real1, dual1] = parts('dualQuaternion1', dualQuaternion1);
  const [real2, dual2] = parts('dualQuaternion2', dualQuaternion2);
  broadcastBatches(['dualQuaternion1', dualQuaternion1, 1], ['dualQuaternion2', dualQuaternion2, 1]);
  return joined(quaternion.multiply(real1, real2), tf.add(quaternion.multiply(real1, dual2), quaternion.multiply(dual1, real2)));
});

/**
 * r⁻¹ − ε r⁻¹·d·r⁻¹; 0, with a gradient of 0, where the real part is 0.
 * @param dualQuaternion [*, 8]
 * @returns [*, 8]
 * @example
 * ```ts
 * geometry.transformation.dualQuaternion.inverse(tf.tensor1d([0, 0, 0, 1, 1, 2, 3, 0])); // → [0, 0, 0, 1, -1, -2, -3, 0]
 * ```
 */
export const inverse = (dualQuaternion: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const [real, dual] = parts('dualQuaternion', dualQuaternion);
  const back = quaternion.inverse(real);
  return joined(back, tf.neg(quaternion.multiply(quaternion.multiply(back, dual), back)));
});

/**
 * The dual number ‖r‖ + ε r·d/‖r‖; (0, 0), with a gradient of 0, where the real part is 0.
 * @param dualQuaternion [*, 8]
 * @returns [*, 2]
 * @example
 * ```ts
 * // ‖r‖ = 2 and r·d = 12.
 * geometry.transformation.dualQuaternion.norm(tf.tensor1d([0, 0, 0, 2, 0, 0, 0, 6])); // → [2, 6]
 * ```
 */
export const norm = (dualQuaternion: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const [real, dual] = parts('dualQuaternion', dualQuaternion);
  const length = safeLength(real);
  const none = indicator(() => tf.less(length, minRealLength()));
  return tf.concat([length, tf.div(tf.mul(dot(real, dual), tf.sub(1, none)), tf.add(length, none))], -1);
});

/**
 * Whether the norm is within `atol` of 1 + ε 0.
 * @param dualQuaternion [*, 8]
 * @param options.atol how far both numbers of the norm may be off.
 * @returns bool [*, 1]
 * @example
 * ```ts
 * geometry.transformation.dualQuaternion.isNormalized(tf.tensor1d([0, 0, 0, 1, 1, 2, 3, 0])); // → [1]
 * geometry.transformation.dualQuaternion.isNormalized(tf.tensor1d([0, 0, 0, 1, 1, 2, 3, 4])); // → [0]
 * ```
 */
export const isNormalized = (dualQuaternion: tf.Tensor, { atol = 1e-3 } = {}): tf.Tensor => tf.tidy(() => {
  const off = tf.abs(tf.sub(norm(dualQuaternion), tf.tensor1d([1, 0])));
  return tf.all(tf.less(off, atol), -1, true);
});

/**
 * The rigid motion q + ½ ε t⊗q of a rotation q and then a translation t.
 * @param rotationQuaternion [*, 4], unit length.
 * @param translationVector [*, 3], applied after the rotation.
 * @returns [*, 8]
 * @throws Error that names the argument, axis and shape.
 * Source: Kavan et al. 2008, "Geometric Skinning with Approximate Dual Quaternion Blending", §3.
 * @example
 * ```ts
 * const { dualQuaternion } = geometry.transformation;
 * // Without a rotation the dual part is half the translation.
 * dualQuaternion.fromRotationTranslation(tf.tensor1d([0, 0, 0, 1]), tf.tensor1d([2, 4, 6])); // → [0, 0, 0, 1, 1, 2, 3, 0]
 * ```
 */
export const fromRotationTranslation = (rotationQuaternion: tf.Tensor, translationVector: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('rotationQuaternion', rotationQuaternion, 4);
  checkLastAxis('translationVector', translationVector, 3);
  broadcastBatches(['rotationQuaternion', rotationQuaternion, 1], ['translationVector', translationVector, 1]);
  const rotation = asFloat(rotationQuaternion);
  return joined(rotation, tf.div(quaternion.multiply(pure(translationVector), rotation), 2));
});

/**
 * The inverse of {@link fromRotationTranslation} for unit dual quaternions.
 * @param dualQuaternion [*, 8], of norm 1.
 * @returns rotation [*, 4], translation [*, 3]
 * @example
 * ```ts
 * const { rotation, translation } = geometry.transformation.dualQuaternion.toRotationTranslation(tf.tensor1d([0, 0, 0, 1, 1, 2, 3, 0]));
 * rotation; // → [0, 0, 0, 1]
 * translation; // → [2, 4, 6]
 * ```
 */
export const toRotationTranslation = (dualQuaternion: tf.Tensor): { rotation: tf.Tensor; translation: tf.Tensor } => tf.tidy(() => {
  const [rotation, dual] = parts('dualQuaternion', dualQuaternion);
  const [translation] = tf.split(tf.mul(quaternion.multiply(dual, quaternion.conjugate(rotation)), 2), [3, 1], -1);
  return { rotation, translation };
});

/**
 * {@link fromRotationTranslation} with the rotation by an angle about an axis.
 * @param axis [*, 3], unit length.
 * @param angle [*, 1], radians.
 * @param translationVector [*, 3], applied after the rotation.
 * @returns [*, 8]
 * @example
 * ```ts
 * const { dualQuaternion } = geometry.transformation;
 * const motion = dualQuaternion.fromAxisAngleTranslation(tf.tensor1d([0, 0, 1]), tf.tensor1d([Math.PI]), tf.tensor1d([2, 0, 0]));
 * motion; // → [0, 0, 1, 0, 0, -1, 0, 0]
 * ```
 */
export const fromAxisAngleTranslation = (axis: tf.Tensor, angle: tf.Tensor, translationVector: tf.Tensor): tf.Tensor =>
  tf.tidy(() => fromRotationTranslation(quaternion.fromAxisAngle(axis, angle), translationVector));

/**
 * 1 + ε (x, y, z, 0), with w last as everywhere here; TensorFlow Graphics puts w first in this function alone.
 * @param point [*, 3]
 * @returns [*, 8]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.dualQuaternion.pointToDualQuaternion(tf.tensor1d([1, 2, 3])); // → [0, 0, 0, 1, 1, 2, 3, 0]
 * ```
 */
export const pointToDualQuaternion = (point: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point', point, 3);
  return joined(tf.tensor1d([0, 0, 0, 1]), pure(point));
});
