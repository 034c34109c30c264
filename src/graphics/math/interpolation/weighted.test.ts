import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../../assertions';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { getBarycentricCoordinates, interpolate } from './weighted';

beforeAll(async () => { await tf.setBackend('cpu'); });
afterEach(() => enableAssertions(false));

describe('weighted interpolation', () => {
  it('refuses wrong shapes by name', () => {
    const indices = tf.zeros([3, 1], 'int32');
    expect(() => interpolate(tf.zeros([4]), tf.zeros([3]), indices)).toThrow(/points must have a rank of greater than 1/);
    expect(() => interpolate(tf.zeros([4, 2]), tf.zeros([2]), indices)).toThrow(/indices must have exactly 2 dimensions in axis -2/);
    expect(() => interpolate(tf.zeros([4, 4, 2]), tf.zeros([3]), indices)).toThrow(/indices must have exactly 2 dimensions in axis -1/);
    expect(() => interpolate(tf.zeros([4, 2]), tf.zeros([2, 3]), tf.zeros([5, 3, 1], 'int32'))).toThrow(/weights: \[2\], indices: \[5\]/);
  });

  it.each([1, 2, 3])('takes means of points of a grid, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const points = random.uniform([3, 4, 2]);
    const weights = random.uniform([...batch, 5], 0.1, 1);
    const indices = random.integers([...batch, 5, 2], 3);
    const expected = tf.div(
      tf.sum(tf.mul(tf.gatherND(points, indices), tf.expandDims(weights, -1)), -2), tf.sum(weights, -1, true),
    );
    expect(largestDifference(interpolate(points, weights, indices), expected)).toBeLessThan(1e-6);
  });

  it('has the gradients of central differences', () => {
    const indices = tf.tensor2d([[0], [2], [2]], [3, 1], 'int32');
    const [points, weights] = [tf.tensor2d([[1, 2], [0.3, 0.4], [-1, 0.5]]), tf.tensor1d([0.3, 0.5, 0.4])];
    expect(checkGradient((x) => probe(interpolate(x, weights, indices)), [3, 2], [...points.dataSync()]).relativeError).toBeLessThan(2e-3);
    expect(checkGradient((x) => probe(interpolate(points, x, indices)), [3], [...weights.dataSync()]).relativeError).toBeLessThan(2e-3);
  });

  it('stays finite where the weights sum to 0', () => {
    const indices = tf.tensor2d([[0], [1]], [2, 1], 'int32');
    const f = (x: tf.Tensor) => interpolate(tf.ones([2, 2]), x, indices, { allowNegativeWeights: true });
    expect(allFinite(f(tf.tensor1d([1, -1])), tf.grad((x) => probe(f(x)))(tf.tensor1d([1, -1])))).toBe(true);
  });

  it('refuses negative weights when assertions are enabled, unless allowed', () => {
    enableAssertions(true);
    const call = (allowNegativeWeights: boolean) => interpolate(tf.ones([2, 2]), tf.tensor1d([-1]), tf.zeros([1, 1], 'int32'), { allowNegativeWeights });
    expect(() => call(false)).toThrow(/weights must lie in \[0, Infinity\]/);
    expect(() => call(true)).not.toThrow();
  });
});

describe('barycentric coordinates', () => {
  it('refuse wrong shapes by name', () => {
    expect(() => getBarycentricCoordinates(tf.zeros([2, 2]), tf.zeros([1, 2]))).toThrow(/triangleVertices must have exactly 3 dimensions in axis -2/);
    expect(() => getBarycentricCoordinates(tf.zeros([3, 2]), tf.zeros([1, 3]))).toThrow(/pixels must have exactly 2 dimensions in axis -1/);
  });

  it.each([4, 5, 6])('give the pixels back, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const corners = tf.add(tf.mul(random.uniform([...batch, 3, 2]), 0.2), tf.tensor2d([[0, 0], [2, 0], [0, 2]]));
    const pixels = random.uniform([...batch, 7, 2], -1, 2);
    const { barycentricCoordinates, valid } = getBarycentricCoordinates(corners, pixels);
    expect(largestDifference(tf.matMul(barycentricCoordinates, corners), pixels)).toBeLessThan(1e-5);
    const inside = tf.greaterEqual(tf.min(barycentricCoordinates, -1), 0);
    expect(Array.from(valid.dataSync())).toEqual(Array.from(inside.dataSync()));
    const { valid: turned } = getBarycentricCoordinates(tf.reverse(corners, -2), pixels);
    expect(Array.from(turned.dataSync())).toEqual(Array.from(valid.dataSync()));
  });

  it('have the gradients of central differences, finite for a triangle without area', () => {
    const pixels = tf.tensor2d([[0.4, 0.3], [1.2, -0.3]]);
    const f = (x: tf.Tensor) => probe(getBarycentricCoordinates(x, pixels).barycentricCoordinates);
    expect(checkGradient(f, [3, 2], [0, 0.1, 2, 0.3, 0.2, 1.7]).relativeError).toBeLessThan(3e-3);
    const { barycentricCoordinates, valid } = getBarycentricCoordinates(tf.zeros([3, 2]), pixels);
    expect(allFinite(barycentricCoordinates, tf.grad(f)(tf.zeros([3, 2])))).toBe(true);
    expect(Array.from(valid.dataSync())).toEqual([0, 0]);
    const line = tf.tensor2d([[0, 0], [1, 0], [2, 0]]);
    expect(tf.max(tf.abs(getBarycentricCoordinates(line, pixels).barycentricCoordinates)).dataSync()[0]).toBe(0);
    expect(tf.max(tf.abs(tf.grad(f)(line))).dataSync()[0]).toBe(0);
  });
});
