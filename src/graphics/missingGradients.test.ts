import { beforeAll, describe, expect, it } from 'vitest';
import { chamferDistance } from './nn/loss';
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
    ['tile at rank 1', [3], (x) => tf.tile(x, [4])],
    ['tile at rank 3, of all axes', [2, 3, 2], (x) => tf.square(tf.tile(x, [2, 3, 2]))],
    ['tile at rank 5', [2, 1, 2, 1, 3], (x) => tf.square(tf.tile(x, [1, 2, 1, 3, 2]))],
    ['tile at rank 6', [1, 2, 1, 2, 1, 2], (x) => tf.tile(x, [2, 1, 2, 1, 3, 1])],
    ['broadcastTo to rank 5', [3, 1, 2], (x) => tf.square(tf.broadcastTo(x, [2, 1, 3, 4, 2]))],
    ['slice at rank 3', [4, 3, 2], (x) => tf.square(tf.slice(x, [1, 0, 1], [2, 3, 1]))],
    ['slice at rank 5, of the last axis', [2, 1, 2, 3, 4], (x) => tf.square(tf.slice(x, [0, 0, 0, 0, 1], [-1, -1, -1, -1, 2]))],
    ['slice at rank 5, of all axes', [3, 3, 3, 3, 3], (x) => tf.square(tf.slice(x, [1, 0, 2, 1, 0], [2, 2, 1, 1, 2]))],
    ['slice at rank 6', [2, 1, 3, 1, 3, 2], (x) => tf.square(tf.slice(x, [1, 0, 1, 0, 0, 0], [1, 1, 2, 1, 2, 1]))],
    ['slice of everything at rank 5', [1, 2, 1, 2, 1], (x) => tf.square(tf.slice(x, [0, 0, 0, 0, 0], [1, 2, 1, 2, 1]))],
    ['unstack of two', [3, 2], (x) => { const [a, b] = tf.unstack(x, 1); return tf.mul(a, b); }],
  ])('%s', (_name, shape, f) => {
    const { relativeError, analytic } = checkGradient((x) => probe(f(x)), shape, values(tf.util.sizeFromShape(shape)), 1e-3);
    expect(analytic.some((slope) => slope !== 0)).toBe(true);
    expect(relativeError).toBeLessThan(5e-3);
  });

  it('reach points through a distance of batches of several axes', () => {
    const gradient = tf.grad((x) => tf.sum(chamferDistance.evaluate(tf.zeros([2, 1, 2, 5, 3]), x)))(tf.ones([5, 3]));
    // Four clouds, whose five points all lie at the origin: 2 (x − 0) / 5 from the cloud's side, and from the points' own as much.
    expect(gradient.shape).toEqual([5, 3]);
    expect(tf.sum(gradient).dataSync()[0]).toBeCloseTo(4 * 3 * 2 * 2, 4);
  });

  it('leave no tensors behind', () => {
    const x = tf.tensor2d(values(6), [2, 3]);
    const before = tf.memory().numTensors;
    tf.grad((t) => tf.sum(tf.topk(t, 2).values))(x).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
