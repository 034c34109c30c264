import { spreadRotations } from '../../../scene/so3Grid';
import { asFloat } from '../../asFloat';
import { indicator } from '../../math/safe';
import { dot } from '../../math/vector';
import { checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { sinc, SMALL_SQUARED_ANGLE, versine } from './angleSeries';
import { matrixOf } from './matrix';
import { fromRotationMatrix, standardize } from './quaternion';

/**
 * The rotation by |v| about v: I + sin θ/θ·K + (1 − cos θ)/θ²·K². Finite with its gradient everywhere, 0 included.
 * @param vector [*, 3], radians.
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A quarter turn about z.
 * geometry.transformation.so3.exp(tf.tensor1d([0, 0, Math.PI / 2])); // → [[0, -1, 0], [1, 0, 0], [0, 0, 1]]
 * ```
 */
export const exp = (vector: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('vector', vector, 3);
  const turn = asFloat(vector);
  const squared = dot(turn, turn);
  const [a, b] = [sinc(squared), versine(squared)];
  const [x, y, z] = tf.split(turn, 3, -1);
  const [xx, yy, zz, xy, xz, yz] = [[x, x], [y, y], [z, z], [x, y], [x, z], [y, z]].map(([p, q]) => tf.mul(b, tf.mul(p, q)));
  const [ax, ay, az] = [x, y, z].map((t) => tf.mul(a, t));
  return matrixOf([
    [tf.sub(1, tf.add(yy, zz)), tf.sub(xy, az), tf.add(xz, ay)],
    [tf.add(xy, az), tf.sub(1, tf.add(xx, zz)), tf.sub(yz, ax)],
    [tf.sub(xz, ay), tf.add(yz, ax), tf.sub(1, tf.add(xx, yy))],
  ]);
});

/**
 * {@link exp} as a unit quaternion.
 * @param vector [*, 3], radians.
 * @returns [*, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.so3.expQuaternion(tf.tensor1d([0, 0, Math.PI])); // → [0, 0, 1, 0]
 * ```
 */
export const expQuaternion = (vector: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('vector', vector, 3);
  const turn = asFloat(vector);
  const quarter = tf.div(dot(turn, turn), 4);
  // cos(θ/2) = 1 − 2 sin²(θ/4) = 1 − θ²/4 · versine(θ²/4)
  return tf.concat([tf.mul(turn, tf.div(sinc(quarter), 2)), tf.sub(1, tf.mul(quarter, versine(quarter)))], -1);
});

/**
 * The rotation vector of a unit quaternion, of length in [0, π]. Finite with its gradient at 0 and at π.
 * @param quaternion [*, 4], unit length.
 * @returns [*, 3], radians.
 * @example
 * ```ts
 * geometry.transformation.so3.logQuaternion(tf.tensor1d([0, 0, Math.SQRT1_2, Math.SQRT1_2])); // → [0, 0, 1.5708]
 * ```
 */
export const logQuaternion = (quaternion: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const [xyz, w] = tf.split(standardize(quaternion), [3, 1], -1) as [tf.Tensor, tf.Tensor];
  const squared = dot(xyz, xyz);
  const small = indicator(() => tf.less(squared, SMALL_SQUARED_ANGLE));
  const large = tf.sub(1, small);
  const length = tf.sqrt(tf.add(tf.mul(squared, large), small));
  // asin(s)/s = 1 + s²/6 + 3 s⁴/40 where s = sin(θ/2) is small.
  const series = tf.add(tf.mul(squared, tf.add(tf.mul(squared, 3 / 40), 1 / 6)), 1);
  const half = tf.add(tf.mul(large, tf.div(tf.atan2(length, w), length)), tf.mul(small, series));
  return tf.mul(xyz, tf.mul(half, 2));
});

/**
 * The inverse of {@link exp}: the rotation vector of length in [0, π]. Finite with its gradient at 0 and at π.
 * @param rotationMatrix [*, 3, 3]
 * @returns [*, 3], radians.
 * @example
 * ```ts
 * geometry.transformation.so3.log(tf.tensor2d([[0, -1, 0], [1, 0, 0], [0, 0, 1]])); // → [0, 0, 1.5708]
 * ```
 */
export const log = (rotationMatrix: tf.Tensor): tf.Tensor => tf.tidy(() => logQuaternion(fromRotationMatrix(rotationMatrix)));

/**
 * Rotations spread evenly over SO(3), the same ones every time: no rotation is far from one of them.
 * @param count how many, at least 1.
 * @returns [count, 4] unit quaternions; a constant.
 * @throws Error for no whole number of at least 1.
 * Source: Alexa 2022, "Super-Fibonacci Spirals: Fast, Low-Discrepancy Sampling of SO(3)".
 * @example
 * ```ts
 * const grid = geometry.transformation.so3.uniformGrid(100);
 * grid.shape; // → [100, 4]
 * ```
 */
export function uniformGrid(count: number): tf.Tensor2D {
  if (!Number.isInteger(count) || count < 1) throw new Error(`count must be a whole number of at least 1, but it is ${count}`);
  return tf.tensor2d(spreadRotations(count).flat(), [count, 4]);
}
