import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import * as tf from '../../tf';
import { im2col, type Windows } from './im2col';
import { col2imLoops, im2colLoops } from './im2col.cpu';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const reals = (n: number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => random.normal());
};
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);

const CASES: readonly (Windows & { readonly shape: [number, number, number, number] })[] = [
  { shape: [2, 5, 7, 3], size: 3, stride: 2, padding: 1 },
  { shape: [1, 8, 8, 2], size: 4, stride: 4, padding: 0 },
  { shape: [2, 6, 4, 1], size: 6, stride: 4, padding: 1 },
  { shape: [1, 3, 3, 5], size: 1, stride: 1, padding: 0 },
];

describe('im2col', () => {
  it('lays every window out as a row', () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    expect(Array.from(im2col(x, { size: 2, stride: 1, padding: 0 }).dataSync())).toEqual([1, 2, 4, 5, 2, 3, 5, 6, 4, 5, 7, 8, 5, 6, 8, 9]);
  });

  it('puts zeros where a window looks past the border', () => {
    const rows = im2col(tf.ones([1, 2, 2, 1]), { size: 3, stride: 2, padding: 1 });
    expect(rows.shape).toEqual([1, 9]);
    expect(Array.from(rows.dataSync())).toEqual([0, 0, 0, 0, 1, 1, 0, 1, 1]);
  });

  it.each(CASES)('has the transpose as its gradient, in float64: %o', ({ shape: [batch, height, width, channels], ...windows }) => {
    const attrs = { batch, height, width, channels, ...windows };
    const x = reals(batch * height * width * channels, 1);
    const rows = im2colLoops(x, attrs);
    const dy = reals(rows.length, 2);
    expect(dot(rows, dy)).toBeCloseTo(dot(x, col2imLoops(dy, attrs)), 10);
  });

  it('refuses other ranks and windows that do not fit', () => {
    expect(() => im2col(tf.ones([2, 2, 1]) as unknown as tf.Tensor4D, { size: 1, stride: 1, padding: 0 })).toThrow('x must have a rank of 4');
    expect(() => im2col(tf.ones([1, 2, 2, 1]), { size: 3, stride: 1, padding: 0 })).toThrow('smaller than a window of 3');
  });
});
