import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../testing/gradients';
import * as tf from '../tf';
import { downsample, merge, split, upsample } from './pyramid';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('pyramid', () => {
  it.each([[8, 8], [7, 10], [5, 3]])('merge undoes split of a %i × %i image', (height, width) => {
    const image = tf.randomNormal<tf.Rank.R4>([2, height, width, 3], 0, 1, 'float32', 1);
    const levels = split(image, 2);
    expect(levels.map(({ shape }) => shape[1])).toEqual([height, Math.ceil(height / 2), Math.ceil(Math.ceil(height / 2) / 2)]);
    expect(tf.max(tf.abs(tf.sub(merge(levels), image))).dataSync()[0]).toBeLessThan(1e-5);
  });

  it('keeps a constant image constant, off the borders', () => {
    const [, half] = downsample(tf.ones([1, 16, 16, 1]), 1);
    const [, twice] = upsample(tf.ones([1, 8, 8, 1]), 1);
    expect(half.arraySync()[0][4][4][0]).toBeCloseTo(1, 6);
    expect(twice.arraySync()[0][8][8][0]).toBeCloseTo(1, 6);
  });

  it('has the gradients of central differences', () => {
    const values = Array.from({ length: 5 * 6 * 2 }, (_, i) => Math.sin(i));
    const loss = (x: tf.Tensor) => split(x as tf.Tensor4D, 1).map(probe).reduce((a, b) => tf.add(a, b));
    expect(checkGradient(loss, [1, 5, 6, 2], values, 0.1).relativeError).toBeLessThan(1e-4);
  });

  it('refuses what is no image by name', () => {
    expect(() => downsample(tf.zeros([4, 4, 3]) as unknown as tf.Tensor4D, 1)).toThrow(/image must have a rank of 4/);
  });
});
