import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from './testing/gradients';
import * as tf from './tf';

beforeAll(() => tf.setBackend('cpu'));

const values = (size: number): number[] => Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + 0.4) + 0.1 * i);

describe('gradients that TensorFlow.js lacks', () => {
  const other = (shape: number[]) => tf.tensor(values(tf.util.sizeFromShape(shape)).map((v) => v + 0.3), shape);

  it.each<[string, number[], (x: tf.Tensor) => tf.Tensor]>([
    ['a matrix product', [2, 3], (x) => tf.einsum('ij,jk->ik', x, other([3, 4]))],
    ['a matrix product, by the second', [3, 4], (x) => tf.einsum('ij,jk->ik', other([2, 3]), x)],
    ['a batch, transposed', [2, 3, 4], (x) => tf.einsum('bij,bkj->bki', x, other([2, 5, 4]))],
    ['an axis that is summed over alone', [2, 3], (x) => tf.square(tf.einsum('ij->i', x))],
    ['an outer product', [3], (x) => tf.einsum('i,j->ij', x, other([2]))],
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
    tf.grad((t) => tf.sum(tf.einsum('ij,ij->i', t, t)))(x).dispose();
    tf.grad((t) => tf.sum(tf.topk(t, 2).values))(x).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
