import * as tf from '../../tf';
import { checkShape } from '../../shape';
import { broadcastMatMul } from '../broadcastMatMul/broadcastMatMul';
import { unbroadcast } from '../unbroadcast';
import './transformVertices.cpu';
import './transformVertices.webgl';
import { TRANSFORM_VERTICES } from './names';

export { TRANSFORM_VERTICES } from './names';

/** With the coordinate that makes points homogeneous: [.., V, 4]. */
const homogeneous = (vertices: tf.Tensor): tf.Tensor =>
  (vertices.shape[2] === 4 ? vertices : tf.concat([vertices, tf.ones([vertices.shape[0], vertices.shape[1]!, 1])], 2));

/**
 * One mesh's vertices under B matrices.
 *
 * @param vertices [B or 1, V, 3], or homogeneous: [B or 1, V, 4].
 * @param matrices [B or 1, 4, 4]; act on column vectors.
 * @returns [B, V, 4]; differentiable in both.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const shift = tf.tensor3d([[[1, 0, 0, 5], [0, 1, 0, 6], [0, 0, 1, 7], [0, 0, 0, 1]]]);
 * transformVertices(tf.tensor3d([[[1, 2, 3]]]), shift); // → [[[6, 8, 10, 1]]]
 * ```
 */
export function transformVertices(vertices: tf.Tensor3D, matrices: tf.Tensor3D): tf.Tensor3D {
  checkShape('vertices', vertices, [null, null, vertices.shape[2] === 4 ? 4 : 3]);
  checkShape('matrices', matrices, [vertices.shape[0] === 1 || matrices.shape[0] === 1 ? null : vertices.shape[0], 4, 4]);
  return tf.engine().runKernel(TRANSFORM_VERTICES, { vertices, matrices }) as tf.Tensor3D;
}

tf.registerGradient({
  kernelName: TRANSFORM_VERTICES,
  inputsToSave: ['vertices', 'matrices'],
  gradFunc: (dy, [vertices, matrices]) => ({
    vertices: () => unbroadcast(broadcastMatMul(dy as tf.Tensor, tf.slice(matrices, [0, 0, 0], [-1, -1, vertices.shape[2]!])), vertices),
    matrices: () => unbroadcast(broadcastMatMul(dy as tf.Tensor, homogeneous(vertices), false, true), matrices),
  }),
});
