import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { distortionFactor, undistortionFactor } from './quadraticRadialDistortion';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('quadratic radial distortion', () => {
  it('refuses shapes by name', () => {
    expect(() => distortionFactor(tf.zeros([3]), tf.scalar(0.1))).toThrow(/squaredRadius must have a rank of greater than 1/);
    expect(() => undistortionFactor(tf.zeros([3, 2, 2]), tf.zeros([2]))).toThrow(/broadcast-compatible: \[distortedSquaredRadius: \[3\], distortionCoefficient: \[2\]\]/);
  });

  it('is 1 + k·r², and overflows where the distorted radius no longer grows', () => {
    const { distortionFactor: factor, overflowMask } = distortionFactor(tf.tensor2d([[1, 4]]), tf.scalar(-0.25));
    expect(factor.arraySync()).toEqual([[0.75, 0]]);
    expect(overflowMask.arraySync()).toEqual([[0, 1]]);
    expect(undistortionFactor(tf.tensor2d([[0.5, 0.7]]), tf.scalar(-0.25)).overflowMask.arraySync()).toEqual([[0, 1]]);
  });

  it('is undone by the undistortion, batch by batch (seed 2)', () => {
    const random = randomTensors(2);
    for (let trial = 0; trial < 5; trial++) {
      const batch = random.batch();
      const [squaredRadius, coefficient] = [random.uniform([...batch, 3, 4], 0, 1), random.uniform(batch, -0.15, 0.5)];
      const { distortionFactor: factor } = distortionFactor(squaredRadius, coefficient);
      const { undistortion } = undistortionFactor(tf.mul(squaredRadius, tf.square(factor)), coefficient);
      expect(largestDifference(tf.mul(factor, undistortion), tf.onesLike(factor))).toBeLessThan(1e-3);
    }
  });

  it('has the gradients of central differences, also through the iterations', () => {
    const radii = [0.1, 0.4, 0.8, 1.2];
    expect(checkGradient((x) => probe(distortionFactor(x, tf.scalar(0.2)).distortionFactor), [2, 2], radii).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => probe(undistortionFactor(x, tf.scalar(-0.08)).undistortion), [2, 2], radii).relativeError).toBeLessThan(2e-3);
    expect(checkGradient((k) => probe(undistortionFactor(tf.tensor2d([radii]), k).undistortion), [1], [0.3]).relativeError).toBeLessThan(2e-3);
  });

  it('is finite with its gradient where the lens folds', () => {
    const folds = tf.tensor2d([[4 / 27, 1 / 3, 1]]);
    const [value, gradient] = [undistortionFactor(folds, tf.scalar(-1)).undistortion, tf.grad((x) => undistortionFactor(x, tf.scalar(-1)).undistortion)(folds)];
    expect(allFinite(value, gradient)).toBe(true);
  });
});
