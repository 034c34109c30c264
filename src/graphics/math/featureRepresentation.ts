import { asFloat } from '../asFloat';
import { checkMinimumRank } from '../shape';
import * as tf from '../tf';

/**
 * Positional encoding: each feature and its sines and cosines of doubling frequency, [x, sin x, cos x, sin 2x, cos 2x, …]. There is no
 * factor π, unlike in the paper.
 * @param features [*, M]
 * @param numFrequencies N, how often the frequency 1 is doubled, counting itself.
 * @returns [*, 2NM + M]
 * @throws Error that names the argument, axis and shape.
 * Source: Mildenhall et al. 2020, "NeRF: Representing Scenes as Neural Radiance Fields for View Synthesis", equation 4.
 * @example
 * ```ts
 * // x, then sin x, cos x, sin 2x, cos 2x.
 * math.featureRepresentation.positionalEncoding(tf.tensor1d([Math.PI / 2]), 2); // → [1.5708, 1, 0, 0, -1]
 * ```
 */
export function positionalEncoding(features: tf.Tensor, numFrequencies: number): tf.Tensor {
  checkMinimumRank('features', features, 1);
  return tf.tidy(() => {
    const given = asFloat(features);
    const waves = Array.from({ length: numFrequencies }, (_, k) => {
      const phase = tf.mul(given, 2 ** k);
      return [tf.sin(phase), tf.cos(phase)];
    });
    return tf.concat([given, ...waves.flat()], -1);
  });
}
