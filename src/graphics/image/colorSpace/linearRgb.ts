import { asFloat } from '../../asFloat';
import { assertInRange } from '../../assertions';
import { indicator } from '../../math/safe';
import { checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { EXPONENT, OFFSET, SLOPE, SRGB_THRESHOLD } from './constants';

/**
 * sRGB to linear light, the way it is to be added and shaded in.
 * @param srgb [*, 3], in [0, 1].
 * @returns [*, 3], in [0, 1].
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Mid grey on a screen is a fifth of its light.
 * image.colorSpace.linearRgb.fromSrgb(tf.tensor1d([0, 0.5, 1])); // → [0, 0.214, 1]
 * ```
 */
export function fromSrgb(srgb: tf.Tensor): tf.Tensor {
  checkLastAxis('srgb', srgb, 3);
  return tf.tidy(() => {
    assertInRange('srgb', srgb, 0, 1);
    const color = asFloat(srgb);
    const dark = indicator(() => tf.lessEqual(color, SRGB_THRESHOLD));
    // The power is taken of what it is meant for alone, so that its slope is finite everywhere.
    const power = tf.pow(tf.div(tf.add(tf.maximum(color, SRGB_THRESHOLD), OFFSET), 1 + OFFSET), EXPONENT);
    return tf.add(tf.mul(dark, tf.div(color, SLOPE)), tf.mul(tf.sub(1, dark), power));
  });
}
