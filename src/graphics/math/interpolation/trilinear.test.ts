import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { interpolate } from './trilinear';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('trilinear interpolation', () => {
  it('refuses wrong shapes by name', () => {
    expect(() => interpolate(tf.zeros([2, 2, 2]), tf.zeros([4, 3]))).toThrow(/grid3d must have a rank of greater than 3/);
    expect(() => interpolate(tf.zeros([2, 2, 2, 1]), tf.zeros([4, 2]))).toThrow(/samplingPoints must have exactly 3 dimensions in axis -1/);
    expect(() => interpolate(tf.zeros([5, 2, 2, 2, 1]), tf.zeros([4, 4, 3]))).toThrow(/grid3d: \[5\], samplingPoints: \[4\]/);
  });

  it.each([1, 2, 3])('reproduces linear functions, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const [h, w, d] = [3, 4, 5];
    const axis = (size: number, shape: number[]) => tf.reshape(tf.range(0, size), shape);
    const places = [axis(h, [h, 1, 1]), axis(w, [1, w, 1]), axis(d, [1, 1, d])].map((x) => tf.broadcastTo(x, [h, w, d]));
    const grid = tf.broadcastTo(tf.stack(places, -1), [...batch, h, w, d, 3]);
    const points = tf.mul(random.uniform([...batch, 6, 3], 0, 1), tf.tensor1d([h - 1, w - 1, d - 1]));
    expect(largestDifference(interpolate(grid, points), points)).toBeLessThan(3e-6);
  });

  it('has the gradients of central differences, finite on voxels and outside', () => {
    const random = randomTensors(4);
    const grid = random.uniform([2, 3, 2, 2]);
    const points = tf.tensor2d([[0.4, 1.3, 0.7], [0.2, 0.6, 0.1]]);
    expect(checkGradient((x) => probe(interpolate(grid, x)), [2, 3], [...points.dataSync()]).relativeError).toBeLessThan(3e-3);
    expect(checkGradient((x) => probe(interpolate(x, points)), [2, 3, 2, 2], [...grid.dataSync()], 0.1).relativeError).toBeLessThan(3e-3);
    expect(allFinite(tf.grad((x) => probe(interpolate(grid, x)))(tf.tensor2d([[0, 1, 1], [1, 2, 1], [-3, 5, 9]])))).toBe(true);
  });

  it('takes a grid of one voxel', () => {
    expect(Array.from(interpolate(tf.fill([1, 1, 1, 1], 7), tf.tensor2d([[0.3, -1, 2]])).dataSync())).toEqual([7]);
  });

  it('leaves no tensors behind, with its gradients', () => {
    const [grid, points] = [tf.ones([2, 2, 2, 1]), tf.fill([3, 3], 0.5)];
    const before = tf.memory().numTensors;
    interpolate(grid, points).dispose();
    tf.dispose(tf.grads((g, p) => tf.sum(interpolate(g, p)))([grid, points]));
    expect(tf.memory().numTensors).toBe(before);
  });
});
