import { expect, it } from 'vitest';
import { randomTensors } from '../../testing/randomTensors';
import { differenceOfBackends } from '../../testing/sameOnBackends';
import * as tf from '../../tf';
import { solve, svd3 } from '.';

/** Far from singular, of any size. */
const matrices = (seed: number, shape: number[]) => tf.tidy(() => tf.add(randomTensors(seed).uniform(shape), tf.mul(tf.eye(shape[shape.length - 1]), 2.5)));

it.each([1, 2, 3, 7])('systems of %i unknowns have the solution and gradients on the GPU that they have without', async (size) => {
  const make = () => [matrices(1, [5, size, size]), randomTensors(2).uniform([5, size, 2])];
  expect(await differenceOfBackends(make, solve)).toBeLessThan(1e-4);
});

it('finds the same singular values and vectors, with their gradients', async () => {
  // Apart from each other, so that the vectors are determined.
  const make = () => [tf.tidy(() => tf.mul(matrices(3, [4, 3, 3]), tf.tensor2d([[1, 0.4, 0.4], [0.4, 2, 0.4], [0.4, 0.4, 3]])))];
  expect(await differenceOfBackends(make, (matrix) => svd3(matrix).s)).toBeLessThan(1e-4);
  expect(await differenceOfBackends(make, (matrix) => {
    const { u, v } = svd3(matrix);
    // Pairs of vectors may be mirrored together.
    return tf.matMul(u, v, false, true);
  })).toBeLessThan(1e-3);
});

it('sums by letters the same', async () => {
  const make = () => [randomTensors(4).uniform([3, 4]), randomTensors(5).uniform([4, 5])];
  for (const equation of ['ij,jk->ik', 'ij,jk->k', 'ij,jk->']) expect(await differenceOfBackends(make, (a, b) => tf.einsum(equation, a, b))).toBeLessThan(1e-4);
});
