import { beforeAll, expect, it } from 'vitest';
import { largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { lookUpRows, sumRows } from './lookUpRows';

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

it('rows summed are those of tf.unsortedSegmentSum, with its first and second gradients; numbers beyond the rows are refused (seed 3)', () => {
  const random = randomTensors(3);
  const [values, indices] = [random.uniform([15, 3]), random.integers([15], 5) as tf.Tensor1D];
  const theirs = (x: tf.Tensor) => tf.unsortedSegmentSum(x, indices, 6);
  const ours = (x: tf.Tensor) => sumRows(x, indices, 6);
  const cube = (f: (x: tf.Tensor) => tf.Tensor) => tf.grad((x) => tf.sum(tf.pow(f(x), 3)));
  const second = (f: (x: tf.Tensor) => tf.Tensor) => tf.grad((x) => tf.mean(tf.square(cube(f)(x))))(values);
  expect(largestDifference(ours(values), theirs(values))).toBeLessThan(1e-5);
  expect(largestDifference(cube(ours)(values), cube(theirs)(values))).toBeLessThan(1e-4);
  expect(largestDifference(second(ours), second(theirs))).toBeLessThan(1e-3);
  expect(() => sumRows(tf.zeros([1, 2]), tf.tensor1d([7], 'int32'), 5)).toThrow(/entry 0 names number 7, but there are only 5/);
});
