import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { MonteCarloConvolution } from './monteCarlo';

beforeAll(async () => { await tf.setBackend('cpu'); });

const [RADIUS, SAMPLES] = [0.2, 800];
/** Along the border x = 1/2 of the part that is sampled twice as densely, and within it. */
const queries = tf.tensor2d([[0.45, 0.5, 0], [0.5, 0.4, 0], [0.55, 0.6, 0], [0.65, 0.5, 0]]);

/** Points of a strip of the unit square around the queries: so many everywhere, and half as many again in its right half where that is dense. */
function samples(count: number, dense: boolean, seed: number): tf.Tensor2D {
  const random = createRandom(seed);
  const across = () => 0.15 + 0.7 * random.uniform();
  const everywhere = Array.from({ length: count }, () => [random.uniform(), across(), 0]);
  const right = Array.from({ length: dense ? count / 2 : 0 }, () => [(1 + random.uniform()) / 2, across(), 0]);
  return tf.tensor2d([...everywhere, ...right]);
}

const featuresOf = (points: tf.Tensor): tf.Tensor => tf.add(1, tf.sin(tf.mul(5, tf.slice(points, [0, 0], [-1, 2]))));

/** Mean and standard deviation of each output over many samplings. */
function momentsOf(layer: MonteCarloConvolution, dense: boolean, seeds: readonly number[]): { mean: Float32Array; deviation: Float32Array } {
  const { mean, variance } = tf.moments(tf.stack(seeds.map((seed) => tf.tidy(() => {
    const points = samples(SAMPLES, dense, seed);
    return layer.apply([featuresOf(points), points, queries]) as tf.Tensor;
  }))), 0);
  return { mean: mean.dataSync<'float32'>(), deviation: tf.sqrt(variance).dataSync<'float32'>() };
}

const seeds = (first: number) => Array.from({ length: 10 }, (_, i) => first + i);

/** How far the outputs move (root mean square), in standard deviations of one sampling, when the right half is sampled twice as densely. */
function movement(densityCorrection: boolean): number {
  const layer = new MonteCarloConvolution({ channels: 4, radius: RADIUS, densityCorrection });
  const [even, uneven] = [momentsOf(layer, false, seeds(1)), momentsOf(layer, true, seeds(101))];
  return Math.hypot(...even.mean.map((mean, i) => (uneven.mean[i] - mean) / even.deviation[i])) / Math.sqrt(even.mean.length);
}

describe('MonteCarloConvolution', () => {
  it('stays within its standard deviation when a region is sampled twice as densely; the mean without the density does not', () => {
    expect(movement(true)).toBeLessThan(1);
    expect(movement(false)).toBeGreaterThan(2);
  });

  it('approaches the integral, with as little variance as samples allow', () => {
    // The kernel is 1 and so is the feature: the volume of the ball, where points fill a cube.
    const layer = new MonteCarloConvolution({ channels: 1, radius: 0.3, bandwidth: 0.2 });
    const random = createRandom(9);
    const points = tf.tensor2d(Array.from({ length: 4000 }, () => [random.uniform(), random.uniform(), random.uniform()]));
    const run = () => layer.apply([tf.ones([4000, 1]), points, tf.tensor2d([[0.5, 0.5, 0.5]])]) as tf.Tensor;
    run();
    layer.trainableWeights[0].write(tf.tensor2d([0, 0, 0, 0, 0, 0, 0, 0, 1], [9, 1]));
    expect(Math.abs(run().dataSync()[0] / (4 / 3 * Math.PI) - 1)).toBeLessThan(0.15);
  });

  it('of several networks is several layers side by side, each for its share of the outputs', () => {
    const random = randomTensors(7);
    const inputs = [random.uniform([9, 2]), random.uniform([9, 3], -0.3, 0.3)];
    const layer = new MonteCarloConvolution({ channels: 5, kernelNet: [3, 4], kernelNets: 2 });
    const y = layer.apply(inputs) as tf.Tensor;
    const weights = layer.getWeights();
    expect(weights.map(({ shape }) => shape)).toEqual([[10, 2], [2], [10, 3], [3], [3, 6], [6], [3, 8], [8]]);
    const parts = [0, 1].map((net) => {
      const alone = new MonteCarloConvolution({ channels: 2 + net, kernelNet: [3, 4], kernelNets: 1 });
      alone.apply(inputs);
      alone.setWeights([weights[2 * net], weights[2 * net + 1], ...weights.slice(4).map((weight) => tf.split(weight, 2, -1)[net])]);
      return alone.apply(inputs) as tf.Tensor;
    });
    expect(largestDifference(y, tf.concat(parts, 1))).toBeLessThan(1e-5);
    expect(() => new MonteCarloConvolution({ channels: 2, kernelNets: 0 })).toThrow(/kernelNets must be a whole number of at least 1, not 0/);
  });

  it('has the networks that TensorFlow Graphics was to have: four, of eight hidden units', () => {
    const layer = new MonteCarloConvolution({ channels: 8 });
    layer.apply([tf.zeros([1, 2]), tf.zeros([1, 3])]);
    expect(layer.getWeights().map(({ shape }) => shape)).toEqual([...[1, 2, 3, 4].flatMap(() => [[18, 2], [2]]), [3, 32], [32]]);
    expect(layer.getConfig()).toMatchObject({ kernelNet: [8], kernelNets: 4, kernelActivation: 'leakyRelu', bandwidth: 0.2 });
  });

  it('is the definition, with the density of all points', () => {
    const random = randomTensors(6);
    const [features, points, densities] = [random.uniform([7, 2]), random.uniform([7, 3], -0.3, 0.3), random.uniform([7], 1, 2)];
    const layer = new MonteCarloConvolution({ channels: 3, radius: 2, kernelNet: [5], kernelNets: 1 });
    const y = layer.apply([features, points], { density: densities }) as tf.Tensor;
    const [mix, , kernel, bias] = layer.getWeights();
    const offsets = tf.div(tf.sub(tf.expandDims(points, 0), tf.expandDims(points, 1)), 2);
    const hidden = tf.leakyRelu(tf.add(tf.reshape(tf.matMul(tf.reshape(offsets, [49, 3]), kernel as tf.Tensor2D), [7, 7, 5]), bias), 0.2);
    const basis = tf.div(tf.concat([hidden, tf.ones([7, 7, 1])], -1), tf.reshape(tf.mul(densities, 8), [1, 7, 1]));
    const sums = tf.reshape(tf.matMul(basis, tf.tile(tf.expandDims(features, 0), [7, 1, 1]), true), [7, 12]);
    expect(largestDifference(y, tf.matMul(sums as tf.Tensor2D, mix as tf.Tensor2D))).toBeLessThan(1e-5);
  });
});
