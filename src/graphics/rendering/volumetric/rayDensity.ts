import { asFloat } from '../../asFloat';
import * as tf from '../../tf';
import { checkSamples, weightsOf } from './raySamples';

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
  const weights = weightsOf(asFloat(densityValues), asFloat(distances));
  return { density: tf.sum(weights, -1, true), sampleWeights: weights };
});
