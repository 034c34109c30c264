import { asFloat } from '../../asFloat';
import { assertEvery, assertionsEnabled, assertNormalized } from '../../assertions';
import { untaped } from '../../kernels/untaped';
import { dot } from '../../math/vector';
import { broadcastBatches, checkLastAxis, checkMatrix } from '../../shape';
import * as tf from '../../tf';
import { matrixOf } from './matrix';
import * as rotationMatrixCommon from './rotationMatrixCommon';

// Rotation matrices act on column vectors; batch axes lead and broadcast. All functions are differentiable.

const split = (t: tf.Tensor): tf.Tensor[] => tf.split(t, t.shape[t.rank - 1], -1);

/**
 * Rodrigues' formula.
 * @param axis [*, 3], unit length.
 * @param angle [*, 1], radians.
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const quarterTurn = geometry.transformation.rotationMatrix3d.fromAxisAngle(tf.tensor1d([0, 0, 1]), tf.tensor1d([Math.PI / 2]));
 * quarterTurn; // → [[0, -1, 0], [1, 0, 0], [0, 0, 1]]
 * ```
 */
export const fromAxisAngle = (axis: tf.Tensor, angle: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('axis', axis, 3);
  checkLastAxis('angle', angle, 1);
  broadcastBatches(['axis', axis, 1], ['angle', angle, 1]);
  assertNormalized('axis', axis);
  const [unit, radians] = [asFloat(axis), asFloat(angle)];
  const cosine = tf.cos(radians);
  const sines = tf.mul(unit, tf.sin(radians));
  const [x, y, z] = split(unit);
  const [sx, sy, sz] = split(sines);
  const [cx, cy, cz] = split(tf.mul(unit, tf.sub(1, cosine)));
  const [xy, xz, yz] = [tf.mul(cx, y), tf.mul(cx, z), tf.mul(cy, z)];
  return matrixOf([
    [tf.add(tf.mul(cx, x), cosine), tf.sub(xy, sz), tf.add(xz, sy)],
    [tf.add(xy, sz), tf.add(tf.mul(cy, y), cosine), tf.sub(yz, sx)],
    [tf.sub(xz, sy), tf.add(yz, sx), tf.add(tf.mul(cz, z), cosine)],
  ]);
});

function fromCosinesAndSines(cosines: tf.Tensor, sines: tf.Tensor): tf.Tensor {
  const [[cx, cy, cz], [sx, sy, sz]] = [split(cosines), split(sines)];
  const [sxsy, cxsy] = [tf.mul(sx, sy), tf.mul(cx, sy)];
  return matrixOf([
    [tf.mul(cy, cz), tf.sub(tf.mul(sxsy, cz), tf.mul(cx, sz)), tf.add(tf.mul(cxsy, cz), tf.mul(sx, sz))],
    [tf.mul(cy, sz), tf.add(tf.mul(sxsy, sz), tf.mul(cx, cz)), tf.sub(tf.mul(cxsy, sz), tf.mul(sx, cz))],
    [tf.neg(sy), tf.mul(sx, cy), tf.mul(cx, cy)],
  ]);
}

/**
 * R = Rz·Ry·Rx: the turn by θx about x, then by θy about y, then by θz about z.
 * @param angles [*, 3]: θx, θy, θz in radians, for R = Rz·Ry·Rx.
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.rotationMatrix3d.fromEuler(tf.tensor1d([Math.PI / 2, 0, 0])); // → [[1, 0, 0], [0, 0, -1], [0, 1, 0]]
 * ```
 */
export const fromEuler = (angles: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('angles', angles, 3);
  const radians = asFloat(angles);
  return fromCosinesAndSines(tf.cos(radians), tf.sin(radians));
});

/**
 * {@link fromEuler} with sin x ≈ x and cos x ≈ 1 − x²/2.
 * @param angles [*, 3], radians.
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const { rotationMatrix3d } = geometry.transformation;
 * const turn = rotationMatrix3d.fromEulerWithSmallAnglesApproximation(tf.tensor1d([0, 0, 0.1]));
 * turn; // → [[0.995, -0.1, 0], [0.1, 0.995, 0], [0, 0, 1]]
 * ```
 */
export const fromEulerWithSmallAnglesApproximation = (angles: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('angles', angles, 3);
  const radians = asFloat(angles);
  return fromCosinesAndSines(tf.sub(1, tf.div(tf.square(radians), 2)), radians);
});

/**
 * The matrix that turns as a quaternion does: R p = q·(p, 0)·q*.
 * @param quaternion [*, 4], unit length.
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A half turn about z.
 * geometry.transformation.rotationMatrix3d.fromQuaternion(tf.tensor1d([0, 0, 1, 0])); // → [[-1, 0, 0], [0, -1, 0], [0, 0, 1]]
 * ```
 */
export const fromQuaternion = (quaternion: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('quaternion', quaternion, 4);
  assertNormalized('quaternion', quaternion);
  const [x, y, z, w] = split(asFloat(quaternion));
  const [tx, ty, tz] = [x, y, z].map((t) => tf.mul(t, 2));
  const [wx, wy, wz] = [tx, ty, tz].map((t) => tf.mul(t, w));
  const [xx, xy, xz] = [tx, ty, tz].map((t) => tf.mul(t, x));
  const [yy, yz, zz] = [tf.mul(ty, y), tf.mul(tz, y), tf.mul(tz, z)];
  return matrixOf([
    [tf.sub(1, tf.add(yy, zz)), tf.sub(xy, wz), tf.add(xz, wy)],
    [tf.add(xy, wz), tf.sub(1, tf.add(xx, zz)), tf.sub(yz, wx)],
    [tf.sub(xz, wy), tf.add(yz, wx), tf.sub(1, tf.add(xx, yy))],
  ]);
});

/**
 * The transpose.
 * @param matrix [*, 3, 3]
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const quarterTurn = tf.tensor2d([[0, -1, 0], [1, 0, 0], [0, 0, 1]]);
 * geometry.transformation.rotationMatrix3d.inverse(quarterTurn); // → [[0, 1, 0], [-1, 0, 0], [0, 0, 1]]
 * ```
 */
export function inverse(matrix: tf.Tensor): tf.Tensor {
  checkMatrix('matrix', matrix, 3, 3);
  const axes = matrix.shape.map((_, axis) => axis);
  return tf.transpose(matrix, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

/**
 * Whether determinant and RᵀR are within `atol` of 1 and the identity.
 * @param matrix [*, 3, 3]
 * @param options.atol how far both may be off.
 * @returns bool [*, 1]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.rotationMatrix3d.isValid(tf.eye(3)); // → [1]
 * geometry.transformation.rotationMatrix3d.isValid(tf.mul(tf.eye(3), 2)); // → [0]
 * ```
 */
export const isValid = (matrix: tf.Tensor, { atol = 1e-3 } = {}): tf.Tensor => {
  checkMatrix('matrix', matrix, 3, 3);
  return rotationMatrixCommon.isValid(matrix, { atol });
};

/**
 * Gives the matrix back, and while assertions are on refuses one that is no rotation.
 * @param matrix [*, 3, 3]
 * @param options.eps how far determinant and RᵀR may be from 1 and the identity.
 * @returns the same tensor.
 * @throws Error that names the argument.
 * @example
 * ```ts
 * // An error for tf.mul(tf.eye(3), 2), after enableAssertions(true).
 * geometry.transformation.rotationMatrix3d.assertRotationMatrixNormalized(tf.eye(3)); // → [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
 * ```
 */
export function assertRotationMatrixNormalized(matrix: tf.Tensor, { eps = 1e-3 } = {}): tf.Tensor {
  checkMatrix('matrix', matrix, 3, 3);
  if (assertionsEnabled()) {
    const valid = untaped(() => isValid(matrix, { atol: eps }));
    try {
      assertEvery('whether matrix is a rotation', valid, 'be 1', (value) => value === 1);
    } finally {
      valid.dispose();
    }
  }
  return matrix;
}

/**
 * Matrix times point.
 * @param point [*, 3]
 * @param matrix [*, 3, 3]
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const quarterTurn = tf.tensor2d([[0, -1, 0], [1, 0, 0], [0, 0, 1]]);
 * geometry.transformation.rotationMatrix3d.rotate(tf.tensor1d([1, 2, 3]), quarterTurn); // → [-2, 1, 3]
 * ```
 */
export const rotate = (point: tf.Tensor, matrix: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point', point, 3);
  checkMatrix('matrix', matrix, 3, 3);
  broadcastBatches(['point', point, 1], ['matrix', matrix, 2]);
  return dot(asFloat(matrix), tf.expandDims(asFloat(point), -2), { keepdims: false });
});
