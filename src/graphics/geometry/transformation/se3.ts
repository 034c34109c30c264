import { asFloat } from '../../asFloat';
import { cross, dot } from '../../math/vector';
import { broadcastBatches, checkLastAxis, checkMatrix } from '../../shape';
import * as tf from '../../tf';
import { cotangentDefect, sineDefect, versine } from './angleSeries';
import * as so3 from './so3';

// Rigid motions as 4 × 4 matrices on homogeneous column vectors, and as twists [ρ, φ]: three numbers of translation, in the units of the
// points, then a rotation vector in radians. Source: Barfoot, "State Estimation for Robotics", 2017, section 7.1.

/**
 * The motion of a unit time along a constant twist: rotation exp φ, translation V ρ with V = I + (1 − cos θ)/θ²·K + (θ − sin θ)/θ³·K²,
 * K = [φ]×. Differentiable; finite with its gradient everywhere, φ = 0 included.
 * @param twist [*, 6]
 * @returns [*, 4, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A screw: a quarter turn about z while moving 3 along it.
 * const screw = geometry.transformation.se3.exp(tf.tensor1d([0, 0, 3, 0, 0, Math.PI / 2]));
 * screw; // → [[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 3], [0, 0, 0, 1]]
 * ```
 */
export const exp = (twist: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('twist', twist, 6);
  const [rho, phi] = tf.split(asFloat(twist), 2, -1) as [tf.Tensor, tf.Tensor];
  const squared = dot(phi, phi);
  const turned = cross(phi, rho);
  const translation = tf.add(rho, tf.add(tf.mul(versine(squared), turned), tf.mul(sineDefect(squared), cross(phi, turned))));
  return fromRotationTranslation(so3.exp(phi), translation);
});

/**
 * The inverse of {@link exp}, with |φ| in [0, π]. Differentiable; finite with its gradient at 0 and at π.
 * @param matrix [*, 4, 4], a rotation and a translation; its last row is not looked at.
 * @returns [*, 6]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const screw = tf.tensor2d([[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 3], [0, 0, 0, 1]]);
 * geometry.transformation.se3.log(screw); // → [0, 0, 3, 0, 0, 1.5708]
 * ```
 */
export const log = (matrix: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const { rotation, translation } = toRotationTranslation(matrix);
  const phi = so3.log(rotation);
  const turned = cross(phi, translation);
  const defect = cotangentDefect(dot(phi, phi));
  const rho = tf.add(tf.sub(translation, tf.div(turned, 2)), tf.mul(defect, cross(phi, turned)));
  return tf.concat([rho, phi], -1);
});

/**
 * [[R, t], [0, 1]]: the rotation, then the translation, on homogeneous column vectors.
 * @param rotation [*, 3, 3]
 * @param translation [*, 3], applied after the rotation.
 * @returns [*, 4, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const motion = geometry.transformation.se3.fromRotationTranslation(tf.eye(3), tf.tensor1d([1, 2, 3]));
 * motion; // → [[1, 0, 0, 1], [0, 1, 0, 2], [0, 0, 1, 3], [0, 0, 0, 1]]
 * ```
 */
export const fromRotationTranslation = (rotation: tf.Tensor, translation: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkMatrix('rotation', rotation, 3, 3);
  checkLastAxis('translation', translation, 3);
  const batch = broadcastBatches(['rotation', rotation, 2], ['translation', translation, 1]);
  const upper = tf.concat([tf.broadcastTo(asFloat(rotation), [...batch, 3, 3]), tf.broadcastTo(tf.expandDims(asFloat(translation), -1), [...batch, 3, 1])], -1);
  const last = tf.broadcastTo(tf.tensor2d([[0, 0, 0, 1]]), [...batch, 1, 4]);
  return tf.concat([upper, last], -2);
});

/**
 * The inverse of {@link fromRotationTranslation}.
 * @param matrix [*, 4, 4]
 * @returns rotation [*, 3, 3], translation [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const motion = tf.tensor2d([[1, 0, 0, 1], [0, 1, 0, 2], [0, 0, 1, 3], [0, 0, 0, 1]]);
 * geometry.transformation.se3.toRotationTranslation(motion).translation; // → [1, 2, 3]
 * ```
 */
export const toRotationTranslation = (matrix: tf.Tensor): { rotation: tf.Tensor; translation: tf.Tensor } => tf.tidy(() => {
  checkMatrix('matrix', matrix, 4, 4);
  const [upper] = tf.split(asFloat(matrix), [3, 1], -2) as [tf.Tensor];
  const [rotation, column] = tf.split(upper, [3, 1], -1) as [tf.Tensor, tf.Tensor];
  return { rotation, translation: tf.squeeze(column, [column.rank - 1]) };
});
