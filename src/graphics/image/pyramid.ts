import { asFloat } from '../asFloat';
import { checkShape } from '../shape';
import * as tf from '../tf';

// Gaussian and Laplacian pyramids with a five-tap binomial filter and zero padding, so borders darken. Differentiable in the images.
// Source: Burt and Adelson 1983, "The Laplacian Pyramid as a Compact Image Code".

const BINOMIAL = [1, 4, 6, 4, 1];

/** [5, 5, channels, channels]: each channel on its own, the taps' sum being `gain`. */
function filter(channels: number, gain: number): tf.Tensor4D {
  const taps = tf.tensor2d(BINOMIAL.map((a) => BINOMIAL.map((b) => (gain * a * b) / 256)));
  return tf.mul(tf.reshape(taps, [5, 5, 1, 1]), tf.reshape(tf.eye(channels), [1, 1, channels, channels]));
}

const checkImage = (name: string, image: tf.Tensor) => checkShape(name, image, [null, null, null, null]);

const halve = (image: tf.Tensor4D): tf.Tensor4D => tf.conv2d(asFloat(image) as tf.Tensor4D, filter(image.shape[3], 1), 2, 'same');

/** Doubles an image, to a size that halves to its own: an odd size loses its last row or column. */
function double(image: tf.Tensor4D, [height, width] = [2 * image.shape[1], 2 * image.shape[2]]): tf.Tensor4D {
  const [batch, , , channels] = image.shape;
  return tf.conv2dTranspose(asFloat(image) as tf.Tensor4D, filter(channels, 4), [batch, height, width, channels], 2, 'same');
}

/**
 * The Gaussian pyramid: the image, then each level half the size (rounded up) of the one before.
 * @param image [B, H, W, C]
 * @param numLevels how many levels beside the given one.
 * @returns numLevels + 1 images.
 * @throws Error that names the argument and its shape.
 * @example
 * ```ts
 * // At the corners of an image of ones the filter sees (11 / 16)² of its weight, the rest being padding.
 * const [, half] = image.pyramid.downsample(tf.ones([1, 5, 5, 1]), 1);
 * tf.squeeze(half); // → [[0.4727, 0.6875, 0.4727], [0.6875, 1, 0.6875], [0.4727, 0.6875, 0.4727]]
 * ```
 */
export function downsample(image: tf.Tensor4D, numLevels: number): tf.Tensor4D[] {
  checkImage('image', image);
  return tf.tidy(() => {
    const levels = [tf.clone(image)];
    for (let level = 0; level < numLevels; level++) levels.push(halve(levels[level]));
    return levels;
  });
}

/**
 * The image, then each level twice the size of the one before.
 * @param image [B, H, W, C]
 * @param numLevels how many levels beside the given one.
 * @returns numLevels + 1 images.
 * @throws Error that names the argument and its shape.
 * @example
 * ```ts
 * const levels = image.pyramid.upsample(tf.ones([1, 2, 3, 1]), 2);
 * levels.map(({ shape }) => shape); // → [[1, 2, 3, 1], [1, 4, 6, 1], [1, 8, 12, 1]]
 * ```
 */
export function upsample(image: tf.Tensor4D, numLevels: number): tf.Tensor4D[] {
  checkImage('image', image);
  return tf.tidy(() => {
    const levels = [tf.clone(image)];
    for (let level = 0; level < numLevels; level++) levels.push(double(levels[level]));
    return levels;
  });
}

/**
 * The Laplacian pyramid: what each halving loses, the finest first, and the last, smallest image. {@link merge} gives the image back.
 * @param image [B, H, W, C]
 * @param numLevels how many levels beside the given one.
 * @returns numLevels + 1 images.
 * @throws Error that names the argument and its shape.
 * @example
 * ```ts
 * const levels = image.pyramid.split(tf.ones([1, 8, 8, 3]), 2);
 * levels.map(({ shape }) => shape); // → [[1, 8, 8, 3], [1, 4, 4, 3], [1, 2, 2, 3]]
 * ```
 */
export function split(image: tf.Tensor4D, numLevels: number): tf.Tensor4D[] {
  checkImage('image', image);
  return tf.tidy(() => {
    const levels: tf.Tensor4D[] = [];
    let current = tf.clone(image);
    for (let level = 0; level < numLevels; level++) {
      const smaller = halve(current);
      levels.push(tf.sub(current, double(smaller, [current.shape[1], current.shape[2]])));
      current = smaller;
    }
    return [...levels, current];
  });
}

/**
 * The image of a Laplacian pyramid.
 * @param levels from {@link split}: the finest first, each half the size (rounded up) of the one before.
 * @returns [B, H, W, C]
 * @throws Error that names the level, axis and shape.
 * @example
 * ```ts
 * const picture = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
 * tf.squeeze(image.pyramid.merge(image.pyramid.split(picture, 1))); // → [[1, 2], [3, 4]]
 * ```
 */
export function merge(levels: readonly tf.Tensor4D[]): tf.Tensor4D {
  levels.forEach((level, i) => checkImage(`levels[${i}]`, level));
  levels.slice(1).forEach((level, i) => {
    const [batch, height, width, channels] = levels[i].shape;
    checkShape(`levels[${i + 1}]`, level, [batch, Math.ceil(height / 2), Math.ceil(width / 2), channels]);
  });
  return tf.tidy(() => levels.slice(0, -1).reduceRight(
    (image, level) => tf.add(level, double(image, [level.shape[1], level.shape[2]])), tf.clone(levels[levels.length - 1]),
  ));
}
