import { noise } from '../../kernels';
import { broadcastBatches } from '../../shape';
import * as tf from '../../tf';
import { between, checkInterval, geomspace1d } from './regular';
import { checkSeeded, type Seeded } from './seeds';

// Random samples of an interval; one interval for each element of a batch. Differentiable in both ends, which move the samples.

/** Uniform in [0, 1). @returns [...batch of near and far, M] */
const fractionsFor = (near: tf.Tensor, far: tf.Tensor, numSamples: number, seed: number): tf.Tensor =>
  noise([...broadcastBatches(['near', near, 0], ['far', far, 0]), numSamples] as number[] as tf.ShapeMap[tf.Rank], seed);

/**
 * Uniform samples, in no order.
 * @param near [*]
 * @param far [*]
 * @param numSamples M
 * @param options.seed whole number in 0 … 2³² − 1; the same seed gives the same samples on the same backend.
 * @returns [*, M], in [near, far).
 * @throws Error that names the argument, axis and shape; for less than one sample; for what is no seed.
 * @example
 * ```ts
 * const samples = math.sampling.uniform1d(tf.tensor1d([0, 5]), tf.tensor1d([1, 9]), 3, { seed: 7 });
 * samples.shape; // → [2, 3]
 * ```
 */
export function uniform1d(near: tf.Tensor, far: tf.Tensor, numSamples: number, options: Seeded): tf.Tensor {
  checkSeeded(options);
  const { seed } = options;
  checkInterval(near, far, numSamples);
  return tf.tidy(() => between(near, far, fractionsFor(near, far, numSamples, seed)));
}

/**
 * The interval in M parts of equal length, and in each part one uniform sample.
 * @param near [*]
 * @param far [*]
 * @param numSamples M
 * @param options.seed whole number in 0 … 2³² − 1; the same seed gives the same samples on the same backend.
 * @returns [*, M], in order.
 * @throws Error that names the argument, axis and shape; for less than one sample; for what is no seed.
 * @example
 * ```ts
 * // One sample in each of [0, 1), [1, 2), [2, 3), [3, 4).
 * const samples = math.sampling.stratified1d(tf.scalar(0), tf.scalar(4), 4, { seed: 7 });
 * tf.floor(samples); // → [0, 1, 2, 3]
 * ```
 */
export function stratified1d(near: tf.Tensor, far: tf.Tensor, numSamples: number, options: Seeded): tf.Tensor {
  checkSeeded(options);
  const { seed } = options;
  checkInterval(near, far, numSamples);
  return tf.tidy(() => {
    const jittered = tf.add(tf.range(0, numSamples), fractionsFor(near, far, numSamples, seed));
    return between(near, far, tf.div(jittered, numSamples));
  });
}

/**
 * The interval in M parts that grow by a constant ratio, and in each part one uniform sample.
 * @param near [*], above 0.
 * @param far [*], above 0.
 * @param numSamples M
 * @param options.seed whole number in 0 … 2³² − 1; the same seed gives the same samples on the same backend.
 * @returns [*, M], in order.
 * @throws Error that names the argument, axis and shape; for less than one sample; for what is no seed.
 * @example
 * ```ts
 * // One sample in each of [1, 10), [10, 100), [100, 1000).
 * const samples = math.sampling.stratifiedGeomspace1d(tf.scalar(1), tf.scalar(1000), 3, { seed: 7 });
 * tf.greaterEqual(samples, tf.tensor1d([1, 10, 100])); // → [1, 1, 1]
 * tf.less(samples, tf.tensor1d([10, 100, 1000])); // → [1, 1, 1]
 * ```
 */
export function stratifiedGeomspace1d(near: tf.Tensor, far: tf.Tensor, numSamples: number, options: Seeded): tf.Tensor {
  checkSeeded(options);
  const { seed } = options;
  checkInterval(near, far, numSamples);
  return tf.tidy(() => {
    const borders = geomspace1d(near, far, numSamples + 1);
    const batch = borders.shape.slice(0, -1);
    const [low, high] = [0, 1].map((from) => tf.slice(borders, [...batch.map(() => 0), from], [...batch, numSamples]));
    return tf.add(low, tf.mul(tf.sub(high, low), fractionsFor(near, far, numSamples, seed)));
  });
}
