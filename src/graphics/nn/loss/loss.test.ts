import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { chamferDistance, hausdorffDistance } from '.';
import { nearestSquaredDistances } from './nearest';

beforeAll(async () => { await tf.setBackend('cpu'); });

/** By the whole matrix of distances. */
const matrix = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.squaredDifference(tf.expandDims(a, -2), tf.expandDims(b, -3)), -1);
const byMatrix = {
  chamferDistance: (a: tf.Tensor, b: tf.Tensor) => tf.add(tf.mean(tf.min(matrix(a, b), -1), -1), tf.mean(tf.min(matrix(a, b), -2), -1)),
  hausdorffDistance: (a: tf.Tensor, b: tf.Tensor) => tf.sqrt(tf.max(tf.min(matrix(a, b), -1), -1)),
};
const losses = [['chamferDistance', chamferDistance.evaluate], ['hausdorffDistance', hausdorffDistance.evaluate]] as const;

describe.each(losses)('%s', (name, evaluate) => {
  it('refuses wrong shapes by name', () => {
    expect(() => evaluate(tf.zeros([4]), tf.zeros([4, 3]))).toThrow(/pointSetA must have a rank of greater than 1/);
    expect(() => evaluate(tf.zeros([4, 3]), tf.zeros([4, 2]))).toThrow(/pointSetB must have exactly 3 dimensions in axis -1/);
    expect(() => evaluate(tf.zeros([2, 4, 3]), tf.zeros([5, 4, 3]))).toThrow(/pointSetA: \[2\], pointSetB: \[5\]/);
    expect(() => evaluate(tf.zeros([4, 3]), tf.zeros([0, 3]))).toThrow(/pointSetB must have a point/);
  });

  it.each([1, 2, 3])('is that of the whole distance matrix, on random batches that broadcast (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const [a, b] = [random.uniform([...batch, 9, 3]), random.uniform([5, 3])];
    expect(largestDifference(evaluate(a, b), byMatrix[name](a, b))).toBeLessThan(1e-6);
    expect(largestDifference(evaluate(b, a), byMatrix[name](b, a))).toBeLessThan(1e-6);
  });

  it('has the gradients of central differences', () => {
    const [a, b] = [[0.1, 0.2, 0.9, -0.3, -0.6, 0.4], tf.tensor2d([[0.3, 0.1], [-0.5, -0.2]])];
    expect(checkGradient((x) => evaluate(x, b), [3, 2], a, 1e-3).relativeError).toBeLessThan(5e-3);
    expect(checkGradient((x) => evaluate(tf.tensor2d(a, [3, 2]), x), [2, 2], [...b.dataSync()], 1e-3).relativeError).toBeLessThan(5e-3);
  });

  it('is 0 with finite gradients between equal sets, and leaves no tensors behind', () => {
    const points = randomTensors(4).uniform([6, 3]);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      expect(evaluate(points, points).dataSync()[0]).toBe(0);
      expect(allFinite(...tf.grads((x, y) => evaluate(x, y))([points, points]))).toBe(true);
    });
    evaluate(points, points).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('nearest distances are the same piece by piece, and by a tree (seed 5)', () => {
  const random = randomTensors(5);
  const [a, b] = [random.uniform([2, 20, 3]) as tf.Tensor3D, random.uniform([2, 7, 3]) as tf.Tensor3D];
  expect(largestDifference(nearestSquaredDistances(a, b, { mostDistances: 30 }), nearestSquaredDistances(a, b))).toBe(0);
  expect(largestDifference(nearestSquaredDistances(a, b, { treeFrom: 0 }), nearestSquaredDistances(a, b))).toBe(0);
});

it('the Hausdorff distance takes single points', () => {
  tf.tidy(() => {
    const far = (point: tf.Tensor) => hausdorffDistance.evaluate(point, tf.tensor2d([[0, 0], [1, 0]])) as tf.Scalar;
    expect(far(tf.tensor2d([[4, 4]])).dataSync()[0]).toBeCloseTo(5, 5);
    const slope = tf.grad((x) => far(x))(tf.tensor2d([[4, 4]])).dataSync();
    expect([...slope].map((v) => v.toFixed(3))).toEqual(['0.600', '0.800']);
  });
});

it('sets of thousands of points, with gradients, without a matrix of distances (seed 6)', () => {
  const random = randomTensors(6);
  const [a, b] = [random.uniform([4096, 3]), random.uniform([4096, 3])];
  const gradients = tf.grads((x, y) => chamferDistance.evaluate(x, y))([a, b]);
  expect(allFinite(...gradients)).toBe(true);
  const nan = tf.tidy(() => tf.concat([tf.fill([1, 3], NaN), tf.slice(a, 1)]));
  expect(Number.isNaN(chamferDistance.evaluate(nan, b).dataSync()[0])).toBe(true);
});
