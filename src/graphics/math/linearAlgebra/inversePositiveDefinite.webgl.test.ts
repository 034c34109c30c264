import { beforeAll, expect, it } from 'vitest';
import { keepOnGPU } from '../../kernels/testing/backends';
import { probe } from '../../testing/gradients';
import { largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { inversePositiveDefinite } from './inversePositiveDefinite';

beforeAll(async () => {
  await tf.setBackend('webgl');
  keepOnGPU();
});

it.each([1, 2, 3, 4])('inverses of positive definite matrices of size %i give the identity on webgl, with the gradient −A⁻¹ dy A⁻¹', (size) => {
  const factor = randomTensors(size).uniform([7, size, size]);
  const matrix = tf.add(tf.matMul(factor, factor, false, true), tf.mul(0.2, tf.eye(size)));
  const inverse = inversePositiveDefinite(matrix);
  expect(largestDifference(tf.matMul(matrix, inverse), tf.tile(tf.expandDims(tf.eye(size), 0), [7, 1, 1]))).toBeLessThan(1e-4);
  const dy = tf.grad((x) => probe(x))(inverse);
  const expected = tf.neg(tf.matMul(tf.matMul(inverse, dy), inverse));
  expect(largestDifference(tf.grad((x) => probe(inversePositiveDefinite(x)))(matrix), expected)).toBeLessThan(1e-3);
});
