import { asFloat } from '../../asFloat';
import { assertNormalized } from '../../assertions';
import { noise } from '../../kernels';
import { untaped } from '../../kernels/untaped';
import { indicator, minSquaredLength, nonzeroSign, safeLength } from '../../math/safe';
import { checkSeeded, type Seeded } from '../../math/sampling/seeds';
import { cross, dot, normalize as normalizeVector } from '../../math/vector';
import { byPrecision } from '../../math/precision';
import { broadcastBatches, checkLastAxis, checkMatrix } from '../../shape';
import * as tf from '../../tf';
import { rotationForm } from './rotationForm';

// Quaternions are [x, y, z, w] in Hamilton's convention; batch axes lead and broadcast. All functions are differentiable.

const split = (t: tf.Tensor, n = t.shape[t.rank - 1]): tf.Tensor[] => tf.split(t, n, -1);

/** Vectors whose cosine is nearer to −1 than this count as opposite. */
const oppositeMargin = (): number => byPrecision(1e-6, 2 ** -8);

/** x, y, z from [*, 4] and w. */
const parts = (quaternion: tf.Tensor): [tf.Tensor, tf.Tensor] => {
  checkLastAxis('quaternion', quaternion, 4);
  return tf.split(asFloat(quaternion), [3, 1], -1) as [tf.Tensor, tf.Tensor];
};

/**
 * (−x, −y, −z, w).
 * @param quaternion [*, 4]
 * @returns [*, 4]
 * @example
 * ```ts
 * geometry.transformation.quaternion.conjugate(tf.tensor1d([1, 2, 3, 4])); // → [-1, -2, -3, 4]
 * ```
 */
export const conjugate = (quaternion: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const [xyz, w] = parts(quaternion);
  return tf.concat([tf.neg(xyz), w], -1);
});

/**
 * (axis · sin(θ/2), cos(θ/2)): the rotation by θ about an axis, by the right-hand rule.
 * @param axis [*, 3], unit length.
 * @param angle [*, 1], radians.
 * @returns [*, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.quaternion.fromAxisAngle(tf.tensor1d([0, 0, 1]), tf.tensor1d([Math.PI])); // → [0, 0, 1, 0]
 * ```
 */
export const fromAxisAngle = (axis: tf.Tensor, angle: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('axis', axis, 3);
  checkLastAxis('angle', angle, 1);
  broadcastBatches(['axis', axis, 1], ['angle', angle, 1]);
  assertNormalized('axis', axis);
  const half = tf.div(asFloat(angle), 2);
  const xyz = tf.mul(asFloat(axis), tf.sin(half));
  return tf.concat([xyz, tf.broadcastTo(tf.cos(half), [...xyz.shape.slice(0, -1), 1])], -1);
});

/** From half angles' cosines and sines, R = Rz·Ry·Rx. */
function fromHalfAngles(cosines: tf.Tensor, sines: tf.Tensor): tf.Tensor {
  const [[cx, cy, cz], [sx, sy, sz]] = [split(cosines), split(sines)];
  const [cycz, sysz, sycz, cysz] = [tf.mul(cy, cz), tf.mul(sy, sz), tf.mul(sy, cz), tf.mul(cy, sz)];
  return tf.concat([
    tf.sub(tf.mul(sx, cycz), tf.mul(cx, sysz)),
    tf.add(tf.mul(cx, sycz), tf.mul(sx, cysz)),
    tf.sub(tf.mul(cx, cysz), tf.mul(sx, sycz)),
    tf.add(tf.mul(cx, cycz), tf.mul(sx, sysz)),
  ], -1);
}

/**
 * The rotation by θx about x, then by θy about y, then by θz about z: R = Rz·Ry·Rx.
 * @param angles [*, 3]: θx, θy, θz in radians, for R = Rz·Ry·Rx.
 * @returns [*, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.quaternion.fromEuler(tf.tensor1d([Math.PI, 0, 0])); // → [1, 0, 0, 0]
 * ```
 */
export const fromEuler = (angles: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('angles', angles, 3);
  const half = tf.div(asFloat(angles), 2);
  return fromHalfAngles(tf.cos(half), tf.sin(half));
});

/**
 * {@link fromEuler} with sin x ≈ x and cos x ≈ 1 − x²/2 of the half angles, normalised.
 * @param angles [*, 3], radians.
 * @returns [*, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.quaternion.fromEulerWithSmallAnglesApproximation(tf.tensor1d([0.1, 0, 0])); // → [0.05, 0, 0, 0.9987]
 * ```
 */
export const fromEulerWithSmallAnglesApproximation = (angles: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('angles', angles, 3);
  const half = tf.div(asFloat(angles), 2);
  return normalize(fromHalfAngles(tf.sub(1, tf.div(tf.square(half), 2)), half));
});

/**
 * Shepperd's method. The branch is chosen before anything is divided or rooted, so that no branch not taken can spoil the gradient.
 * @param rotationMatrix [*, 3, 3]
 * @returns [*, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A half turn about z.
 * geometry.transformation.quaternion.fromRotationMatrix(tf.tensor2d([[-1, 0, 0], [0, -1, 0], [0, 0, 1]])); // → [0, 0, 1, 0]
 * ```
 */
export const fromRotationMatrix = (rotationMatrix: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkMatrix('rotationMatrix', rotationMatrix, 3, 3);
  const batch = rotationMatrix.shape.slice(0, -2);
  // Rows of 4·q_k·(x, y, z, w) for k = x, y, z, w, as sums over the matrix's entries; 1 is added on the diagonal.
  const flat = tf.reshape(asFloat(rotationMatrix), [-1, 9]);
  const outer = tf.add(rotationForm(flat), tf.eye(4));
  const chosen = untaped(() => tf.tidy(() => {
    const [m00, m01, m02] = [0, 4, 8].map((k) => tf.slice(flat, [0, k], [-1, 1]));
    const positive = tf.cast(tf.greater(tf.add(tf.add(m00, m01), m02), 0), 'float32');
    const largest = tf.oneHot(tf.argMax(tf.concat([m00, m01, m02], 1), 1), 4, 1, 0, 'float32');
    return tf.add(tf.mul(tf.sub(1, positive), largest), tf.mul(positive, tf.tensor2d([[0, 0, 0, 1]])));
  }));
  const row = tf.sum(tf.mul(outer, tf.expandDims(chosen, -1)), 1);
  const diagonal = tf.sum(tf.mul(row, chosen), 1, true);
  return tf.reshape(tf.div(row, tf.mul(tf.sqrt(diagonal), 2)), [...batch, 4]);
});

/**
 * Conjugate over squared length; 0, with a gradient of 0, for 0.
 * @param quaternion [*, 4]
 * @returns [*, 4]
 * @example
 * ```ts
 * geometry.transformation.quaternion.inverse(tf.tensor1d([0, 0, 0, 2])); // → [0, 0, 0, 0.5]
 * ```
 */
export const inverse = (quaternion: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const conjugated = conjugate(quaternion);
  const squared = dot(conjugated, conjugated);
  const none = indicator(() => tf.less(squared, minSquaredLength()));
  return tf.div(tf.mul(conjugated, tf.sub(1, none)), tf.add(squared, none));
});

/**
 * Whether the length is within `atol` of 1.
 * @param quaternion [*, 4]
 * @param options.atol how far the length may be from 1.
 * @returns bool [*, 1]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.quaternion.isNormalized(tf.tensor2d([[0, 0, 0.6, 0.8], [0, 0, 3, 4]])); // → [[1], [0]]
 * ```
 */
export const isNormalized = (quaternion: tf.Tensor, { atol = 1e-3 } = {}): tf.Tensor => tf.tidy(() => {
  checkLastAxis('quaternion', quaternion, 4);
  return tf.less(tf.abs(tf.sub(safeLength(asFloat(quaternion)), 1)), atol);
});

/**
 * Unit length; 0 stays 0, with a finite gradient.
 * @param quaternion [*, 4]
 * @param options.eps squared length below which a quaternion is divided by √eps instead of its length.
 * @returns [*, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.quaternion.normalize(tf.tensor1d([0, 0, 3, 4])); // → [0, 0, 0.6, 0.8]
 * ```
 */
export const normalize = (quaternion: tf.Tensor, { eps = 1e-12 } = {}): tf.Tensor => tf.tidy(() => {
  checkLastAxis('quaternion', quaternion, 4);
  const values = asFloat(quaternion);
  return tf.mul(values, tf.rsqrt(tf.maximum(dot(values, values), Math.max(eps, minSquaredLength()))));
});

/**
 * Hamilton's product: first quaternion2's rotation, then quaternion1's.
 * @param quaternion1 [*, 4]
 * @param quaternion2 [*, 4]
 * @returns [*, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // i·j = k
 * geometry.transformation.quaternion.multiply(tf.tensor1d([1, 0, 0, 0]), tf.tensor1d([0, 1, 0, 0])); // → [0, 0, 1, 0]
 * ```
 */
export const multiply = (quaternion1: tf.Tensor, quaternion2: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('quaternion1', quaternion1, 4);
  checkLastAxis('quaternion2', quaternion2, 4);
  broadcastBatches(['quaternion1', quaternion1, 1], ['quaternion2', quaternion2, 1]);
  const [[v1, w1], [v2, w2]] = [parts(quaternion1), parts(quaternion2)];
  const xyz = tf.add(tf.add(tf.mul(w1, v2), tf.mul(w2, v1)), cross(v1, v2));
  return tf.concat([xyz, tf.sub(tf.mul(w1, w2), dot(v1, v2))], -1);
});

/**
 * Rotations drawn uniformly from SO(3): normalised normal variates.
 * @param shape batch shape; the result is [...shape, 4].
 * @param options.seed whole number in 0 … 2³² − 1; the same seed gives the same rotations on the same backend.
 * @returns [...shape, 4]
 * @throws Error for what is no seed.
 * Source: Shoemake 1992, "Uniform random rotations": a direction in four dimensions that is uniform is a rotation that is.
 * @example
 * ```ts
 * const rotations = geometry.transformation.quaternion.normalizedRandomUniform([2, 3], { seed: 7 });
 * rotations.shape; // → [2, 3, 4]
 * tf.norm(rotations, 'euclidean', -1); // → [[1, 1, 1], [1, 1, 1]]
 * ```
 */
export function normalizedRandomUniform(shape: readonly number[], options: Seeded): tf.Tensor {
  checkSeeded(options);
  return tf.tidy(() => normalizeVector(noise([...shape, 4] as [number, number], options.seed, 'normal')));
}

/**
 * {@link normalizedRandomUniform} as an initialiser of weights.
 * @param options.seed whole number in 0 … 2³² − 1; the same seed gives the same weights on the same backend.
 * @returns a function of the weights' whole shape, whose last axis must be 4, and of their type, which must be float32.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const initialize = geometry.transformation.quaternion.normalizedRandomUniformInitializer({ seed: 7 });
 * initialize([5, 4]).shape; // → [5, 4]
 * ```
 */
export const normalizedRandomUniformInitializer = (options: Seeded) => (shape: readonly number[], dtype: tf.DataType = 'float32'): tf.Tensor => {
  if (dtype !== 'float32') throw new Error(`dtype must be float32, but it is ${dtype}`);
  checkLastAxis('shape', { shape }, 4);
  return normalizedRandomUniform(shape.slice(0, -1), options);
};

/**
 * q·(p, 0)·q*. A quaternion that is not of unit length also scales by its squared length.
 * @param point [*, 3]
 * @param quaternion [*, 4]
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A half turn about z.
 * geometry.transformation.quaternion.rotate(tf.tensor1d([1, 2, 3]), tf.tensor1d([0, 0, 1, 0])); // → [-1, -2, 3]
 * ```
 */
export const rotate = (point: tf.Tensor, quaternion: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point', point, 3);
  checkLastAxis('quaternion', quaternion, 4);
  broadcastBatches(['point', point, 1], ['quaternion', quaternion, 1]);
  const padded = tf.concat([asFloat(point), tf.zeros([...point.shape.slice(0, -1), 1])], -1);
  return parts(multiply(multiply(quaternion, padded), conjugate(quaternion)))[0];
});

/**
 * The angle in [0, π] of the rotation between two orientations; 0, with a gradient of 0, for equal ones.
 * @param quaternion1 [*, 4], unit length.
 * @param quaternion2 [*, 4], unit length.
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.quaternion.relativeAngle(tf.tensor1d([0, 0, 0, 1]), tf.tensor1d([0, 0, 1, 0])); // → Math.PI
 * ```
 */
export const relativeAngle = (quaternion1: tf.Tensor, quaternion2: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('quaternion1', quaternion1, 4);
  checkLastAxis('quaternion2', quaternion2, 4);
  assertNormalized('quaternion1', quaternion1);
  assertNormalized('quaternion2', quaternion2);
  const [xyz, w] = parts(multiply(conjugate(quaternion1), quaternion2));
  return tf.squeeze(tf.mul(tf.atan2(safeLength(xyz), tf.abs(w)), 2), [-1 + xyz.rank]);
});

/**
 * The shortest rotation from one direction to another; any half turn for opposite ones.
 * @param vector1 [*, 3], any length but 0.
 * @param vector2 [*, 3], any length but 0.
 * @returns [*, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // From x to y: a quarter turn about z.
 * geometry.transformation.quaternion.betweenTwoVectors3d(tf.tensor1d([1, 0, 0]), tf.tensor1d([0, 2, 0])); // → [0, 0, 0.7071, 0.7071]
 * ```
 */
export const betweenTwoVectors3d = (vector1: tf.Tensor, vector2: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('vector1', vector1, 3);
  checkLastAxis('vector2', vector2, 3);
  broadcastBatches(['vector1', vector1, 1], ['vector2', vector2, 1]);
  const [from, to] = [normalizeVector(asFloat(vector1)), normalizeVector(asFloat(vector2))];
  const [x, y, z] = split(from);
  const real = tf.add(dot(from, to), 1);
  const opposite = indicator(() => tf.less(real, oppositeMargin()));
  // Across the larger of x and z, so that the axis is never short.
  const alongX = indicator(() => tf.greater(tf.abs(x), tf.abs(z)));
  const zero = tf.zerosLike(x);
  const across = tf.add(tf.mul(alongX, tf.concat([tf.neg(y), x, zero], -1)), tf.mul(tf.sub(1, alongX), tf.concat([zero, tf.neg(z), y], -1)));
  const joined = tf.sub(1, opposite);
  return normalize(tf.concat([tf.add(tf.mul(joined, cross(from, to)), tf.mul(opposite, across)), tf.mul(joined, real)], -1));
});

/**
 * The same rotation with w ≥ 0.
 * @param quaternion [*, 4]
 * @returns [*, 4]
 * @example
 * ```ts
 * geometry.transformation.quaternion.standardize(tf.tensor1d([0, 0, 0.6, -0.8])); // → [0, 0, -0.6, 0.8]
 * ```
 */
export const standardize = (quaternion: tf.Tensor): tf.Tensor => tf.tidy(() => tf.mul(quaternion, nonzeroSign(parts(quaternion)[1])));
