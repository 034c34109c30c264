import { asFloat } from '../asFloat';
import { untaped } from '../kernels/untaped';
import { besideOnAxis, blendRows } from '../math/lookUpRows';
import { byPrecision } from '../math/precision';
import { boundedSignedDivide } from '../math/safe';
import { checkLastAxis, checkMinimumRank, checkShape } from '../shape';
import * as tf from '../tf';

// Images looked up at places between their pixels: (x, y) from the upper left, x to the right and y down, in pixels.

/** NEAREST takes the pixel itself, BILINEAR blends the four around; only the latter gives a gradient to places. */
export const ResamplingType = { NEAREST: 'NEAREST', BILINEAR: 'BILINEAR' } as const;
export type ResamplingType = (typeof ResamplingType)[keyof typeof ResamplingType];

/** Outside of the image there is 0, reached within a pixel of the border, or the border goes on. */
export const BorderType = { ZERO: 'ZERO', DUPLICATE: 'DUPLICATE' } as const;
export type BorderType = (typeof BorderType)[keyof typeof BorderType];

/** Pixel centres lie at whole numbers, or at halves, the image's corner being (0, 0). */
export const PixelType = { INTEGER: 'INTEGER', HALF_INTEGER: 'HALF_INTEGER' } as const;
export type PixelType = (typeof PixelType)[keyof typeof PixelType];

export interface SampleOptions {
  readonly resamplingType?: ResamplingType;
  readonly borderType?: BorderType;
  readonly pixelType?: PixelType;
}

function checkChoice(name: string, choice: string, choices: object): void {
  if (!(choice in choices)) throw new Error(`${name} must be one of ${Object.keys(choices).join(', ')}, but it is ${choice}`);
}

/**
 * An image's colours at places. Differentiable in the image and, with BILINEAR, in the places.
 * @param image [B, H, W, C], up to 2²⁴ pixels in all.
 * @param warp [B, A1, …, An, 2]: (x, y), in pixels.
 * @param options.resamplingType {@link ResamplingType}: blends four pixels, or takes the nearest.
 * @param options.borderType {@link BorderType}: what lies outside of the image.
 * @param options.pixelType {@link PixelType}: where pixel centres lie.
 * @returns [B, A1, …, An, C]
 * @throws Error that names the argument, axis and shape; Error for unknown types.
 * @example
 * ```ts
 * // Pixel centres at x = 0.5 and 1.5: between them, the mean of both.
 * const pixels = tf.tensor4d([10, 20], [1, 1, 2, 1]);
 * image.transformer.sample(pixels, tf.tensor3d([[[1, 0.5]]])); // → [[[15]]]
 * image.transformer.sample(pixels, tf.tensor3d([[[1.2, 0.5]]]), { resamplingType: 'NEAREST' }); // → [[[20]]]
 * ```
 */
export function sample(
  image: tf.Tensor4D, warp: tf.Tensor,
  { resamplingType = ResamplingType.BILINEAR, borderType = BorderType.ZERO, pixelType = PixelType.HALF_INTEGER }: SampleOptions = {},
): tf.Tensor {
  checkShape('image', image, [null, null, null, null]);
  checkMinimumRank('warp', warp, 2);
  checkLastAxis('warp', warp, 2);
  checkShape('warp', warp, [image.shape[0], ...warp.shape.slice(1)]);
  checkChoice('resamplingType', resamplingType, ResamplingType);
  checkChoice('borderType', borderType, BorderType);
  checkChoice('pixelType', pixelType, PixelType);
  return tf.tidy(() => {
    // A frame of zeros makes the continued border one of zeros.
    const margin = borderType === BorderType.ZERO ? 1 : 0;
    const framed = tf.pad(asFloat(image), [[0, 0], [margin, margin], [margin, margin], [0, 0]]);
    const [batch, height, width, channels] = framed.shape as [number, number, number, number];
    const offset = margin - (pixelType === PixelType.HALF_INTEGER ? 0.5 : 0);
    const shifted = tf.add(asFloat(warp), offset);
    const places = resamplingType === ResamplingType.NEAREST ? untaped(() => tf.round(shifted)) : shifted;
    const perImage = tf.util.sizeFromShape(warp.shape.slice(1, -1));
    const [x, y] = tf.unstack(tf.reshape(places, [-1, 2]), 1);
    const start = untaped(() => tf.tidy(() => tf.reshape(tf.mul(tf.expandDims(tf.range(0, batch), 1), tf.fill([1, perImage], height * width)), [-1])));
    const corners = besideOnAxis(y, height).flatMap((row) => besideOnAxis(x, width).map((column) => ({
      index: untaped(() => tf.tidy(() => tf.add(start, tf.add(tf.mul(row.index, width), column.index)))),
      weight: tf.mul(row.weight, column.weight),
    })));
    const indices = untaped(() => tf.tidy(() => tf.cast(tf.stack(corners.map(({ index }) => index)), 'int32'))) as tf.Tensor2D;
    const weights = tf.stack(corners.map(({ weight }) => weight)) as tf.Tensor2D;
    const colors = blendRows(tf.reshape(framed, [-1, channels]), indices, weights);
    return tf.reshape(colors, [...warp.shape.slice(0, -1), channels]);
  });
}

/** A projection onto a line at infinity is taken as this far from it. */
const minHomogeneous = (): number => byPrecision(1e-7, 2 ** -7);

/**
 * An image seen through homographies: the colour at (x, y) is that of the given image at M (x, y, 1)ᵀ. Differentiable in the image and
 * the matrices.
 * @param image [B, H, W, C]
 * @param transformMatrix [B, 3, 3], from places of the result to places of the image.
 * @param options.outputShape height and width of the result; those of the image if absent.
 * @param options.resamplingType {@link ResamplingType}: blends four pixels, or takes the nearest.
 * @param options.borderType {@link BorderType}: what lies outside of the image.
 * @param options.pixelType {@link PixelType}: where pixel centres lie.
 * @returns [B, H′, W′, C]
 * @throws Error that names the argument, axis and shape; Error for unknown types.
 * @example
 * ```ts
 * // Each place looks one pixel to its right; beyond the border there is 0.
 * const pixels = tf.tensor4d([1, 2, 3], [1, 1, 3, 1]);
 * const shift = tf.tensor3d([[[1, 0, 1], [0, 1, 0], [0, 0, 1]]]);
 * tf.squeeze(image.transformer.perspectiveTransform(pixels, shift)); // → [2, 3, 0]
 * ```
 */
export function perspectiveTransform(
  image: tf.Tensor4D, transformMatrix: tf.Tensor,
  {
    outputShape = null, resamplingType = ResamplingType.BILINEAR, borderType = BorderType.ZERO, pixelType = PixelType.HALF_INTEGER,
  }: SampleOptions & { readonly outputShape?: { readonly height: number; readonly width: number } | null } = {},
): tf.Tensor4D {
  checkShape('image', image, [null, null, null, null]);
  checkShape('transformMatrix', transformMatrix, [image.shape[0], 3, 3]);
  const { height, width } = outputShape ?? { height: image.shape[1], width: image.shape[2] };
  return tf.tidy(() => {
    const centre = pixelType === PixelType.HALF_INTEGER ? 0.5 : 0;
    const columns = tf.broadcastTo(tf.reshape(tf.add(tf.range(0, width), centre), [1, width]), [height, width]);
    const rows = tf.broadcastTo(tf.reshape(tf.add(tf.range(0, height), centre), [height, 1]), [height, width]);
    const places = tf.reshape(tf.stack([columns, rows, tf.onesLike(columns)], -1), [1, height * width, 3]);
    const tiled = tf.tile(places, [image.shape[0], 1, 1]);
    const [xy, w] = tf.split(tf.matMul(tiled, asFloat(transformMatrix) as tf.Tensor3D, false, true), [2, 1], -1);
    const warp = tf.reshape(boundedSignedDivide(xy, w, minHomogeneous()), [image.shape[0], height, width, 2]);
    return sample(image, warp, { resamplingType, borderType, pixelType }) as tf.Tensor4D;
  });
}
