import { checkMatrix, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

/**
 * How far matrices are from orthogonal: ‖I − A · Aᵀ‖², the squared Frobenius norm. Qi et al., "PointNet", CVPR 2017, equation 2, which adds a
 * thousandth of it to the loss.
 * @param matrix [*, K, K]
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * nn.loss.orthogonality.evaluate(tf.tensor2d([[0, -1], [1, 0]])); // → 0
 * nn.loss.orthogonality.evaluate(tf.tensor2d([[2, 0], [0, 1]])); // → 9
 * ```
 */
export function evaluate(matrix: tf.Tensor): tf.Tensor {
  checkMinimumRank('matrix', matrix, 2);
  const size = matrix.shape[matrix.rank - 1];
  checkMatrix('matrix', matrix, size, size);
  return tf.tidy(() => tf.sum(tf.squaredDifference(tf.eye(size), tf.matMul(matrix, matrix, false, true)), [-2, -1]));
}
