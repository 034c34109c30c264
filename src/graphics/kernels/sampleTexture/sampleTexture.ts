import * as tf from '../../tf';
import { checkShape } from '../../shape';
import './sampleTexture.cpu';
import './sampleTexture.webgl';
import './secondGradients';
import { SAMPLE_TEXTURE, SAMPLE_TEXTURE_GRAD_TEXTURE, SAMPLE_TEXTURE_GRAD_UVS } from './names';

export { SAMPLE_TEXTURE, SAMPLE_TEXTURE_GRAD_TEXTURE, SAMPLE_TEXTURE_GRAD_UVS } from './names';

/**
 * Bilinear texture lookup. Its gradient to the texture adds each sample to four texels: O(samples), where that of tf.gather is
 * O(texels × samples).
 *
 * @param uvs [N, 2]; (0, 0) is the lower left corner of the texture, (1, 1) the upper right; texel centres lie at half-integers.
 * @param texture [H', W', C], row 0 at the top.
 * @param options.tiling repeats the texture outside [0, 1]; else its border continues.
 * @returns [N, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const texture = tf.tensor3d([[[0], [8]]]);
 * // At the centre of the left texel, between both, and beyond the right one.
 * sampleTexture(tf.tensor2d([[0.25, 0.5], [0.5, 0.5], [1.5, 0.5]]), texture); // → [[0], [4], [8]]
 * ```
 */
export function sampleTexture(uvs: tf.Tensor2D, texture: tf.Tensor3D, { tiling = false } = {}): tf.Tensor2D {
  checkShape('uvs', uvs, [null, 2]);
  checkShape('texture', texture, [null, null, null]);
  return tf.engine().runKernel(SAMPLE_TEXTURE, { uvs, texture }, { tiling }) as tf.Tensor2D;
}

tf.registerGradient({
  kernelName: SAMPLE_TEXTURE,
  inputsToSave: ['uvs', 'texture'],
  gradFunc: (dy, [uvs, texture], attrs) => {
    const inputs = { dy: dy as tf.Tensor, uvs, texture };
    return {
      uvs: () => tf.engine().runKernel(SAMPLE_TEXTURE_GRAD_UVS, inputs, attrs) as tf.Tensor,
      texture: () => tf.engine().runKernel(SAMPLE_TEXTURE_GRAD_TEXTURE, inputs, attrs) as tf.Tensor,
    };
  },
});
