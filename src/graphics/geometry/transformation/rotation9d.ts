import { asFloat } from '../../asFloat';
import { untaped } from '../../kernels/untaped';
import { dot } from '../../math/vector';
import { byPrecision } from '../../math/precision';
import { checkLastAxis, checkMatrix } from '../../shape';
import * as tf from '../../tf';
import { solveSymmetric3 } from '../solveSymmetric3';
import { entriesOf, matrixOf } from './matrix';
import { rotationForm } from './rotationForm';
import { fromQuaternion } from './rotationMatrix3d';
import * as so3 from './so3';

// Nine numbers for a rotation: any matrix M stands for the rotation nearest to it, R = U diag(1, 1, det(U Vᵀ)) Vᵀ of M = U S Vᵀ.
// Source: Levinson et al. 2020, "An Analysis of SVD for Deep Rotation Estimation". No SVD is taken: R is found by an iteration that runs on
// the device, and its gradient is that of the condition that Rᵀ M is symmetric.

/** Matrices shorter than this (Frobenius) are 0. */
const minLength = (): number => byPrecision(1e-12, 2 ** -7);
/** No eigenvalue of the form of a matrix of length 1 lies below −√3. */
const SHIFT = Math.sqrt(3);
/** Squarings after which eigenvalues that differ by 1e-4 are told apart; Newton's steps do the rest. */
const SQUARINGS = 16;
const NEWTON_STEPS = 2;
/** (s₁ + s₂)(s₁ + s₃)(s₂ + s₃) of a matrix of length 1 below which no one rotation is nearest: the gradient is 0 there. */
const undetermined = (): number => byPrecision(1e-6, 2 ** -8);

/** [x, y, z] of a matrix A's part (A − Aᵀ) = [x, y, z]×. @returns [*, 3] */
function skewPart(matrix: tf.Tensor): tf.Tensor {
  const m = entriesOf(matrix);
  return tf.concat([tf.sub(m[2][1], m[1][2]), tf.sub(m[0][2], m[2][0]), tf.sub(m[1][0], m[0][1])], -1);
}

/** ω that solves (tr S·I − S) ω = b for the symmetric part S of a matrix; 0 where that is singular. @returns [*, 3] */
function solveTurn(matrix: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const [[xx, a, c], [d, yy, e], [f, g, zz]] = entriesOf(matrix);
  const mean = (p: tf.Tensor, q: tf.Tensor) => tf.div(tf.add(p, q), -2);
  const system = { xx: tf.add(yy, zz), yy: tf.add(xx, zz), zz: tf.add(xx, yy), xy: mean(a, d), xz: mean(c, f), yz: mean(e, g) };
  return solveSymmetric3(system, b, undetermined());
}

/** The nearest rotations to matrices [N, 3, 3] of length 1 or 0; not differentiable. */
const nearestRotation = (matrix: tf.Tensor): tf.Tensor => untaped(() => tf.tidy(() => {
  // The first eigenvector of qᵀ K q by squaring K + shift: the others' shares of it vanish.
  let power: tf.Tensor = tf.add(rotationForm(tf.reshape(matrix, [-1, 9])), tf.mul(tf.eye(4), SHIFT));
  for (let i = 0; i < SQUARINGS; i++) {
    const trace = tf.sum(tf.mul(power, tf.eye(4)), [1, 2], true);
    const scaled = tf.div(power, trace);
    power = tf.matMul(scaled, scaled);
  }
  const diagonal = tf.sum(tf.mul(power, tf.eye(4)), 1);
  const column = tf.sum(tf.mul(power, tf.expandDims(tf.oneHot(tf.argMax(diagonal, 1), 4, 1, 0, 'float32'), 1)), 2);
  let rotation = fromQuaternion(tf.div(column, tf.sqrt(dot(column, column))));
  for (let i = 0; i < NEWTON_STEPS; i++) {
    const stretch = tf.matMul(rotation, matrix, true);
    rotation = tf.matMul(rotation, so3.exp(solveTurn(stretch, skewPart(stretch))));
  }
  return rotation;
}));

/** [x, y, z]× @param vector [N, 3] @returns [N, 3, 3] */
const crossMatrix = (vector: tf.Tensor): tf.Tensor => {
  const [x, y, z] = tf.split(vector, 3, -1);
  return matrixOf([[0, tf.neg(z), y], [z, 0, tf.neg(x)], [tf.neg(y), x, 0]]);
};

/** With its gradient: where M changes by dM, R turns by R [ω]× with (tr S·I − S) ω = skew(Rᵀ dM), S = Rᵀ M. @param matrix [N, 3, 3] */
function nearest(matrix: tf.Tensor): tf.Tensor {
  const differentiable = tf.customGrad((m: tf.Tensor | tf.GradSaveFunc, save: tf.Tensor | tf.GradSaveFunc) => {
    (save as tf.GradSaveFunc)([m as tf.Tensor]);
    return {
      value: nearestRotation(m as tf.Tensor),
      // From the input, not from the saved result, so that it can itself be differentiated.
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const rotation = nearest(saved[0]);
        const turn = solveTurn(tf.matMul(rotation, saved[0], true), skewPart(tf.matMul(rotation, dy, true)));
        return tf.matMul(rotation, crossMatrix(turn));
      },
    };
  });
  return differentiable(matrix) as tf.Tensor;
}

/**
 * The rotation nearest to a matrix, by the squares of their entries' differences: it maximises tr(Rᵀ M). Differentiable; where several
 * rotations are equally near (M of rank 0 or 1, or a mirror without a smallest axis), one of them is given with a gradient of 0.
 * @param matrix [*, 3, 3], any.
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A quarter turn about z, with its axes stretched.
 * geometry.transformation.rotation9d.orthogonalize(tf.tensor2d([[0, -2, 0], [3, 0, 0], [0, 0, 1]])); // → [[0, -1, 0], [1, 0, 0], [0, 0, 1]]
 * ```
 */
export const orthogonalize = (matrix: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkMatrix('matrix', matrix, 3, 3);
  const flat = tf.reshape(asFloat(matrix), [-1, 9]);
  // The rotation does not depend on the length, which the limits above are chosen for.
  const length = tf.sqrt(tf.maximum(dot(flat, flat), minLength() ** 2));
  return tf.reshape(nearest(tf.reshape(tf.div(flat, length), [-1, 3, 3])), matrix.shape);
});

/**
 * {@link orthogonalize} of nine numbers: the rows of a matrix, one after the other.
 * @param rotation9d [*, 9]
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * geometry.transformation.rotation9d.toRotationMatrix(tf.tensor1d([2, 0, 0, 0, 3, 0, 0, 0, 4])); // → [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
 * ```
 */
export const toRotationMatrix = (rotation9d: tf.Tensor): tf.Tensor => {
  checkLastAxis('rotation9d', rotation9d, 9);
  return tf.tidy(() => orthogonalize(tf.reshape(rotation9d, [...rotation9d.shape.slice(0, -1), 3, 3])));
};

/**
 * The nine entries of a rotation matrix, row by row.
 * @param rotationMatrix [*, 3, 3]
 * @returns [*, 9]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const quarterTurn = tf.tensor2d([[0, -1, 0], [1, 0, 0], [0, 0, 1]]);
 * geometry.transformation.rotation9d.fromRotationMatrix(quarterTurn); // → [0, -1, 0, 1, 0, 0, 0, 0, 1]
 * ```
 */
export const fromRotationMatrix = (rotationMatrix: tf.Tensor): tf.Tensor => {
  checkMatrix('rotationMatrix', rotationMatrix, 3, 3);
  return tf.reshape(rotationMatrix, [...rotationMatrix.shape.slice(0, -2), 9]);
};
