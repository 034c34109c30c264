import { beforeAll, describe, expect, it } from 'vitest';
import { nearestNeighbors } from '../../../scene/nearestNeighbors';
import * as tf from '../../tf';
import { nearestRows } from '..';
import { randomValues } from '../testing/views';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('nearestRows', () => {
  it.each([[7, 3, 2], [40, 16, 5], [1100, 12, 20]])('of %i points in %i dimensions are what comparing all with all finds (k = %i)', (count, dimension, k) => {
    const values = randomValues(2 * count * dimension, 1);
    const expected = [0, 1].flatMap((b) => Array.from(nearestNeighbors(values.subarray(b * count * dimension, (b + 1) * count * dimension), dimension, k).indices));
    const found = nearestRows(tf.tensor3d(values, [2, count, dimension]), k);
    expect(found.dtype).toBe('int32');
    expect(Array.from(found.dataSync())).toEqual(expected);
  });

  it('do not mind where the cloud lies, and turn with the order of its points', () => {
    const points = tf.tensor3d(randomValues(60 * 12, 2), [1, 60, 12]);
    const here = Array.from(nearestRows(points, 6).dataSync());
    expect(Array.from(nearestRows(tf.add(points, 100), 6).dataSync())).toEqual(here);
    const reversed = Array.from(nearestRows(tf.reverse(points, 1), 6).dataSync(), (index) => 59 - index);
    expect(reversed.slice(-6)).toEqual(here.slice(0, 6));
  });

  it('leave padding out, and say where there are too few', () => {
    const points = tf.tensor3d(randomValues(2 * 5 * 3, 3), [2, 5, 3]);
    const found = nearestRows(points, 4, { sizes: tf.tensor1d([2, 5], 'int32') }).arraySync();
    expect(found[0].slice(0, 2)).toEqual([[0, 1, -1, -1], [1, 0, -1, -1]]);
    expect(found[1].flat().every((index) => index >= 0)).toBe(true);
  });

  it('of points that coincide come by index', () => {
    expect(nearestRows(tf.ones([1, 4, 2]), 3).arraySync()).toEqual([[[0, 1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2]]]);
  });

  it('refuse wrong input by name, and leave no tensors behind', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      expect(() => nearestRows(tf.zeros([4, 3]) as tf.Tensor as tf.Tensor3D, 2)).toThrow(/points must have a rank of 3/);
      expect(() => nearestRows(tf.zeros([1, 4, 3]), 0)).toThrow(/k must be a whole number of at least 1, not 0/);
      expect(() => nearestRows(tf.zeros([1, 4, 3]), 2, { sizes: tf.tensor1d([4, 4], 'int32') })).toThrow(/sizes must have exactly 1 dimensions in axis 0/);
      nearestRows(tf.zeros([1, 4, 3]), 2);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
