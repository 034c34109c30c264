import { untaped } from '../../kernels/untaped';
import { checkAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

/** Inverts [N, C, C] by C sweeps of Gauss and Jordan; positive definite matrices need no exchange of rows. */
function sweep(matrices: tf.Tensor): tf.Tensor {
  const size = matrices.shape[2]!;
  const unit = tf.eye(size);
  let current = matrices;
  for (let k = 0; k < size; k++) {
    const row = tf.slice(unit, [k, 0], [1, size]);
    const column = tf.transpose(row);
    const kept = tf.mul(tf.sub(1, row), tf.sub(1, column));
    const pivot = tf.slice(current, [0, k, k], [-1, 1, 1]);
    const acrossRow = tf.mul(tf.slice(current, [0, k, 0], [-1, 1, size]), tf.sub(1, row));
    const downColumn = tf.mul(tf.slice(current, [0, 0, k], [-1, size, 1]), tf.sub(1, column));
    current = tf.add(tf.mul(kept, current), tf.div(tf.mul(tf.sub(column, downColumn), tf.add(row, acrossRow)), pivot));
  }
  return current;
}

/**
 * The inverses of small symmetric positive definite matrices, in tensor operations: TensorFlow.js has neither a solver nor an inverse.
 * Differentiable: dA⁻¹ = −A⁻¹ dA A⁻¹.
 * @param matrix [*, C, C]
 * @returns [*, C, C]
 * @throws Error that names the argument, axis and shape.
 */
export function inversePositiveDefinite(matrix: tf.Tensor): tf.Tensor {
  checkMinimumRank('matrix', matrix, 2);
  const size = matrix.shape[matrix.rank - 1];
  checkAxis('matrix', matrix, -2, size);
  const invert = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, save] = args as [tf.Tensor, tf.GradSaveFunc];
    const value = untaped(() => tf.tidy(() => sweep(x)));
    save([value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [inverse]: tf.Tensor[]) => tf.neg(tf.matMul(tf.matMul(inverse, dy, true), inverse, false, true)),
    };
  });
  return tf.tidy(() => tf.reshape(invert(tf.reshape(matrix, [-1, size, size])), matrix.shape));
}
