import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../../assertions';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { Degree, interpolate, interpolateWithWeights, knotWeights } from './bspline';

beforeAll(async () => { await tf.setBackend('cpu'); });
afterEach(() => enableAssertions(false));

describe('B-splines', () => {
  it('refuse wrong shapes and degrees', () => {
    expect(() => interpolateWithWeights(tf.zeros([2, 5]), tf.zeros([4]))).toThrow(/weights must have exactly 5 dimensions in axis -1/);
    expect(() => interpolate(tf.scalar(1), tf.zeros([2]), 1, false)).toThrow(/knots must have a rank of greater than 0/);
    expect(() => knotWeights(tf.zeros([2]), 7, 5, false)).toThrow(/Degree should be between 0 and 4/);
    expect(() => knotWeights(tf.zeros([2]), 3, 3, false)).toThrow(/Degree cannot be >= number of knots/);
  });

  it.each([0, 1, 2, 3, 4])('of degree %i have weights that sum to 1 and reproduce lines, on random batches', (degree) => {
    const random = randomTensors(degree + 1);
    const batch = random.batch();
    const positions = random.uniform(batch, 0, 9 - degree);
    const weights = knotWeights(positions, 9, degree, false);
    expect(largestDifference(tf.sum(weights, -1), tf.ones(batch))).toBeLessThan(1e-6);
    if (degree === Degree.CONSTANT) return;
    // Knots on a line give the line, shifted by half the other knots of a piece.
    const line = interpolate(tf.range(0, 9), positions, degree, false);
    expect(largestDifference(line, tf.add(positions, (degree - 1) / 2))).toBeLessThan(1e-5);
  });

  it.each([1, 2, 3, 4])('of degree %i go round when cyclical, however far (seed %i)', (degree) => {
    const random = randomTensors(degree);
    const [knots, positions] = [random.uniform([2, 3, 6]), random.uniform([5], 0, 6)];
    const once = interpolate(knots, positions, degree, true);
    expect(once.shape).toEqual([5, 2, 3]);
    expect(largestDifference(interpolate(knots, tf.add(positions, 12), degree, true), once)).toBeLessThan(2e-5);
    expect(largestDifference(interpolate(knots, tf.sub(positions, 6), degree, true), once)).toBeLessThan(1e-5);
  });

  it('give the same densely and sparsely (seed 3)', () => {
    const positions = randomTensors(3).uniform([7], 0, 6);
    const { weights, shift } = knotWeights(positions, 6, 2, true, { sparseMode: true });
    const dense = knotWeights(positions, 6, 2, true).arraySync() as number[][];
    const sparse = weights.arraySync() as number[][];
    (shift.arraySync() as number[]).forEach((first, i) => sparse[i].forEach((weight, k) => expect(dense[i][(first + k) % 6]).toBeCloseTo(weight, 6)));
  });

  it('have the gradients of central differences, finite at knots and ends', () => {
    const random = randomTensors(4);
    const knots = random.uniform([2, 6]);
    for (const cyclical of [false, true]) {
      const f = (x: tf.Tensor) => probe(interpolate(knots, x, 3, cyclical));
      expect(checkGradient(f, [3], [0.3, 1.4, 2.7]).relativeError).toBeLessThan(3e-3);
      expect(checkGradient((x) => probe(interpolate(x, tf.tensor1d([0.3, 2.7]), 3, cyclical)), [6], [0.3, 0.1, -0.4, 0.8, 0.2, 0.5]).relativeError).toBeLessThan(3e-3);
      expect(allFinite(tf.grad(f)(tf.tensor1d([0, 1, 3])))).toBe(true);
    }
  });

  it('refuse positions outside of an open spline when assertions are enabled', () => {
    enableAssertions(true);
    expect(() => knotWeights(tf.tensor1d([3.5]), 5, 2, false)).toThrow(/positions must lie in \[0, 3\]/);
  });

  it('leave no tensors behind', () => {
    const [knots, positions] = [tf.ones([6]), tf.tensor1d([0.5])];
    const before = tf.memory().numTensors;
    tf.dispose([interpolate(knots, positions, 2, true), { ...knotWeights(positions, 6, 2, false, { sparseMode: true }) }]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
