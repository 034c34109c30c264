import { asFloat } from '../../asFloat';
import { broadcastBatches, checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { cumulativeProduct } from './cumulativeProduct';

/** What even an opaque sample lets through, so that the gradient reaches the samples behind it. */
const MIN_TRANSMISSION = 1e-10;

/** Checks samples [*, N, C] and the distances between them, [*, N]. */
export function checkSamples(name: string, samples: tf.Tensor, channels: number, distances: tf.Tensor): void {
  checkMinimumRank(name, samples, 2);
  checkLastAxis(name, samples, channels);
  checkMinimumRank('distances', distances, 1);
  checkLastAxis('distances', distances, samples.shape[samples.rank - 2]);
  broadcastBatches([name, samples, 2], ['distances', distances, 1]);
}

/**
 * How much each sample on a ray is seen: its opacity 1 − exp(−σ·δ), times what all before it let through.
 * @param density σ, [*, N, 1].
 * @param distances δ, [*, N].
 * @returns [*, N]
 */
export function sampleWeights(density: tf.Tensor, distances: tf.Tensor): tf.Tensor {
  const alpha = tf.sub(1, tf.exp(tf.neg(tf.mul(tf.squeeze(density, [-1]), distances))));
  const through = tf.reshape(tf.add(tf.sub(1, alpha), MIN_TRANSMISSION), [-1, alpha.shape[alpha.rank - 1]!]);
  return tf.mul(alpha, tf.reshape(cumulativeProduct(through, { exclusive: true }), alpha.shape));
}

/**
 * The opacity of rays through a volume. Differentiable.
 *
 * @param densityValues [*, N, 1]: at N samples, nearest first.
 * @param distances [*, N] between a sample and the next.
 * @returns density [*, 1]: the ray's opacity; sampleWeights [*, N]: what of it each sample brings.
 * @throws Error that names the argument, axis and shape.
 * Source: Mildenhall et al. 2020, "NeRF: Representing Scenes as Neural Radiance Fields for View Synthesis", §4.
 * @example
 * ```ts
 * rendering.volumetric.rayDensity.computeDensity(tf.tensor2d([[1]]), tf.tensor1d([0.5])).density; // → [0.3935]
 * ```
 */
export const computeDensity = (densityValues: tf.Tensor, distances: tf.Tensor): { density: tf.Tensor; sampleWeights: tf.Tensor } => tf.tidy(() => {
  checkSamples('densityValues', densityValues, 1, distances);
  const weights = sampleWeights(asFloat(densityValues), asFloat(distances));
  return { density: tf.sum(weights, -1, true), sampleWeights: weights };
});
