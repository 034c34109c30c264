import { asFloat } from '../../asFloat';
import { untaped } from '../../kernels/untaped';
import { byPrecision } from '../precision';
import { checkMatrix } from '../../shape';
import { cross, dot, normalize } from '../vector';
import * as tf from '../../tf';

/** Sweeps of rotations after which the columns of any 3 × 3 matrix are at right angles to float32's precision. */
const SWEEPS = 6;
/** Singular values below this share of the largest entry leave their left vector to be chosen at right angles to the others. */
const minShare = (): number => byPrecision(1e-6, 2 ** -5);
/** A matrix whose largest entry is below this is 0. */
const minScale = (): number => byPrecision(1e-30, 2 ** -14);
/** Differences of squared singular values below this share of the largest do not determine their vectors: no gradient goes through those. */
const minGap = (): number => byPrecision(1e-5, 2 ** -8);

/** Three columns [B, 3] of a matrix and those of the rotation gathered beside it. */
type Columns = tf.Tensor[];

/** Turns columns p and q of `a` until they are at right angles, and those of `v` with them. */
function orthogonalizePair(a: Columns, v: Columns, p: number, q: number): void {
  const [alpha, beta, gamma] = [dot(a[p], a[p]), dot(a[q], a[q]), dot(a[p], a[q])];
  const difference = tf.sub(beta, alpha);
  const sign = tf.sub(tf.mul(tf.cast(tf.greaterEqual(difference, 0), 'float32'), 2), 1);
  const divisor = tf.add(tf.abs(difference), tf.sqrt(tf.add(tf.square(difference), tf.mul(tf.square(gamma), 4))));
  // tan, cos and sin of the smaller angle that does it.
  const t = tf.div(tf.mul(tf.mul(sign, gamma), 2), tf.maximum(divisor, minScale()));
  const c = tf.rsqrt(tf.add(tf.square(t), 1));
  const s = tf.mul(c, t);
  for (const columns of [a, v]) {
    const [x, y] = [columns[p], columns[q]];
    columns[p] = tf.sub(tf.mul(c, x), tf.mul(s, y));
    columns[q] = tf.add(tf.mul(s, x), tf.mul(c, y));
  }
}

/** Puts the longer of two columns first. */
function sortPair(a: Columns, v: Columns, p: number, q: number): void {
  const inOrder = tf.cast(tf.greaterEqual(dot(a[p], a[p]), dot(a[q], a[q])), 'float32');
  for (const columns of [a, v]) {
    const [x, y] = [columns[p], columns[q]];
    const choose = (first: tf.Tensor, second: tf.Tensor) => tf.add(tf.mul(inOrder, first), tf.mul(tf.sub(1, inOrder), second));
    columns[p] = choose(x, y);
    columns[q] = choose(y, x);
  }
}

/** The vector where it is long enough, else another. */
const unless = (vector: tf.Tensor, other: tf.Tensor, smallest: number): tf.Tensor => {
  const kept = tf.cast(tf.greater(dot(vector, vector), smallest * smallest), 'float32');
  return normalize(tf.add(tf.mul(vector, kept), tf.mul(other, tf.sub(1, kept))));
};

/** Some direction at right angles to a unit vector: across the axis that it is least along. */
function perpendicular(direction: tf.Tensor): tf.Tensor {
  const least = tf.oneHot(tf.argMin(tf.abs(direction), 1), 3, 1, 0, 'float32');
  return cross(direction, least);
}

const asColumns = (matrix: tf.Tensor): Columns => tf.unstack(matrix, 2);

/** U, s and V of matrices [B, 3, 3], stacked as [B, 7, 3]: rows of Uᵀ, s, rows of Vᵀ. */
const decompose = (matrix: tf.Tensor): tf.Tensor => untaped(() => tf.tidy(() => {
  const scale = tf.max(tf.abs(matrix), [1, 2], true);
  const a = asColumns(tf.div(matrix, tf.maximum(scale, minScale())));
  const v = asColumns(tf.tile(tf.reshape(tf.eye(3), [1, 3, 3]), [matrix.shape[0], 1, 1]));
  const pairs = [[0, 1], [0, 2], [1, 2]] as const;
  for (let sweep = 0; sweep < SWEEPS; sweep++) for (const [p, q] of pairs) orthogonalizePair(a, v, p, q);
  for (const [p, q] of [pairs[0], pairs[2], pairs[0]]) sortPair(a, v, p, q);
  const first = unless(a[0], tf.tensor2d([[1, 0, 0]]), minShare());
  const across = tf.sub(a[1], tf.mul(dot(a[1], first), first));
  const second = unless(across, perpendicular(first), minShare());
  const third = cross(first, second);
  const side = tf.sub(tf.mul(tf.cast(tf.greaterEqual(dot(a[2], third), 0), 'float32'), 2), 1);
  const values = tf.concat(a.map((column) => tf.sqrt(dot(column, column))), 1);
  return tf.stack([first, second, tf.mul(third, side), tf.mul(values, tf.squeeze(scale, [2])), ...v], 1);
}));

/** [B, 7, 3] taken apart: U, s, V. */
function parts(stacked: tf.Tensor): { u: tf.Tensor; s: tf.Tensor; v: tf.Tensor } {
  const [u, s, v] = tf.split(stacked, [3, 1, 3], 1);
  return { u: tf.transpose(u, [0, 2, 1]), s: tf.squeeze(s, [1]), v: tf.transpose(v, [0, 2, 1]) };
}

/** 1 / (s_j² − s_i²) at (i, j), 0 where two values are as good as equal. */
function inverseGaps(s: tf.Tensor): tf.Tensor {
  const squared = tf.square(s);
  const gaps = tf.sub(tf.expandDims(squared, 1), tf.expandDims(squared, 2));
  const largest = tf.maximum(tf.expandDims(tf.max(squared, 1, true), 2), minScale());
  const apart = untaped(() => tf.tidy(() => tf.cast(tf.greater(tf.abs(gaps), tf.mul(largest, minGap())), 'float32')));
  return tf.div(apart, tf.add(tf.mul(gaps, apart), tf.sub(1, apart)));
}

const diagonal = (s: tf.Tensor): tf.Tensor => tf.mul(tf.expandDims(s, 2), tf.eye(3));
const skew = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
  const product = tf.matMul(a, b, true);
  return tf.sub(product, tf.transpose(product, [0, 2, 1]));
};

/** With its gradient, from the input, so that it can itself be differentiated. */
function decomposeFlat(matrix: tf.Tensor): tf.Tensor {
  const differentiable = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [m, save] = args as [tf.Tensor, tf.GradSaveFunc];
    save([m]);
    return {
      value: decompose(m),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [{ u, s, v }, received] = [parts(decomposeFlat(saved[0])), parts(dy)];
        const gaps = inverseGaps(s);
        const values = diagonal(s);
        const byU = tf.matMul(tf.mul(gaps, skew(u, received.u)), values);
        const byV = tf.matMul(values, tf.mul(gaps, skew(v, received.v)));
        return tf.matMul(tf.matMul(u, tf.add(tf.add(byU, byV), diagonal(received.s))), v, false, true);
      },
    };
  });
  return differentiable(matrix) as tf.Tensor;
}

/**
 * The singular value decomposition of 3 × 3 matrices: M = U diag(s) Vᵀ with orthogonal U and V (which may mirror) and s ≥ 0, falling. By rotations of pairs of
 * columns, about 300 small operations for all matrices of the batch at once. Differentiable to any order. Where two singular values are equal, as far as float32 can tell,
 * their vectors are not determined: some are given, and the gradient does not go through their turning.
 *
 * @param matrix [*, 3, 3]
 * @returns u [*, 3, 3], s [*, 3], v [*, 3, 3]: their columns are the vectors.
 * @throws Error that names the argument, axis and shape.
 * Source: Hestenes 1958, "Inversion of Matrices by Biorthogonalization and Related Results"; Townsend 2016, "Differentiating the Singular Value
 * Decomposition".
 * @example
 * ```ts
 * math.linearAlgebra.svd3(tf.tensor2d([[0, -2, 0], [3, 0, 0], [0, 0, 1]])).s; // → [3, 2, 1]
 * ```
 */
export function svd3(matrix: tf.Tensor): { u: tf.Tensor; s: tf.Tensor; v: tf.Tensor } {
  checkMatrix('matrix', matrix, 3, 3);
  return tf.tidy(() => {
    const { u, s, v } = parts(decomposeFlat(tf.reshape(asFloat(matrix), [-1, 3, 3])));
    return { u: tf.reshape(u, matrix.shape), s: tf.reshape(s, matrix.shape.slice(0, -1)), v: tf.reshape(v, matrix.shape) };
  });
}
