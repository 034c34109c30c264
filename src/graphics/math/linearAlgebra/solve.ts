import { asFloat } from '../../asFloat';
import { untaped } from '../../kernels/untaped';
import { byPrecision } from '../precision';
import { broadcastBatches, checkMatrix, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

/** Pivots below this, in matrices whose largest entry is 1, make a matrix count as singular: float32 has no more digits to tell it from one. */
const minPivot = (): number => byPrecision(1e-6, 2 ** -8);
/** A matrix whose largest entry is below this is 0. */
const minScale = (): number => byPrecision(1e-30, 2 ** -14);

/** 1 at place k of n. */
const unit = (k: number, n: number): tf.Tensor => tf.tensor(Array.from({ length: n }, (_, i) => (i === k ? 1 : 0)), [1, n, 1]);

/** A column's largest entry at or below row k, as 1 in [B, N, 1] of zeros; the first of equal ones. */
function pivotRow(column: tf.Tensor, k: number): tf.Tensor {
  const size = column.shape[1]!;
  if (size === 1) return tf.onesLike(column);
  const below = tf.tensor(Array.from({ length: size }, (_, i) => (i < k ? 1 : 0)), [1, size, 1]);
  // Rows that are done lie below 0, and so below any other.
  const candidates = tf.sub(tf.mul(tf.abs(column), tf.sub(1, below)), below);
  return tf.expandDims(tf.oneHot(tf.argMax(tf.reshape(candidates, [-1, size]), 1), size, 1, 0, 'float32'), 2);
}

/** Gauss and Jordan's elimination with the largest pivot of each column. @param matrix [B, N, N] @param right [B, N, K] @returns [B, N, K] */
const eliminate = (matrix: tf.Tensor, right: tf.Tensor): tf.Tensor => untaped(() => tf.tidy(() => {
  const [batch, size, columns] = right.shape as [number, number, number];
  const scale = tf.max(tf.abs(matrix), [1, 2], true);
  const present = tf.cast(tf.greater(scale, minScale()), 'float32');
  const divisor = tf.add(tf.mul(scale, present), tf.sub(1, present));
  let rows: tf.Tensor = tf.concat([tf.div(matrix, divisor), tf.div(right, divisor)], 2);
  let regular: tf.Tensor = present;
  for (let k = 0; k < size; k++) {
    const [here, column] = [unit(k, size), tf.slice(rows, [0, 0, k], [-1, -1, 1])];
    const from = pivotRow(column, k);
    const rowOf = (place: tf.Tensor) => tf.sum(tf.mul(rows, place), 1, true);
    const [chosen, displaced] = [rowOf(from), rowOf(here)];
    const pivot = tf.slice(chosen, [0, 0, k], [-1, -1, 1]);
    const usable = tf.cast(tf.greater(tf.abs(pivot), minPivot()), 'float32');
    regular = tf.mul(regular, usable);
    const scaled = tf.div(chosen, tf.add(tf.mul(pivot, usable), tf.sub(1, usable)));
    // The two rows change places, by choosing and not by differences, which would round.
    const others = tf.mul(tf.sub(1, here), tf.sub(1, from));
    const swapped = tf.add(tf.mul(rows, others), tf.mul(tf.mul(from, tf.sub(1, here)), displaced));
    const factors = tf.slice(swapped, [0, 0, k], [-1, -1, 1]);
    rows = tf.add(tf.sub(swapped, tf.mul(factors, scaled)), tf.mul(here, scaled));
  }
  return tf.mul(tf.slice(rows, [0, 0, size], [batch, size, columns]), regular);
}));

/** Its gradient by the same means, from the inputs: b receives A⁻ᵀ dy, and A what that makes with −x. So it is differentiable to any order. */
function solveFlat(matrix: tf.Tensor, right: tf.Tensor): tf.Tensor {
  const differentiable = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [a, b, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([a, b]);
    return {
      value: eliminate(a, b),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const toRight = solveFlat(tf.transpose(saved[0], [0, 2, 1]), dy);
        return [tf.neg(tf.matMul(toRight, solveFlat(saved[0], saved[1]), false, true)), toRight];
      },
    };
  });
  return differentiable(matrix, right) as tf.Tensor;
}

/**
 * X with A X = B, for small matrices (up to about 8 × 8): TensorFlow.js has no solver. By elimination with pivots, in about twelve operations a column for all
 * systems of the batch at once. Differentiable to any order. Where A is singular (as far as float32 can tell), X is 0 with a gradient of 0.
 *
 * @param matrix A, [*, N, N].
 * @param rhs B, [*, N, K]. Batches broadcast.
 * @returns X, [*, N, K].
 * @throws Error that names the argument, axis and shape.
 * Source: Golub and Van Loan, "Matrix Computations", §3.4.
 * @example
 * ```ts
 * // 2x + y = 4 and x + 3y = 7.
 * math.linearAlgebra.solve(tf.tensor2d([[2, 1], [1, 3]]), tf.tensor2d([[4], [7]])); // → [[1], [2]]
 * ```
 */
export function solve(matrix: tf.Tensor, rhs: tf.Tensor): tf.Tensor {
  checkMinimumRank('matrix', matrix, 2);
  checkMinimumRank('rhs', rhs, 2);
  const size = matrix.shape[matrix.rank - 2];
  const columns = rhs.shape[rhs.rank - 1];
  checkMatrix('matrix', matrix, size, size);
  checkMatrix('rhs', rhs, size, columns);
  const batch = broadcastBatches(['matrix', matrix, 2], ['rhs', rhs, 2]);
  return tf.tidy(() => {
    const flat = (t: tf.Tensor, width: number) => tf.reshape(tf.broadcastTo(asFloat(t), [...batch, size, width]), [-1, size, width]);
    return tf.reshape(solveFlat(flat(matrix, size), flat(rhs, columns)), [...batch, size, columns]);
  });
}
