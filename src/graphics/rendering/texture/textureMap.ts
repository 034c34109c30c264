import { checkLastAxis, checkShape } from '../../shape';
import * as tf from '../../tf';
import { sampleTexture } from '../../kernels';

/**
 * Looks a texture up with bilinear sampling; texel centres lie at half-integers. Gradients: to the texture and to the uvs.
 *
 * @param uvMap [*, 2]; (0, 0) is the texture's lower left corner, (1, 1) the upper right.
 * @param texture [H', W', C], row 0 at the top.
 * @param options.tiling repeats the texture outside [0, 1]; else its border continues (in TensorFlow Graphics it darkens to black
 *   within half a texel of the border).
 * @returns [*, C]
 * @throws Error that names the argument, axis and shape.
 */
export function mapTexture(uvMap: tf.Tensor, texture: tf.Tensor3D, { tiling = false } = {}): tf.Tensor {
  checkLastAxis('uvMap', uvMap, 2);
  checkShape('texture', texture, [null, null, null]);
  const flat = sampleTexture(tf.reshape(uvMap, [-1, 2]), texture, { tiling });
  return tf.reshape(flat, [...uvMap.shape.slice(0, -1), texture.shape[2]]);
}
