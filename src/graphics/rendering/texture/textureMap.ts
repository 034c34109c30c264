import { asFloat } from '../../asFloat';
import { BorderType } from '../../image/transformer';
import { sampleTexture } from '../../kernels';
import { untaped } from '../../kernels/untaped';
import { checkLastAxis, checkShape } from '../../shape';
import * as tf from '../../tf';

export type InterpolationMethod = 'bilinear' | 'nearest';

export interface TextureOptions {
  /** Repeats the texture outside [0, 1]. */
  readonly tiling?: boolean;
  /** 'bilinear', or 'nearest' for the texel that a uv falls into. */
  readonly interpolationMethod?: InterpolationMethod;
  /** What lies outside of a texture that is not repeated: 0, reached within half a texel of the border, or the border goes on (for closed surfaces). */
  readonly borderType?: BorderType;
}

/**
 * Looks a texture up; texel centres lie at half-integers. Gradients: to the texture, and with 'bilinear' to the uvs.
 *
 * @param uvMap [*, 2]; (0, 0) is the texture's lower left corner, (1, 1) the upper right.
 * @param textureImage [H', W', C], row 0 at the top.
 * @param options.tiling repeats the texture outside [0, 1].
 * @param options.interpolationMethod 'bilinear', or 'nearest' for the texel that a uv falls into.
 * @param options.borderType what lies outside of a texture that is not repeated: 'ZERO', reached within half a texel of the border, or
 *   'DUPLICATE', where the border goes on.
 * @returns [*, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.texture.textureMap.mapTexture(tf.tensor1d([0.5, 0.5]), tf.tensor3d([[[1], [2]], [[3], [4]]])); // → [2.5]
 * ```
 */
export function mapTexture(
  uvMap: tf.Tensor, textureImage: tf.Tensor3D,
  { tiling = false, interpolationMethod = 'bilinear', borderType = BorderType.ZERO }: TextureOptions = {},
): tf.Tensor {
  checkLastAxis('uvMap', uvMap, 2);
  checkShape('textureImage', textureImage, [null, null, null]);
  if (interpolationMethod !== 'bilinear' && interpolationMethod !== 'nearest') {
    throw new Error(`interpolationMethod must be 'bilinear' or 'nearest', but it is '${String(interpolationMethod)}'`);
  }
  if (!(borderType in BorderType)) throw new Error(`borderType must be one of ${Object.keys(BorderType).join(', ')}, but it is ${String(borderType)}`);
  return tf.tidy(() => {
    const bare = { uvs: tf.reshape(asFloat(uvMap), [-1, 2]) as tf.Tensor2D, texture: asFloat(textureImage) as tf.Tensor3D };
    const { uvs, texture } = !tiling && borderType === BorderType.ZERO ? withinZeros(bare) : bare;
    const places = interpolationMethod === 'nearest' ? texelCentres(uvs, texture) : uvs;
    const flat = sampleTexture(places, texture, { tiling });
    return tf.reshape(flat, [...uvMap.shape.slice(0, -1), textureImage.shape[2]]);
  });
}

interface Lookup { readonly uvs: tf.Tensor2D; readonly texture: tf.Tensor3D }

/** The same lookup in the texture with a ring of zeros around it, which go on outside. */
function withinZeros({ uvs, texture }: Lookup): Lookup {
  const [height, width] = texture.shape;
  return {
    uvs: tf.div(tf.add(tf.mul(uvs, tf.tensor1d([width, height])), 1), tf.tensor1d([width + 2, height + 2])),
    texture: tf.pad(texture, [[1, 1], [1, 1], [0, 0]]),
  };
}

/** The uvs moved to the centres of their texels, where bilinear sampling takes one texel alone. A constant to gradients. */
const texelCentres = (uvs: tf.Tensor2D, { shape: [height, width] }: tf.Tensor3D): tf.Tensor2D => untaped(() => tf.tidy(() => {
  const size = tf.tensor1d([width, height]);
  return tf.div(tf.add(tf.floor(tf.mul(uvs, size)), 0.5), size) as tf.Tensor2D;
}));
