import { beforeAll, expect, it } from 'vitest';
import * as tf from '../../../graphics/tf';
import { boundGradient } from './boundedGradient';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

it('shortens long rows of a gradient, keeps short ones, and changes no value', () => {
  const x = tf.tensor2d([[1, 2], [3, 4], [5, 6]]);
  const slopes = tf.tensor2d([[30, 40], [0.3, 0.4], [0, 0]]);
  expect(boundGradient(x, 1).arraySync()).toEqual(x.arraySync());
  const gradient = tf.grad((v) => tf.sum(tf.mul(boundGradient(v as tf.Tensor2D, 1), slopes)))(x).arraySync() as number[][];
  [[0.6, 0.8], [0.3, 0.4], [0, 0]].forEach((row, i) => row.forEach((g, j) => expect(gradient[i][j]).toBeCloseTo(g, 5)));
});
