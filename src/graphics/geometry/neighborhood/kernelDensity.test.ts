import { beforeAll, describe, expect, it } from 'vitest';
import { pointDensity } from '../../../scene/pointDensity';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { disposeNeighborhood } from '../convolution';
import { kernelDensity, radiusPairs } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = randomTensors(31);

describe('kernelDensity (seed 31)', () => {
  it('is the sum of Gaussians, for any batch', () => {
    for (const batch of [[], [2], [2, 3]]) {
      const points = random.uniform([...batch, 9, 3], 0, 0.4);
      const squared = tf.sum(tf.squaredDifference(tf.expandDims(points, -2), tf.expandDims(points, -3)), -1);
      const expected = tf.sum(tf.div(tf.exp(tf.mul(squared, -2)), (2 * Math.PI * 0.25) ** 1.5), -1);
      expect(largestDifference(kernelDensity(points, 0.5), expected)).toBeLessThan(1e-5);
    }
  });

  it('of points spread evenly is their number by volume', () => {
    const density = kernelDensity(random.uniform([3000, 2], 0, 1), 0.05).dataSync();
    // The median: at the rim it is less.
    expect(Math.abs(density.slice().sort()[1500] / 3000 - 1)).toBeLessThan(0.1);
  });

  it('is what plain loops make of it', () => {
    const points = random.uniform([50, 3]);
    expect(relativeError(kernelDensity(points, 0.3).dataSync(), pointDensity(points.dataSync<'float32'>(), 3, 0.3))).toBeLessThan(1e-5);
  });

  it('does not see padding', () => {
    const points = random.uniform([2, 6, 3]);
    const density = kernelDensity(points, 1, { sizes: tf.tensor1d([2, 6], 'int32') });
    expect(Array.from(density.dataSync().slice(2, 6))).toEqual([0, 0, 0, 0]);
    expect(relativeError(density.dataSync().slice(0, 2), kernelDensity(tf.slice(points, 0, [1, 2, 3]), 1).dataSync())).toBeLessThan(1e-6);
  });

  it('has the gradient of finite differences, finite where points coincide', () => {
    const values = Array.from(random.uniform([2, 5, 3]).dataSync());
    const pairs = radiusPairs(tf.zeros([2, 5, 3]), 1);
    expect(checkGradient((x) => probe(kernelDensity(x, 0.8, { neighbors: pairs })), [2, 5, 3], values).relativeError).toBeLessThan(1e-2);
    disposeNeighborhood(pairs);
    expect(allFinite(tf.grad((x) => tf.sum(kernelDensity(x, 0.5)))(tf.zeros([4, 3])))).toBe(true);
  });

  it('refuses wrong input by name and leaves no tensors behind', () => {
    expect(() => kernelDensity(tf.zeros([3]), 1)).toThrow(/points must have a rank of greater than 1/);
    expect(() => kernelDensity(tf.zeros([3, 3]), 0)).toThrow(/bandwidth must be greater than 0, not 0/);
    const pairs = radiusPairs(tf.zeros([2, 5, 3]), 1);
    expect(() => kernelDensity(tf.zeros([3, 5, 3]), 1, { neighbors: pairs })).toThrow(/points: \[3\], neighbors: \[2\]/);
    disposeNeighborhood(pairs);
    const points = tf.zeros([3, 3]);
    const before = tf.memory().numTensors;
    kernelDensity(points, 1).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
