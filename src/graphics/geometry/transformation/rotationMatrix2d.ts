import { asFloat } from '../../asFloat';
import { dot } from '../../math/vector';
import { broadcastBatches, checkLastAxis, checkMatrix } from '../../shape';
import * as tf from '../../tf';
import { matrixOf } from './matrix';
import * as rotationMatrixCommon from './rotationMatrixCommon';

// Rotations of the plane, counter-clockwise: [[cos, −sin], [sin, cos]], on column vectors. All but isValid are differentiable.

/**
 * [[cos θ, −sin θ], [sin θ, cos θ]]: the turn by θ, counter-clockwise where y points up.
 * @param angle [*, 1], radians.
 * @returns [*, 2, 2]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.rotationMatrix2d.fromEuler(tf.tensor1d([Math.PI / 2])); // → [[0, -1], [1, 0]]
 * ```
 */
export const fromEuler = (angle: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('angle', angle, 1);
  const radians = asFloat(angle);
  return fromCosineAndSine(tf.cos(radians), tf.sin(radians));
});

/**
 * {@link fromEuler} with cos x ≈ 1 − x²/2 and sin x ≈ x.
 * @param angles [*, 1], radians.
 * @returns [*, 2, 2]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.rotationMatrix2d.fromEulerWithSmallAnglesApproximation(tf.tensor1d([0.1])); // → [[0.995, -0.1], [0.1, 0.995]]
 * ```
 */
export const fromEulerWithSmallAnglesApproximation = (angles: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('angles', angles, 1);
  const sine = asFloat(angles);
  return fromCosineAndSine(tf.sub(1, tf.div(tf.square(sine), 2)), sine);
});

const fromCosineAndSine = (cosine: tf.Tensor, sine: tf.Tensor): tf.Tensor => matrixOf([[cosine, tf.neg(sine)], [sine, cosine]]);

/**
 * The transpose.
 * @param matrix [*, 2, 2]
 * @returns [*, 2, 2]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.rotationMatrix2d.inverse(tf.tensor2d([[0, -1], [1, 0]])); // → [[0, 1], [-1, 0]]
 * ```
 */
export const inverse = (matrix: tf.Tensor): tf.Tensor => {
  checkMatrix('matrix', matrix, 2, 2);
  const axes = matrix.shape.map((_, axis) => axis);
  return tf.transpose(matrix, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
};

/**
 * Whether determinant and RᵀR are within `atol` of 1 and the identity.
 * @param matrix [*, 2, 2]
 * @param options.atol how far both may be off.
 * @returns bool [*, 1]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.rotationMatrix2d.isValid(tf.tensor2d([[0, -1], [1, 0]])); // → [1]
 * geometry.transformation.rotationMatrix2d.isValid(tf.tensor2d([[1, 0], [0, -1]])); // → [0]
 * ```
 */
export const isValid = (matrix: tf.Tensor, { atol = 1e-3 } = {}): tf.Tensor => {
  checkMatrix('matrix', matrix, 2, 2);
  return rotationMatrixCommon.isValid(matrix, { atol });
};

/**
 * Matrix times point.
 * @param point [*, 2]
 * @param matrix [*, 2, 2]
 * @returns [*, 2]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.rotationMatrix2d.rotate(tf.tensor1d([1, 2]), tf.tensor2d([[0, -1], [1, 0]])); // → [-2, 1]
 * ```
 */
export const rotate = (point: tf.Tensor, matrix: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point', point, 2);
  checkMatrix('matrix', matrix, 2, 2);
  broadcastBatches(['point', point, 1], ['matrix', matrix, 2]);
  return dot(asFloat(matrix), tf.expandDims(asFloat(point), -2), { keepdims: false });
});
