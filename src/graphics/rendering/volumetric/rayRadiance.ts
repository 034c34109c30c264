import { asFloat } from '../../asFloat';
import * as tf from '../../tf';
import { checkSamples, weightsOf } from './raySamples';

/**
 * The colour and opacity of rays through a shining volume. Differentiable.
 *
 * @param rgbaValues [*, N, 4]: colour and density at N samples, nearest first.
 * @param distances [*, N] between a sample and the next.
 * @returns rgb [*, 3]; alpha [*, 1]; sampleWeights [*, N]: how much each sample is seen.
 * @throws Error that names the argument, axis and shape.
 * Source: Mildenhall et al. 2020, "NeRF: Representing Scenes as Neural Radiance Fields for View Synthesis", §4.
 * @example
 * ```ts
 * rendering.volumetric.rayRadiance.computeRadiance(tf.tensor2d([[1, 0.5, 0, 2]]), tf.tensor1d([0.5])).rgb; // → [0.6321, 0.3161, 0]
 * ```
 */
export const computeRadiance = (
  rgbaValues: tf.Tensor, distances: tf.Tensor,
): { rgb: tf.Tensor; alpha: tf.Tensor; sampleWeights: tf.Tensor } => tf.tidy(() => {
  checkSamples('rgbaValues', rgbaValues, 4, distances);
  const [color, density] = tf.split(asFloat(rgbaValues), [3, 1], -1);
  const weights = weightsOf(density, asFloat(distances));
  return { rgb: tf.sum(tf.mul(tf.expandDims(weights, -1), color), -2), alpha: tf.sum(weights, -1, true), sampleWeights: weights };
});
