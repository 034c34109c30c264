import { assertInRange } from '../../assertions';
import { noise } from '../../kernels';
import { untaped } from '../../kernels/untaped';
import { broadcastBatches, checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { checkSeeded, secondStream, type Seeded } from './seeds';

// Bins drawn by a probability for each: uniform numbers through the inverse of the cumulative distribution. Gradients go to the bins'
// places and widths, not through the choice of bins to the probabilities.

/** Added to every probability, so that a distribution of zeros is the uniform one. */
const MIN_PROBABILITY = 1e-5;

/**
 * Which bin each sample fell in, as [*, N, M] of a single 1 a row: a matrix product with it looks the bins' values up, differentiably
 * and without a gather.
 */
function chooseBins(pdf: tf.Tensor, batch: readonly number[], numSamples: number, seed: number): tf.Tensor {
  return untaped(() => tf.tidy(() => {
    assertInRange('pdf', pdf, 0, Infinity);
    const bins = pdf.shape[pdf.rank - 1];
    // There is no border then, and WebGL has no sums over nothing.
    if (bins === 1) return tf.ones([...batch, numSamples, 1]);
    const lifted = tf.add(pdf, MIN_PROBABILITY);
    // TensorFlow.js takes no negative axis here.
    const cumulative = tf.cumsum(lifted, lifted.rank - 1);
    const total = tf.sum(lifted, -1, true);
    const uniform = tf.expandDims(noise([...batch, numSamples] as number[] as tf.ShapeMap[tf.Rank], seed), -1);
    // The last border is left out: rounding could put it below a sample.
    const borders = tf.expandDims(tf.slice(tf.div(cumulative, total), pdf.shape.map(() => 0), [...pdf.shape.slice(0, -1), bins - 1]), -2);
    const passed = tf.sum(tf.cast(tf.greaterEqual(uniform, borders), 'float32'), -1, true);
    return tf.cast(tf.equal(passed, tf.range(0, bins)), 'float32');
  }));
}

/** values [*, M] of the chosen bins [*, N, M], as [*, N]. */
const lookUp = (chosen: tf.Tensor, values: tf.Tensor): tf.Tensor => tf.sum(tf.mul(chosen, tf.expandDims(values, -2)), -1);

/**
 * Draws bins.
 * @param bins [*, M], the bins' places.
 * @param pdf [*, M], how probable each is, up to a common factor.
 * @param numSamples N
 * @param options.seed whole number in 0 … 2³² − 1; the same seed gives the same samples on the same backend.
 * @returns [*, N], places.
 * @throws Error that names the argument, axis and shape; for what is no seed.
 * @example
 * ```ts
 * // Nearly all of the probability lies on the second bin.
 * const [places, pdf] = [tf.tensor1d([10, 20, 30]), tf.tensor1d([0, 1, 0])];
 * math.sampling.inverseTransformSampling1d(places, pdf, 4, { seed: 7 }); // → [20, 20, 20, 20]
 * ```
 */
export function inverseTransformSampling1d(bins: tf.Tensor, pdf: tf.Tensor, numSamples: number, options: Seeded): tf.Tensor {
  checkSeeded(options);
  const { seed } = options;
  checkMinimumRank('bins', bins, 1);
  checkLastAxis('pdf', pdf, bins.shape[bins.rank - 1]);
  const batch = broadcastBatches(['bins', bins, 1], ['pdf', pdf, 1]);
  return tf.tidy(() => lookUp(chooseBins(pdf, batch, numSamples, seed), bins));
}

/**
 * Draws bins, and in each draw a uniform place.
 * @param binStart [*, M]
 * @param binWidth [*, M]
 * @param pdf [*, M], how probable each is, up to a common factor.
 * @param numSamples N
 * @param options.seed whole number in 0 … 2³² − 1; the same seed gives the same samples on the same backend.
 * @returns [*, N], in no order.
 * @throws Error that names the argument, axis and shape; for what is no seed.
 * @example
 * ```ts
 * // Nearly all of the probability lies on the bin from 20 to 30.
 * const [start, width, pdf] = [tf.tensor1d([10, 20, 30]), tf.tensor1d([10, 10, 10]), tf.tensor1d([0, 1, 0])];
 * const samples = math.sampling.inverseTransformStratified1d(start, width, pdf, 4, { seed: 7 });
 * tf.floor(tf.div(samples, 10)); // → [2, 2, 2, 2]
 * ```
 */
export function inverseTransformStratified1d(
  binStart: tf.Tensor, binWidth: tf.Tensor, pdf: tf.Tensor, numSamples: number, options: Seeded,
): tf.Tensor {
  checkSeeded(options);
  const { seed } = options;
  checkMinimumRank('binStart', binStart, 1);
  const bins = binStart.shape[binStart.rank - 1];
  checkLastAxis('binWidth', binWidth, bins);
  checkLastAxis('pdf', pdf, bins);
  const batch = broadcastBatches(['binStart', binStart, 1], ['binWidth', binWidth, 1], ['pdf', pdf, 1]);
  return tf.tidy(() => {
    const chosen = chooseBins(pdf, batch, numSamples, seed);
    const fractions = noise([...batch, numSamples] as number[] as tf.ShapeMap[tf.Rank], secondStream(seed));
    return tf.add(lookUp(chosen, binStart), tf.mul(lookUp(chosen, binWidth), fractions));
  });
}
