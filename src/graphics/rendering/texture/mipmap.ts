import { asFloat } from '../../asFloat';
import { BorderType } from '../../image/transformer';
import { checkLastAxis, checkMinimumRank, checkShape } from '../../shape';
import * as tf from '../../tf';
import { mapTexture as mapLevel } from './textureMap';

export interface MipmapOptions {
  /** [H', W', C], row 0 at the top. Needed where there are no `mipmapImages`. */
  readonly textureImage?: tf.Tensor3D;
  /** The texture at falling sizes, the largest first; used instead of `textureImage`. */
  readonly mipmapImages?: readonly tf.Tensor3D[];
  /** How many sizes to make of `textureImage`, each half of the one before (rounded down); 5 by default. */
  readonly numMipmapLevels?: number;
  /** Repeats the texture outside [0, 1]. */
  readonly tiling?: boolean;
  /** What lies outside of a texture that is not repeated: 0, or its border goes on. */
  readonly borderType?: BorderType;
}

/**
 * Looks a texture up at the size at which its texels are about as large as the image's pixels, between two sizes where need be, so that
 * distant textures do not flicker. Gradients: to the texture and to the uvs.
 *
 * TensorFlow Graphics' function multiplies the uvs' steps by the texture's size along the wrong axis and so takes maps of width 2 only;
 * it also takes the finest size in the last row and column, where this continues the steps before them.
 *
 * @param uvMap [*, H, W, 2]: an image of uvs; (0, 0) is the texture's lower left corner, (1, 1) the upper right.
 * @returns [*, H, W, C]
 * @throws Error that names the argument, axis and shape; for a texture too small for the number of levels.
 * Source: Williams 1983, "Pyramidal Parametrics".
 * @example
 * ```ts
 * const textureImage = tf.ones([4, 4, 1]);
 * rendering.texture.mipmap.mapTexture(tf.tensor3d([[[0.5, 0.5]]]), { textureImage, numMipmapLevels: 2 }); // → [[[1]]]
 * ```
 */
export const mapTexture = (
  uvMap: tf.Tensor, { textureImage, mipmapImages, numMipmapLevels = 5, tiling = false, borderType = BorderType.ZERO }: MipmapOptions = {},
): tf.Tensor => tf.tidy(() => {
  checkMinimumRank('uvMap', uvMap, 3);
  checkLastAxis('uvMap', uvMap, 2);
  const levels = mipmapImages ?? (textureImage && makeLevels(textureImage, numMipmapLevels));
  if (!levels || levels.length === 0) throw new Error('Either textureImage or mipmapImages should be provided.');
  levels.forEach((level, i) => checkShape(`mipmapImages[${i}]`, level, [null, null, levels[0].shape[2]]));
  const level = mipmapLevel(asFloat(uvMap), levels[0], levels.length);
  // A tent around each level: the two nearest share a pixel.
  return levels
    .map((image, i) => tf.mul(tf.relu(tf.sub(1, tf.abs(tf.sub(level, i)))), mapLevel(uvMap, image, { tiling, borderType })))
    .reduce((a, b) => tf.add(a, b));
});

/** The texture at `count` sizes, each half of the one before. */
function makeLevels(textureImage: tf.Tensor3D, count: number): tf.Tensor3D[] {
  checkShape('textureImage', textureImage, [null, null, null]);
  const [height, width] = textureImage.shape;
  if (!Number.isInteger(count) || count < 1) throw new Error(`numMipmapLevels must be a positive whole number, but it is ${count}`);
  if (Math.min(height, width) < 2 ** count) {
    throw new Error(`The size of textureImage (${height}, ${width}) is too small for the provided number of mipmap levels (${count}).`);
  }
  const levels = [asFloat(textureImage) as tf.Tensor3D];
  while (levels.length < count) levels.push(halve(levels[levels.length - 1]));
  return levels;
}

/** Samples between the texels: the mean of 2 × 2 where the size is even. */
function halve(image: tf.Tensor3D): tf.Tensor3D {
  const [height, width] = [Math.floor(image.shape[0] / 2), Math.floor(image.shape[1] / 2)];
  const centres = Array.from({ length: height * width }, (_, i) => [((i % width) + 0.5) / width, 1 - (Math.floor(i / width) + 0.5) / height]);
  return mapLevel(tf.tensor3d(centres.flat(), [height, width, 2]), image, { borderType: BorderType.DUPLICATE }) as tf.Tensor3D;
}

/** Which size each pixel takes, [*, H, W, 1] in 0 … count − 1: log₂ of how many texels a step to the next pixel covers. */
function mipmapLevel(uvMap: tf.Tensor, { shape: [height, width] }: tf.Tensor3D, count: number): tf.Tensor {
  const texels = tf.mul(uvMap, tf.tensor1d([width, height]));
  const steps = [uvMap.rank - 3, uvMap.rank - 2].filter((axis) => uvMap.shape[axis] > 1).map((axis) => tf.max(tf.abs(forwardSteps(texels, axis)), -1, true));
  const largest = steps.reduce((a, b) => tf.maximum(a, b), tf.ones([...uvMap.shape.slice(0, -1), 1]) as tf.Tensor);
  return tf.minimum(tf.div(tf.log(largest), Math.LN2), count - 1);
}

/** Differences to the next element along an axis; the last repeats the one before it. */
function forwardSteps(x: tf.Tensor, axis: number): tf.Tensor {
  const size = x.shape[axis];
  const part = (t: tf.Tensor, begin: number, length: number) =>
    tf.slice(t, t.shape.map((_, i) => (i === axis ? begin : 0)), t.shape.map((s, i) => (i === axis ? length : s)));
  const steps = tf.sub(part(x, 1, size - 1), part(x, 0, size - 1));
  return tf.concat([steps, part(steps, size - 2, 1)], axis);
}
