import { asFloat } from '../../asFloat';
import { untaped } from '../../kernels/untaped';
import * as sampling from '../../math/sampling';
import { checkSeed, checkSeeded } from '../../math/sampling/seeds';
import { broadcastBatches, checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { gatherBatchRows } from './mesh/rows';

// Samples along rays, as neural radiance fields take them (Mildenhall et al. 2020). Differentiable in the rays, and in near and far.

/** points [*, M, 3]: origin + z · direction; zValues [*, M]: distances, in units of the direction's length. */
type RaySamples = { points: tf.Tensor; zValues: tf.Tensor };
type Bound = tf.Tensor | number;
type Sampler = (near: tf.Tensor, far: tf.Tensor, count: number, seed: number) => tf.Tensor;

/** The functions of `math.sampling`, without their 1d: those with chance in them, which need a seed, and the others. */
const RANDOM_SAMPLERS = {
  uniform: (near, far, count, seed) => sampling.uniform1d(near, far, count, { seed }),
  stratified: (near, far, count, seed) => sampling.stratified1d(near, far, count, { seed }),
  stratifiedGeomspace: (near, far, count, seed) => sampling.stratifiedGeomspace1d(near, far, count, { seed }),
} satisfies Record<string, Sampler>;
const EVEN_SAMPLERS = {
  regular: (near, far, count) => sampling.regular1d(near, far, count),
  regularInverse: (near, far, count) => sampling.regularInverse1d(near, far, count),
  logspace: (near, far, count) => sampling.logspace1d(near, far, count),
  geomspace: (near, far, count) => sampling.geomspace1d(near, far, count),
} satisfies Record<string, Sampler>;

export type RandomStrategy = keyof typeof RANDOM_SAMPLERS;
export type EvenStrategy = keyof typeof EVEN_SAMPLERS;
export type SamplingStrategy = RandomStrategy | EvenStrategy;

/** A seed, where the strategy has chance in it. */
export type SampleOptions = { readonly strategy: EvenStrategy; readonly seed?: number } | ({ readonly strategy?: RandomStrategy } & sampling.Seeded);

/** The sampler of that name; refuses unknown ones, and a random one without a seed. */
function samplerOf(strategy: SamplingStrategy, seed: number | undefined): (near: tf.Tensor, far: tf.Tensor, count: number) => tf.Tensor {
  const even = (EVEN_SAMPLERS as Partial<Record<string, Sampler>>)[strategy];
  if (even) return (near, far, count) => even(near, far, count, 0);
  const random = (RANDOM_SAMPLERS as Partial<Record<string, Sampler>>)[strategy];
  if (!random) throw new Error(`strategy must be one of ${Object.keys({ ...EVEN_SAMPLERS, ...RANDOM_SAMPLERS }).join(', ')}, but it is ${strategy}`);
  checkSeed(seed);
  return (near, far, count) => random(near, far, count, seed);
}

function checkRays(rayOrg: tf.Tensor, rayDir: tf.Tensor): number[] {
  checkLastAxis('rayOrg', rayOrg, 3);
  checkLastAxis('rayDir', rayDir, 3);
  return broadcastBatches(['rayOrg', rayOrg, 1], ['rayDir', rayDir, 1]);
}

/** origin + z · direction. @param zValues [*, M] @returns [*, M, 3] */
const pointsAt = (rayOrg: tf.Tensor, rayDir: tf.Tensor, zValues: tf.Tensor): tf.Tensor =>
  tf.add(tf.expandDims(asFloat(rayOrg), -2), tf.mul(tf.expandDims(asFloat(rayDir), -2), tf.expandDims(zValues, -1)));

/** Rows in ascending order along the last axis; the order itself is a constant to gradients. @param zValues [*, M] */
function sorted(zValues: tf.Tensor): tf.Tensor {
  const [size] = zValues.shape.slice(-1);
  const order = untaped(() => tf.tidy(() => tf.topk(tf.neg(zValues), size).indices));
  return tf.squeeze(gatherBatchRows(tf.expandDims(zValues, -1), order, zValues.shape.slice(0, -1)), [zValues.rank]);
}

/**
 * Samples between two distances from each ray's origin, by a strategy of `math.sampling`.
 *
 * @param rayOrg [*, 3]
 * @param rayDir [*, 3], of any length but 0, in which distances are counted.
 * @param near distance of the nearest sample: a number, or [*].
 * @param far distance of the farthest sample: a number, or [*].
 * @param nSamples M
 * @param options.strategy name of a sampling function; the samples of 'uniform' come in no order.
 * @param options.seed required by the strategies with chance in them: uniform, stratified and stratifiedGeomspace.
 * @returns points [*, M, 3] and zValues [*, M]
 * @throws Error that names the argument, axis and shape, or for an unknown strategy.
 * @example
 * ```ts
 * const [origin, direction] = [tf.tensor1d([0, 0, 0]), tf.tensor1d([0, 0, 1])];
 * const { points, zValues } = geometry.representation.ray.sample1d(origin, direction, 1, 3, 3, { strategy: 'regular' });
 * zValues; // → [1, 2, 3]
 * points; // → [[0, 0, 1], [0, 0, 2], [0, 0, 3]]
 * ```
 */
export function sample1d(
  rayOrg: tf.Tensor, rayDir: tf.Tensor, near: Bound, far: Bound, nSamples: number,
  options: SampleOptions,
): RaySamples {
  // Callers without types may leave the options out: then it is the seed that is missing.
  if (!options) checkSeeded(options);
  const { strategy = 'stratified', seed } = options;
  const batch = checkRays(rayOrg, rayDir);
  const sampler = samplerOf(strategy, seed);
  return tf.tidy(() => {
    const [from, to] = [near, far].map((bound) => tf.broadcastTo(typeof bound === 'number' ? tf.scalar(bound) : asFloat(bound), batch));
    const zValues = sampler(from, to, nSamples);
    return { points: pointsAt(rayOrg, rayDir, zValues), zValues };
  });
}

/**
 * {@link sample1d} in M equal parts, one uniform sample in each.
 * @param rayOrg [*, 3]
 * @param rayDir [*, 3]
 * @param near distance of the first part's begin: a number, or [*].
 * @param far distance of the last part's end: a number, or [*].
 * @param nSamples M
 * @param options.seed of the draws.
 * @returns points [*, M, 3] and zValues [*, M]
 * @throws Error for what is no seed.
 * @example
 * ```ts
 * const [origin, direction] = [tf.tensor1d([0, 0, 0]), tf.tensor1d([0, 0, 1])];
 * const { zValues } = geometry.representation.ray.sampleStratified1d(origin, direction, 0, 4, 4, { seed: 7 });
 * tf.floor(zValues); // → [0, 1, 2, 3]
 * ```
 */
export function sampleStratified1d(
  rayOrg: tf.Tensor, rayDir: tf.Tensor, near: Bound, far: Bound, nSamples: number, options: sampling.Seeded,
): RaySamples {
  checkSeeded(options);
  return sample1d(rayOrg, rayDir, near, far, nSamples, { strategy: 'stratified', seed: options.seed });
}

/**
 * More samples where earlier ones weigh more: drawn between them with a probability that is the mean of the weights of both ends.
 * The new samples are constants to gradients.
 *
 * @param rayOrg [*, 3]
 * @param rayDir [*, 3]
 * @param zValuesInit [*, M], the earlier samples' distances, in order.
 * @param weightsInit [*, M], not negative.
 * @param nSamples N
 * @param options.combineZValues keeps the earlier samples among the new ones.
 * @param options.seed of the draws.
 * @returns points and zValues of M + N samples, or of N.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [origin, direction] = [tf.tensor1d([0, 0, 0]), tf.tensor1d([0, 0, 1])];
 * const [zValues, weights] = [tf.tensor1d([0, 1, 2]), tf.tensor1d([0, 0, 1])];
 * const { sampleInverseTransformStratified1d } = geometry.representation.ray;
 * const finer = sampleInverseTransformStratified1d(origin, direction, zValues, weights, 3, { combineZValues: false, seed: 7 });
 * // Only the part from 1 to 2 has an end that weighs.
 * tf.floor(finer.zValues); // → [1, 1, 1]
 * ```
 */
export function sampleInverseTransformStratified1d(
  rayOrg: tf.Tensor, rayDir: tf.Tensor, zValuesInit: tf.Tensor, weightsInit: tf.Tensor, nSamples: number,
  options: { readonly combineZValues?: boolean } & sampling.Seeded,
): RaySamples {
  checkRays(rayOrg, rayDir);
  checkSeeded(options);
  const { combineZValues = true, seed } = options;
  checkMinimumRank('zValuesInit', zValuesInit, 1);
  const size = zValuesInit.shape[zValuesInit.rank - 1];
  checkLastAxis('weightsInit', weightsInit, size);
  if (size < 2) throw new Error(`zValuesInit must have greater than 1 dimensions in axis -1, but it has shape [${zValuesInit.shape.join(', ')}]`);
  const batch = broadcastBatches(['rayOrg', rayOrg, 1], ['rayDir', rayDir, 1], ['zValuesInit', zValuesInit, 1], ['weightsInit', weightsInit, 1]);
  return tf.tidy(() => {
    const early = tf.broadcastTo(asFloat(zValuesInit), [...batch, size]);
    const drawn = untaped(() => tf.tidy(() => {
      const ends = (values: tf.Tensor): [tf.Tensor, tf.Tensor] =>
        [0, 1].map((from) => tf.slice(values, [...values.shape.slice(0, -1).map(() => 0), from], [...values.shape.slice(0, -1), size - 1])) as [tf.Tensor, tf.Tensor];
      const [start, stop] = ends(early);
      const [first, second] = ends(asFloat(weightsInit));
      return sampling.inverseTransformStratified1d(start, tf.sub(stop, start), tf.div(tf.add(first, second), 2), nSamples, { seed });
    }));
    const zValues = sorted(combineZValues ? tf.concat([early, drawn], -1) : drawn);
    return { points: pointsAt(rayOrg, rayDir, zValues), zValues };
  });
}
