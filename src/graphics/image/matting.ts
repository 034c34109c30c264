import { im2col } from '../kernels';
import { inversePositiveDefinite } from '../math/linearAlgebra/inversePositiveDefinite';
import { byPrecision } from '../math/precision';
import { checkShape } from '../shape';
import * as tf from '../tf';

// Closed-form matting: in every small window the matte is an affine function of the colours. B images of H × W pixels with C channels;
// windows of s × s pixels, p = s − 1. Everything is differentiable in images and mattes.
// Source: Levin, Lischinski and Weiss 2008, "A Closed-Form Solution to Natural Image Matting".

/** The least `eps` whose inverse the device can hold. */
const minEps = (): number => byPrecision(0, 2 ** -7);

const checkImage = (name: string, image: tf.Tensor, channels: number | null = null) => checkShape(name, image, [null, null, null, channels]);

function checkSize(size: number): void {
  if (!Number.isInteger(size) || size < 1 || size % 2 === 0) throw new Error(`The patch size is expected to be an odd value, but it is ${size}.`);
}

/** All windows that lie within an image. @returns [B·(H − p)·(W − p), s², C] */
const windowsOf = (image: tf.Tensor4D, size: number): tf.Tensor3D =>
  tf.reshape(im2col(image, { size, stride: 1, padding: 0 }), [-1, size * size, image.shape[3]]);

/** The window size of matrices whose last axis is s². */
const sizeFrom = (name: string, matrices: tf.Tensor): number => {
  const pixels = matrices.shape[matrices.rank - 1];
  const size = Math.round(Math.sqrt(pixels));
  if (size * size !== pixels) throw new Error(`${name} must have a square number of dimensions in axis -1, but it has shape [${matrices.shape.join(', ')}]`);
  return size;
};

export interface MattingMatrices {
  /** [B, H − p, W − p, s², s²]: the cost of a window's matte is mᵀ L m. */
  readonly laplacian: tf.Tensor;
  /** [B, H − p, W − p, C + 1, s²]: takes a window's matte to the coefficients of the affine function that fits it best. */
  readonly pseudoInverse: tf.Tensor;
}

/**
 * The matrices of all windows of an image.
 * @param image [B, H, W, C]
 * @param options.size s, odd.
 * @param options.eps how strongly the affine functions are kept flat; it also keeps windows of a single colour solvable.
 * @returns laplacian [B, H − p, W − p, s², s²] and pseudoInverse [B, H − p, W − p, C + 1, s²].
 * @throws Error that names the argument, axis and shape; Error for an even size.
 * @example
 * ```ts
 * // 2 × 3 windows of 3 × 3 pixels, with three slopes and a constant each.
 * const { laplacian, pseudoInverse } = image.matting.buildMatrices(tf.ones([1, 4, 5, 3]));
 * laplacian.shape; // → [1, 2, 3, 9, 9]
 * pseudoInverse.shape; // → [1, 2, 3, 4, 9]
 * ```
 */
export function buildMatrices(image: tf.Tensor4D, { size = 3, eps = 1e-5 } = {}): MattingMatrices {
  checkImage('image', image);
  checkSize(size);
  const [batch, height, width, channels] = image.shape;
  return tf.tidy(() => {
    const pixels = size * size;
    const colors = windowsOf(image, size);
    const mean = tf.mean(colors, 1, true);
    const differences = tf.sub(colors, mean);
    const scatter = tf.add(tf.matMul(differences, differences, true), tf.mul(Math.max(eps, minEps()), tf.eye(channels)));
    // The slopes' rows; taken about the mean, they leave the constant as the mean matte less what they make of the mean colour.
    const slopes = tf.matMul(inversePositiveDefinite(scatter), differences, false, true);
    const constants = tf.sub(1 / pixels, tf.matMul(mean, slopes));
    const smooth = tf.add(tf.matMul(differences, slopes), 1 / pixels);
    const windows = [batch, height - size + 1, width - size + 1];
    return {
      laplacian: tf.reshape(tf.sub(tf.eye(pixels), smooth), [...windows, pixels, pixels]),
      pseudoInverse: tf.reshape(tf.concat([slopes, constants], 1), [...windows, channels + 1, pixels]),
    };
  });
}

/**
 * Each pixel's affine function: the mean over the windows that it lies in of the one that fits the matte best there.
 * @param matte [B, H, W, 1]
 * @param pseudoInverse [B, H − p, W − p, C + 1, s²], from {@link buildMatrices}.
 * @returns coeffMul [B, H, W, C] and coeffAdd [B, H, W, 1]; see {@link reconstruct}.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // In the image's single window the matte is 8 − 1 · the colour.
 * const ramp = tf.tensor4d([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 3, 3, 1]);
 * const matte = tf.tensor4d([8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 3, 3, 1]);
 * const { pseudoInverse } = image.matting.buildMatrices(ramp);
 * const { coeffMul, coeffAdd } = image.matting.linearCoefficients(matte, pseudoInverse);
 * [tf.mean(coeffMul), tf.mean(coeffAdd)]; // → [-1, 8]
 * ```
 */
export function linearCoefficients(matte: tf.Tensor4D, pseudoInverse: tf.Tensor): { readonly coeffMul: tf.Tensor4D; readonly coeffAdd: tf.Tensor4D } {
  checkImage('matte', matte, 1);
  checkShape('pseudoInverse', pseudoInverse, [matte.shape[0], null, null, null, null]);
  const size = sizeFrom('pseudoInverse', pseudoInverse);
  const [batch, height, width] = matte.shape;
  const [rows, columns, count, pixels] = [height - size + 1, width - size + 1, pseudoInverse.shape[3]!, size * size];
  checkShape('pseudoInverse', pseudoInverse, [batch, rows, columns, null, null]);
  return tf.tidy(() => {
    const fitted = tf.matMul(tf.reshape(pseudoInverse, [-1, count, pixels]), windowsOf(matte, size));
    const spread = (values: tf.Tensor4D) => {
      // Windows that a pixel lies in are those within s of it: with a margin of zeros, a window of windows.
      const around = im2col(values, { size, stride: 1, padding: size - 1 });
      return tf.reshape(tf.sum(tf.reshape(around, [-1, pixels, values.shape[3]]), 1), [values.shape[0], height, width, values.shape[3]]);
    };
    const sums = spread(tf.reshape(fitted, [batch, rows, columns, count]));
    const means = tf.div(sums, spread(tf.ones([1, rows, columns, 1])));
    const [coeffMul, coeffAdd] = tf.split(means, [count - 1, 1], -1) as [tf.Tensor4D, tf.Tensor4D];
    return { coeffMul, coeffAdd };
  });
}

/**
 * How far a matte is from an affine function of the colours in every window: the mean over windows of mᵀ L m.
 * @param matte [B, H, W, 1]
 * @param laplacian [B, H − p, W − p, s², s²], from {@link buildMatrices}.
 * @returns a scalar.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A matte that is an affine function of the colours costs nothing.
 * const ramp = tf.tensor4d([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 3, 3, 1]);
 * const matte = tf.tensor4d([8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 3, 3, 1]);
 * const { laplacian } = image.matting.buildMatrices(ramp);
 * image.matting.loss(matte, laplacian); // → 0
 * ```
 */
export function loss(matte: tf.Tensor4D, laplacian: tf.Tensor): tf.Scalar {
  checkImage('matte', matte, 1);
  checkShape('laplacian', laplacian, [matte.shape[0], null, null, null, null]);
  const size = sizeFrom('laplacian', laplacian);
  const [batch, height, width] = matte.shape;
  const pixels = size * size;
  checkShape('laplacian', laplacian, [batch, height - size + 1, width - size + 1, pixels, pixels]);
  return tf.tidy(() => {
    const values = windowsOf(matte, size);
    const costs = tf.sum(tf.mul(values, tf.matMul(tf.reshape(laplacian, [-1, pixels, pixels]), values)), [1, 2]);
    return tf.mean(costs);
  });
}

/**
 * The matte that each pixel's affine function gives: Σ_c coeffMul_c · image_c + coeffAdd.
 * @param image [B, H, W, C]
 * @param coeffMul [B, H, W, C]
 * @param coeffAdd [B, H, W, 1]
 * @returns [B, H, W, 1]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // 1 · 1 + 0 · 2 + 2 · 3 + 0.5
 * const [colors, factors] = [tf.tensor4d([1, 2, 3], [1, 1, 1, 3]), tf.tensor4d([1, 0, 2], [1, 1, 1, 3])];
 * image.matting.reconstruct(colors, factors, tf.tensor4d([0.5], [1, 1, 1, 1])); // → [[[[7.5]]]]
 * ```
 */
export function reconstruct(image: tf.Tensor4D, coeffMul: tf.Tensor4D, coeffAdd: tf.Tensor4D): tf.Tensor4D {
  checkImage('image', image);
  checkShape('coeffMul', coeffMul, image.shape);
  checkShape('coeffAdd', coeffAdd, [...image.shape.slice(0, 3), 1]);
  return tf.tidy(() => tf.add(tf.sum(tf.mul(image, coeffMul), -1, true), coeffAdd));
}
