import { indicator } from '../../math/safe';
import * as tf from '../../tf';

/** Cosines below this count as it under the power, whose gradients divide by the cosine and take its logarithm. */
const MIN_COSINE = 1e-6;

/** max(cosine, 0)^exponent with finite gradients to both; 0 to the power of 0 is 1. */
export const power = (cosine: tf.Tensor, exponent: tf.Tensor | number): tf.Tensor => {
  const raised = tf.pow(tf.maximum(cosine, MIN_COSINE), exponent);
  const kept = indicator(() => tf.logicalOr(tf.greater(cosine, 0), tf.equal(exponent, 0)));
  return tf.mul(raised, kept);
};
