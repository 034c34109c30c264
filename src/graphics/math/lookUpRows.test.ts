import { beforeAll, expect, it } from 'vitest';
import { largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { lookUpRows } from './lookUpRows';

beforeAll(async () => { await tf.setBackend('cpu'); });

it.each([1, 2])('rows looked up are those of tf.gather, with its first and second gradients, and nothing is left behind (seed %i)', (seed) => {
  const random = randomTensors(seed);
  const [values, indices] = [random.uniform([6, 3]) as tf.Tensor2D, random.integers([15], 6) as tf.Tensor1D];
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const cube = (look: (x: tf.Tensor2D, i: tf.Tensor1D) => tf.Tensor) => (x: tf.Tensor) => tf.sum(tf.pow(look(x as tf.Tensor2D, indices), 3));
    const gather = (x: tf.Tensor2D, i: tf.Tensor1D) => tf.gather(x, i);
    const second = (f: (x: tf.Tensor) => tf.Tensor) => tf.grad((x) => tf.sum(tf.square(tf.grad(f)(x))))(values);
    expect(largestDifference(lookUpRows(values, indices), gather(values, indices))).toBe(0);
    expect(largestDifference(tf.grad(cube(lookUpRows))(values), tf.grad(cube(gather))(values))).toBeLessThan(1e-5);
    expect(largestDifference(second(cube(lookUpRows)), second(cube(gather)))).toBeLessThan(1e-3);
  });
  expect(tf.memory().numTensors).toBe(before);
});
