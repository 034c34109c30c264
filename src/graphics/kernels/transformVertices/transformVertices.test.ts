import { beforeAll, expect, it } from 'vitest';
import '../index';
import { randomValues } from '../testing/views';
import * as tf from '../../tf';
import { transformVertices } from './transformVertices';

beforeAll(async () => { await tf.setBackend('cpu'); });

const CASES = [[1, 3, 2], [2, 3, 1], [1, 4, 2], [3, 4, 3]] as const;
const tensor = (shape: readonly number[], seed: number) => tf.tensor3d(randomValues(shape.reduce((a, b) => a * b), seed), [...shape] as [number, number, number]);

it.each(CASES)('moves vertices as the matrix product does: %i × [5, %i] by %i matrices', (vertexBatch, columns, matrixBatch) => {
  const vertices = tensor([vertexBatch, 5, columns], 1);
  const matrices = tensor([matrixBatch, 4, 4], 2);
  const four = columns === 4 ? vertices : tf.concat([vertices, tf.ones([vertexBatch, 5, 1])], 2);
  const expected = tf.matMul(four, matrices, false, true);
  expect(tf.max(tf.abs(tf.sub(transformVertices(vertices, matrices), expected))).dataSync()[0]).toBeLessThan(1e-5);
});

it('names what has the wrong shape', () => {
  expect(() => transformVertices(tf.zeros([1, 5, 2]), tf.zeros([1, 4, 4]))).toThrow(/vertices/);
  expect(() => transformVertices(tf.zeros([2, 5, 3]), tf.zeros([3, 4, 4]))).toThrow(/matrices/);
});
