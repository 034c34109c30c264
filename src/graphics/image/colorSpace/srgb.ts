import { asFloat } from '../../asFloat';
import { assertInRange } from '../../assertions';
import { indicator } from '../../math/safe';
import { checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { EXPONENT, LINEAR_THRESHOLD, OFFSET, SLOPE } from './constants';

/**
 * Linear light to sRGB, the way it is stored and shown.
 * @param linearRgb [*, 3], in [0, 1].
 * @returns [*, 3], in [0, 1].
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * image.colorSpace.srgb.fromLinearRgb(tf.tensor1d([0, 0.214, 1])); // → [0, 0.5, 1]
 * ```
 */
export function fromLinearRgb(linearRgb: tf.Tensor): tf.Tensor {
  checkLastAxis('linearRgb', linearRgb, 3);
  return tf.tidy(() => {
    assertInRange('linearRgb', linearRgb, 0, 1);
    const color = asFloat(linearRgb);
    const dark = indicator(() => tf.lessEqual(color, LINEAR_THRESHOLD));
    // The root is taken of what it is meant for alone: at 0 its slope is infinite.
    const root = tf.sub(tf.mul(tf.pow(tf.maximum(color, LINEAR_THRESHOLD), 1 / EXPONENT), 1 + OFFSET), OFFSET);
    return tf.add(tf.mul(dark, tf.mul(color, SLOPE)), tf.mul(tf.sub(1, dark), root));
  });
}
