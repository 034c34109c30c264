import { asFloat } from '../../asFloat';
import { cross } from '../../math/vector';
import { checkLastAxis, checkMatrix } from '../../shape';
import * as tf from '../../tf';
import { directionOr, unitAcross } from './directions';

// Six numbers for a rotation: the first two columns of its matrix, one after the other. Continuous, unlike three or four numbers.
// Source: Zhou et al. 2019, "On the Continuity of Rotation Representations in Neural Networks".

/**
 * Gram and Schmidt's orthonormalisation. Any six numbers give a rotation; where the halves are parallel or one is 0, coordinate axes take the
 * place of what they leave open. Differentiable.
 * @param rotation6d [*, 6]
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Columns near x and y.
 * geometry.transformation.rotation6d.toRotationMatrix(tf.tensor1d([2, 0, 0, 1, 3, 0])); // → [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
 * ```
 */
export const toRotationMatrix = (rotation6d: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('rotation6d', rotation6d, 6);
  const [first, second] = tf.split(asFloat(rotation6d), 2, -1);
  const x = directionOr(first, [1, 0, 0]);
  const y = unitAcross(x, second);
  return tf.stack([x, y, cross(x, y)], -1);
});

/**
 * The first two columns of a rotation matrix.
 * @param rotationMatrix [*, 3, 3]
 * @returns [*, 6]
 * @throws Error that names the argument, axis and shape.
 * Source: Zhou et al. 2019, "On the Continuity of Rotation Representations in Neural Networks", equation 14.
 * @example
 * ```ts
 * geometry.transformation.rotation6d.fromRotationMatrix(tf.tensor2d([[0, -1, 0], [1, 0, 0], [0, 0, 1]])); // → [0, 1, 0, -1, 0, 0]
 * ```
 */
export const fromRotationMatrix = (rotationMatrix: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkMatrix('rotationMatrix', rotationMatrix, 3, 3);
  const [x, y] = tf.split(rotationMatrix, 3, -1);
  return tf.concat([x, y].map((column) => tf.squeeze(column, [column.rank - 1])), -1);
});
