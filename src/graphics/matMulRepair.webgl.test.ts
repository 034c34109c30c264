import { beforeAll, expect, it } from 'vitest';
import { keepOnGPU } from './kernels/testing/backends';
import { largestDifference, randomTensors } from './testing/randomTensors';
import * as tf from './tf';

beforeAll(async () => {
  await tf.setBackend('webgl');
  keepOnGPU();
});

it.each([[3, 3, 3], [9, 5, 3], [2, 7, 4], [1, 3, 1]])('a product of computed matrices %i × %i and %i wide is right, transposed or not', (rows, shared, columns) => {
  const random = randomTensors(1);
  const [a, b] = [random.uniform([2, rows, shared]), random.uniform([2, shared, columns])];
  // Adding a number leaves it in what pads a matrix of odd size on the GPU, too.
  const [aPlus, bPlus] = [tf.add(a, 5), tf.add(b, 7)];
  const expected = tf.sum(tf.mul(tf.expandDims(aPlus, 3), tf.expandDims(bPlus, 1)), 2);
  expect(largestDifference(tf.matMul(aPlus, bPlus), expected)).toBeLessThan(1e-3);
  const across = (t: tf.Tensor, offset: number) => tf.add(tf.transpose(tf.sub(t, offset), [0, 2, 1]), offset);
  expect(largestDifference(tf.matMul(across(aPlus, 5), bPlus, true), expected)).toBeLessThan(1e-3);
  expect(largestDifference(tf.matMul(aPlus, across(bPlus, 7), false, true), expected)).toBeLessThan(1e-3);
});

it('a product leaves no tensors and no textures behind', () => {
  const backend = tf.backend() as tf.MathBackendWebGL;
  const a = tf.add(tf.zeros([3, 3]), 5);
  const before = [tf.memory().numTensors, backend.numDataIds()];
  tf.tidy(() => {
    expect(Array.from(tf.matMul(a, a).dataSync())).toEqual(new Array(9).fill(75));
  });
  expect([tf.memory().numTensors, backend.numDataIds()]).toEqual(before);
});
