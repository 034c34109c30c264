import { asFloat } from '../../asFloat';
import { sampleTexture } from '../../kernels';
import { untaped } from '../../kernels/untaped';
import { checkLastAxis, checkShape } from '../../shape';
import * as tf from '../../tf';

export type InterpolationMethod = 'bilinear' | 'nearest';

/**
 * Looks a texture up; texel centres lie at half-integers. Gradients: to the texture, and with 'bilinear' to the uvs.
 *
 * @param uvMap [*, 2]; (0, 0) is the texture's lower left corner, (1, 1) the upper right.
 * @param textureImage [H', W', C], row 0 at the top.
 * @param options.tiling repeats the texture outside [0, 1]; else its border continues (in TensorFlow Graphics it darkens to black
 *   within half a texel of the border).
 * @param options.interpolationMethod 'bilinear', or 'nearest' for the texel that a uv falls into.
 * @returns [*, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.texture.textureMap.mapTexture(tf.tensor1d([0.5, 0.5]), tf.tensor3d([[[1], [2]], [[3], [4]]])); // → [2.5]
 * ```
 */
export function mapTexture(
  uvMap: tf.Tensor, textureImage: tf.Tensor3D,
  { tiling = false, interpolationMethod = 'bilinear' }: { tiling?: boolean; interpolationMethod?: InterpolationMethod } = {},
): tf.Tensor {
  checkLastAxis('uvMap', uvMap, 2);
  checkShape('textureImage', textureImage, [null, null, null]);
  if (interpolationMethod !== 'bilinear' && interpolationMethod !== 'nearest') {
    throw new Error(`interpolationMethod must be 'bilinear' or 'nearest', but it is '${String(interpolationMethod)}'`);
  }
  return tf.tidy(() => {
    const uvs = tf.reshape(asFloat(uvMap), [-1, 2]) as tf.Tensor2D;
    const places = interpolationMethod === 'nearest' ? texelCentres(uvs, textureImage) : uvs;
    const flat = sampleTexture(places, asFloat(textureImage) as tf.Tensor3D, { tiling });
    return tf.reshape(flat, [...uvMap.shape.slice(0, -1), textureImage.shape[2]]);
  });
}

/** The uvs moved to the centres of their texels, where bilinear sampling takes one texel alone. A constant to gradients. */
const texelCentres = (uvs: tf.Tensor2D, { shape: [height, width] }: tf.Tensor3D): tf.Tensor2D => untaped(() => tf.tidy(() => {
  const size = tf.tensor1d([width, height]);
  return tf.div(tf.add(tf.floor(tf.mul(uvs, size)), 0.5), size) as tf.Tensor2D;
}));
