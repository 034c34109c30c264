import { asFloat } from '../../asFloat';
import { assertInRange } from '../../assertions';
import { broadcastBatches } from '../../shape';
import * as tf from '../../tf';

// Samples of an interval in a fixed pattern, both ends included; one interval for each element of a batch. Differentiable in both ends.

/** Refuses ends that do not broadcast and counts below 1. */
export function checkInterval(near: tf.Tensor, far: tf.Tensor, numSamples: number): void {
  broadcastBatches(['near', near, 0], ['far', far, 0]);
  if (!Number.isInteger(numSamples) || numSamples < 1) throw new Error(`numSamples must be a whole number of at least 1, but it is ${numSamples}`);
}

/** near + fractions · (far − near), with exact ends. @param fractions [M] or [*, M]. @returns [*, M] */
export function between(near: tf.Tensor, far: tf.Tensor, fractions: tf.Tensor): tf.Tensor {
  const [from, to] = [tf.expandDims(near, -1), tf.expandDims(far, -1)];
  return tf.add(tf.mul(from, tf.sub(1, fractions)), tf.mul(to, fractions));
}

/** [M] from 0 to 1; one sample alone lies at 0. */
const evenly = (numSamples: number): tf.Tensor1D => tf.linspace(0, numSamples === 1 ? 0 : 1, numSamples);

/**
 * Evenly spaced samples.
 * @param near [*]
 * @param far [*]
 * @param numSamples M
 * @returns [*, M]
 * @throws Error that names the argument, axis and shape; for less than one sample.
 * @example
 * ```ts
 * math.sampling.regular1d(tf.scalar(0), tf.scalar(1), 5); // → [0, 0.25, 0.5, 0.75, 1]
 * ```
 */
export function regular1d(near: tf.Tensor, far: tf.Tensor, numSamples: number): tf.Tensor {
  checkInterval(near, far, numSamples);
  return tf.tidy(() => between(near, far, evenly(numSamples)));
}

/**
 * Samples whose inverses are evenly spaced: as of depths that are even in disparity.
 * @param near [*], not 0.
 * @param far [*], not 0.
 * @param numSamples M
 * @returns [*, M]
 * @throws Error that names the argument, axis and shape; for less than one sample.
 * @example
 * ```ts
 * // 3/6, 2/6 and 1/6, inverted.
 * math.sampling.regularInverse1d(tf.scalar(2), tf.scalar(6), 3); // → [2, 3, 6]
 * ```
 */
export function regularInverse1d(near: tf.Tensor, far: tf.Tensor, numSamples: number): tf.Tensor {
  checkInterval(near, far, numSamples);
  return tf.tidy(() => tf.reciprocal(between(tf.reciprocal(asFloat(near)), tf.reciprocal(asFloat(far)), evenly(numSamples))));
}

/**
 * Samples evenly spaced in the exponent: base^near to base^far.
 * @param near [*], exponent.
 * @param far [*], exponent.
 * @param numSamples M
 * @param options.base what the exponents are of.
 * @returns [*, M]
 * @throws Error that names the argument, axis and shape; for less than one sample.
 * @example
 * ```ts
 * math.sampling.logspace1d(tf.scalar(0), tf.scalar(2), 3); // → [1, 10, 100]
 * math.sampling.logspace1d(tf.scalar(0), tf.scalar(3), 4, { base: 2 }); // → [1, 2, 4, 8]
 * ```
 */
export function logspace1d(near: tf.Tensor, far: tf.Tensor, numSamples: number, { base = 10 } = {}): tf.Tensor {
  checkInterval(near, far, numSamples);
  return tf.tidy(() => tf.exp(tf.mul(between(near, far, evenly(numSamples)), Math.log(base))));
}

/**
 * Samples of a constant ratio from each to the next.
 * @param near [*], above 0.
 * @param far [*], above 0.
 * @param numSamples M
 * @returns [*, M]
 * @throws Error that names the argument, axis and shape; for less than one sample.
 * @example
 * ```ts
 * math.sampling.geomspace1d(tf.scalar(1), tf.scalar(8), 4); // → [1, 2, 4, 8]
 * ```
 */
export function geomspace1d(near: tf.Tensor, far: tf.Tensor, numSamples: number): tf.Tensor {
  checkInterval(near, far, numSamples);
  return tf.tidy(() => {
    assertInRange('near', near, 0, Infinity, { open: true });
    assertInRange('far', far, 0, Infinity, { open: true });
    return tf.exp(between(tf.log(asFloat(near)), tf.log(asFloat(far)), evenly(numSamples)));
  });
}
