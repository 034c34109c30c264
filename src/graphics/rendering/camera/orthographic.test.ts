import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { project, ray, unproject } from './orthographic';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('orthographic camera', () => {
  it('refuses shapes by name', () => {
    expect(() => project(tf.zeros([2, 4]))).toThrow(/point3d must have exactly 3 dimensions in axis -1, but it has shape \[2, 4\]/);
    expect(() => ray(tf.zeros([3]))).toThrow(/point2d must have exactly 2/);
    expect(() => unproject(tf.zeros([3, 2]), tf.zeros([3, 2]))).toThrow(/depth must have exactly 1/);
    expect(() => unproject(tf.zeros([3, 2]), tf.zeros([2, 1]))).toThrow(/broadcast-compatible: \[point2d: \[3\], depth: \[2\]\]/);
  });

  it('drops the depth, and looks along z', () => {
    expect(project(tf.tensor1d([1, 2, 3])).arraySync()).toEqual([1, 2]);
    expect(ray(tf.zeros([2, 1, 2])).arraySync()).toEqual([[[0, 0, 1]], [[0, 0, 1]]]);
  });

  it('comes back through unproject, along the ray (seed 1)', () => {
    const random = randomTensors(1);
    for (let trial = 0; trial < 5; trial++) {
      const batch = random.batch();
      const [pixels, depth] = [random.uniform([...batch, 2]), random.uniform([1])];
      const points = unproject(pixels, depth);
      expect(largestDifference(project(points), pixels)).toBe(0);
      expect(largestDifference(tf.add(unproject(pixels, tf.tensor1d([0])), tf.mul(ray(pixels), depth)), points)).toBe(0);
    }
  });

  it('takes whole depths for pixels between whole numbers', () => {
    expect([...unproject(tf.tensor1d([1.5, 2.5]), tf.tensor1d([3], 'int32')).dataSync()]).toEqual([1.5, 2.5, 3]);
  });

  it('has the gradients of central differences', () => {
    expect(checkGradient((x) => probe(project(x)), [2, 3], [1, 2, 3, 4, 5, 6]).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => probe(unproject(tf.zeros([3, 2]), x)), [1], [2]).relativeError).toBeLessThan(1e-3);
  });
});
