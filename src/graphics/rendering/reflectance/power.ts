import { indicator } from '../../math/safe';
import { byPrecision } from '../../math/precision';
import * as tf from '../../tf';

/** Cosines below this count as it under the power, whose gradients divide by the cosine and take its logarithm. */
const minCosine = (): number => byPrecision(1e-6, 2 ** -10);

/** max(cosine, 0)^exponent with finite gradients to both; 0 to the power of 0 is 1. */
export const power = (cosine: tf.Tensor, exponent: tf.Tensor | number): tf.Tensor => {
  const raised = tf.pow(tf.maximum(cosine, minCosine()), exponent);
  const kept = indicator(() => tf.logicalOr(tf.greater(cosine, 0), tf.equal(exponent, 0)));
  return tf.mul(raised, kept);
};
