import { asFloat } from '../asFloat';
import { broadcastMatMul } from '../kernels';
import { checkShape } from '../shape';
import * as tf from '../tf';

/**
 * Points times matrices: M·(x, y, z, 1) for each. Gradients: to both.
 * @param matrices [B or 1, 4, 4]
 * @param vertices [B or 1, V, 3]
 * @returns [B, V, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.transformHomogeneous(tf.reshape(tf.eye(4), [1, 4, 4]), tf.tensor3d([[[1, 2, 3]]])); // → [[[1, 2, 3, 1]]]
 * ```
 */
export const transformHomogeneous = (matrices: tf.Tensor, vertices: tf.Tensor): tf.Tensor3D => tf.tidy(() => {
  checkShape('matrices', matrices, [null, 4, 4]);
  checkShape('vertices', vertices, [matrices.shape[0] === 1 || vertices.shape[0] === 1 ? null : matrices.shape[0], null, 3]);
  const [batch, count] = vertices.shape;
  const homogeneous = tf.concat([asFloat(vertices), tf.ones([batch, count, 1])], 2);
  return broadcastMatMul(homogeneous as tf.Tensor3D, asFloat(matrices) as tf.Tensor3D, true);
});
