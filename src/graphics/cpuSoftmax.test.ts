import { beforeAll, expect, it } from 'vitest';
import { randomValues } from './kernels/testing/views';
import { checkGradient, probe } from './testing/gradients';
import * as tf from './tf';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = (shape: number[], seed: number): tf.Tensor => tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);
const bits = (x: tf.Tensor) => Array.from(x.dataSync());

it('softmax is what it was, in rows of any width, with gradients', () => {
  for (const shape of [[50, 8], [3, 4, 1], [7]]) {
    const x = tf.mul(random(shape, 5), 30);
    const exponents = tf.exp(tf.sub(x, tf.max(x, -1, true)));
    expect(bits(tf.softmax(x))).toEqual(bits(tf.div(exponents, tf.sum(exponents, -1, true))));
  }
  expect(bits(tf.softmax(tf.tensor2d([[1, NaN], [0, 0]]))).map(Number.isNaN)).toEqual([true, true, false, false]);
  expect(checkGradient((x) => probe(tf.softmax(tf.reshape(x, [4, 5]))), [20], Array.from(randomValues(20, 6))).relativeError).toBeLessThan(1e-2);
});
