import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from './tf';
import { numericGradient } from './testing/gradients';

beforeAll(() => tf.setBackend('cpu'));

const values = [-1.3, -0.4, 0.2, 0.9];

/** Σ over x of the given function's derivative, and its derivative by tf.grad of tf.grad. */
const secondDerivative = (f: (x: tf.Tensor) => tf.Tensor): Float32Array => tf.tidy(() => {
  const first = tf.grad((x) => tf.sum(f(x)));
  return tf.grad((x) => tf.sum(tf.square(first(x))))(tf.tensor1d(values)).dataSync<'float32'>();
});

/** The same from closed forms: the gradient of Σ f'(x)² by central differences. */
const expectedSecond = (gradientOfSum: (x: Float64Array) => Float64Array) =>
  numericGradient((x) => gradientOfSum(x).reduce((sum, d) => sum + d * d, 0), Float64Array.from(values));

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softmax = (x: Float64Array) => {
  const total = x.reduce((sum, value) => sum + Math.exp(value), 0);
  return x.map((value) => Math.exp(value) / total);
};
/** Weights that make softmax's sum depend on its input. */
const weights = [0.3, -1, 2, 0.7];

describe('second derivatives are those of the function', () => {
  const elementwise = (f: (x: number) => number) => (x: Float64Array) => x.map(f);
  it.each<[string, (x: tf.Tensor) => tf.Tensor, (x: Float64Array) => Float64Array]>([
    ['exp', (x) => tf.sin(tf.exp(x)), elementwise((x) => Math.cos(Math.exp(x)) * Math.exp(x))],
    ['tanh', (x) => tf.square(tf.tanh(x)), elementwise((x) => 2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2))],
    ['sigmoid', (x) => tf.square(tf.sigmoid(x)), elementwise((x) => 2 * sigmoid(x) ** 2 * (1 - sigmoid(x)))],
    ['softmax', (x) => tf.mul(tf.softmax(x), weights), (x) => {
      const p = softmax(x);
      const mean = p.reduce((sum, pi, i) => sum + pi * weights[i], 0);
      return p.map((pi, i) => pi * (weights[i] - mean));
    }],
  ])('%s', (_name, f, gradientOfSum) => {
    const expected = expectedSecond(gradientOfSum);
    secondDerivative(f).forEach((actual, i) => expect(actual).toBeCloseTo(expected[i], 4));
  });
});

it('comparisons can stand inside a differentiated function', () => {
  const relu = tf.grad((x) => tf.sum(tf.where(tf.greater(x, 0), tf.square(x), tf.mul(x, 3))));
  expect(Array.from(relu(tf.tensor1d([-2, 5])).dataSync())).toEqual([3, 10]);
  for (const compare of [tf.greaterEqual, tf.less, tf.lessEqual, tf.equal, tf.notEqual]) {
    const gradient = tf.grad((x) => tf.sum(tf.mul(tf.cast(compare(x, 1), 'float32'), x)));
    const selected = compare(tf.tensor1d([-2, 1, 5]), 1).dataSync();
    expect(Array.from(gradient(tf.tensor1d([-2, 1, 5])).dataSync())).toEqual(Array.from(selected, Number));
  }
});

it('stopGradient passes values and no gradient', () => {
  const x = tf.tensor1d([2, 3]);
  expect(Array.from(tf.stopGradient(x).dataSync())).toEqual([2, 3]);
  const gradient = tf.grad((t) => tf.sum(tf.mul(t, tf.stopGradient(tf.square(t)))));
  expect(Array.from(gradient(x).dataSync())).toEqual([4, 9]);
});
