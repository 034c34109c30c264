import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import {
  geomspace1d, inverseTransformSampling1d, inverseTransformStratified1d, logspace1d, regular1d, regularInverse1d, stratified1d,
  stratifiedGeomspace1d, uniform1d,
} from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

type Sampler = (near: tf.Tensor, far: tf.Tensor, numSamples: number) => tf.Tensor;
const seeded = (f: typeof uniform1d, seed = 5): Sampler => (near, far, n) => f(near, far, n, { seed });
const samplers: readonly (readonly [string, Sampler])[] = [
  ['regular1d', regular1d], ['regularInverse1d', regularInverse1d], ['geomspace1d', geomspace1d], ['logspace1d', logspace1d],
  ['uniform1d', seeded(uniform1d)], ['stratified1d', seeded(stratified1d)], ['stratifiedGeomspace1d', seeded(stratifiedGeomspace1d)],
];

describe.each(samplers)('%s', (name, sample) => {
  it('refuses ends that do not broadcast, and no samples', () => {
    expect(() => sample(tf.ones([2]), tf.ones([3]), 4)).toThrow(/near: \[2\], far: \[3\]/);
    expect(() => sample(tf.ones([2]), tf.ones([2]), 0)).toThrow(/numSamples must be a whole number of at least 1/);
  });

  it.each([1, 2, 3])('stays between the ends, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const [near, far] = [random.uniform(batch, 1, 2), random.uniform([], 3, 4)];
    const samples = sample(near, far, 6);
    expect(samples.shape).toEqual([...batch, 6]);
    const [low, high] = name === 'logspace1d' ? [tf.pow(10, near), tf.pow(10, far)] : [near, far];
    const margin = 1 + 1e-5;
    expect(tf.min(tf.sub(tf.mul(samples, margin), tf.expandDims(low, -1))).dataSync()[0]).toBeGreaterThanOrEqual(0);
    expect(tf.min(tf.sub(tf.mul(tf.expandDims(high, -1), margin), samples)).dataSync()[0]).toBeGreaterThanOrEqual(0);
  });

  it('has the gradients of central differences, and leaves no tensors behind', () => {
    const other = tf.tensor1d([0.9, 1.1]);
    const before = tf.memory().numTensors;
    expect(checkGradient((x) => probe(sample(x, other, 4)), [2], [0.4, 0.6], 1e-3).relativeError).toBeLessThan(5e-3);
    expect(checkGradient((x) => probe(sample(other, x, 4)), [2], [1.4, 1.6], 1e-3).relativeError).toBeLessThan(5e-3);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('patterns', () => {
  const [near, far] = [tf.scalar(2), tf.scalar(6)];

  it('one sample is the near end', () => {
    for (const sample of [regular1d, regularInverse1d, geomspace1d]) expect(sample(near, far, 1).dataSync()[0]).toBeCloseTo(2, 5);
  });

  it('strata hold one sample each (seed 7)', () => {
    const samples = stratified1d(tf.zeros([50]), tf.ones([50]), 8, { seed: 7 });
    expect(largestDifference(tf.floor(tf.mul(samples, 8)), tf.tile(tf.expandDims(tf.range(0, 8), 0), [50, 1]))).toBe(0);
    const ratios = stratifiedGeomspace1d(tf.fill([50], 1), tf.fill([50], 256), 8, { seed: 7 });
    expect(largestDifference(tf.floor(tf.div(tf.log(ratios), Math.log(2))), tf.tile(tf.expandDims(tf.range(0, 8), 0), [50, 1]))).toBe(0);
  });

  it('the same seed gives the same samples, another seed others', () => {
    const draw = (seed: number) => Array.from(uniform1d(near, far, 5, { seed }).dataSync());
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

describe('inverse transform sampling', () => {
  const bins = tf.tensor1d([10, 20, 30, 40]);
  const pdf = tf.tensor1d([0.1, 0, 0.6, 0.3]);

  it('refuses wrong shapes by name', () => {
    expect(() => inverseTransformSampling1d(bins, tf.zeros([3]), 2, { seed: 1 })).toThrow(/pdf must have exactly 4 dimensions in axis -1/);
    expect(() => inverseTransformStratified1d(bins, tf.zeros([3]), pdf, 2, { seed: 1 })).toThrow(/binWidth must have exactly 4/);
    expect(() => inverseTransformSampling1d(tf.zeros([2, 4]), tf.zeros([3, 4]), 2, { seed: 1 })).toThrow(/bins: \[2\], pdf: \[3\]/);
  });

  it('draws each bin as often as its probability (seed 3)', () => {
    const drawn = inverseTransformSampling1d(bins, pdf, 20000, { seed: 3 });
    const share = (value: number) => tf.mean(tf.cast(tf.equal(drawn, value), 'float32')).dataSync()[0];
    [10, 20, 30, 40].forEach((value, i) => expect(share(value)).toBeCloseTo(pdf.dataSync()[i], 1.8));
  });

  it('draws uniform places in the bins (seed 4)', () => {
    const drawn = inverseTransformStratified1d(bins, tf.fill([4], 10), pdf, 20000, { seed: 4 });
    const inThird = tf.logicalAnd(tf.greaterEqual(drawn, 30), tf.less(drawn, 40));
    expect(tf.mean(tf.cast(inThird, 'float32')).dataSync()[0]).toBeCloseTo(0.6, 1.8);
    const place = tf.div(tf.sum(tf.mul(tf.cast(inThird, 'float32'), drawn)), tf.sum(tf.cast(inThird, 'float32')));
    expect(place.dataSync()[0]).toBeCloseTo(35, 0);
  });

  it('takes a distribution of zeros as uniform', () => {
    expect(new Set(inverseTransformSampling1d(bins, tf.zeros([4]), 200, { seed: 5 }).dataSync()).size).toBe(4);
  });

  it.each([1, 2, 3])('broadcasts, on random batches, with gradients to places and widths (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const [starts, widths, probabilities] = [random.uniform([...batch, 5]), random.uniform([5], 0.1, 1), random.uniform([...batch, 5], 0, 1)];
    const draw = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => inverseTransformStratified1d(a, b, c, 7, { seed });
    expect(draw(starts, widths, probabilities).shape).toEqual([...batch, 7]);
    const before = tf.memory().numTensors;
    const gradients = tf.grads((a, b) => tf.sum(draw(a, b, probabilities)))([starts, widths]);
    expect(allFinite(...gradients)).toBe(true);
    // Every sample moves with the start of its bin.
    expect(tf.tidy(() => tf.sum(gradients[0]).dataSync()[0])).toBeCloseTo(7 * (starts.size / 5), 3);
    tf.dispose(gradients);
    expect(tf.memory().numTensors).toBe(before);
  });
});
