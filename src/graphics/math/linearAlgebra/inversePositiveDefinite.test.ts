import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { inversePositiveDefinite } from './inversePositiveDefinite';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('inverses of positive definite matrices', () => {
  it('refuse other matrices by name', () => {
    expect(() => inversePositiveDefinite(tf.zeros([2, 3]))).toThrow(/matrix must have exactly 3 dimensions in axis -2/);
    expect(() => inversePositiveDefinite(tf.zeros([3]))).toThrow(/matrix must have a rank of greater than 1/);
  });

  it.each([1, 2, 3, 4, 6])('of size %i give the identity, on random batches', (size) => {
    const random = randomTensors(size);
    const batch = random.batch();
    const factor = random.uniform([...batch, size, size]);
    const matrix = tf.add(tf.matMul(factor, factor, false, true), tf.mul(0.2, tf.eye(size)));
    const product = tf.matMul(matrix, inversePositiveDefinite(matrix));
    expect(largestDifference(product, tf.broadcastTo(tf.eye(size), product.shape))).toBeLessThan(2e-5);
  });

  it('have the gradients of central differences, and leave no tensors behind', () => {
    const before = tf.memory().numTensors;
    expect(checkGradient((x) => probe(inversePositiveDefinite(x)), [2, 2], [2, 0.3, 0.3, 1], 1e-2).relativeError).toBeLessThan(2e-3);
    expect(tf.memory().numTensors).toBe(before);
  });
});
