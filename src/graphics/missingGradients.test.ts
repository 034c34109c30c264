import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from './testing/gradients';
import * as tf from './tf';

beforeAll(() => tf.setBackend('cpu'));

const values = (size: number): number[] => Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + 0.4) + 0.1 * i);

describe('gradients that TensorFlow.js lacks', () => {
  it.each<[string, number[], (x: tf.Tensor) => tf.Tensor]>([
    ['gatherND, some twice', [3, 2], (x) => tf.gatherND(x, tf.tensor2d([[0, 1], [2, 0], [0, 1]], [3, 2], 'int32'))],
    ['gatherND of rows', [3, 2], (x) => tf.gatherND(x, tf.tensor2d([[2], [2], [0]], [3, 1], 'int32'))],
    ['topk', [2, 5], (x) => tf.topk(x, 3).values],
    ['topk of a vector', [6], (x) => tf.topk(x, 2).values],
    ['unstack of one slice', [1, 3], (x) => tf.square(tf.unstack(x)[0])],
    ['unstack of two', [3, 2], (x) => { const [a, b] = tf.unstack(x, 1); return tf.mul(a, b); }],
  ])('%s', (_name, shape, f) => {
    const { relativeError, analytic } = checkGradient((x) => probe(f(x)), shape, values(tf.util.sizeFromShape(shape)), 1e-3);
    expect(analytic.some((slope) => slope !== 0)).toBe(true);
    expect(relativeError).toBeLessThan(5e-3);
  });

  it('leave no tensors behind', () => {
    const x = tf.tensor2d(values(6), [2, 3]);
    const before = tf.memory().numTensors;
    tf.grad((t) => tf.sum(tf.topk(t, 2).values))(x).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
