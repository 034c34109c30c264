import { beforeAll, expect, it } from 'vitest';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createSegmentTable, disposeSegmentTable, type SegmentTable } from '..';
import { randomValues64 } from '../testing/float64';
import { denseMax } from './denseMax';

beforeAll(async () => { await tf.setBackend('cpu'); });

const [rows, depth, channels] = [9, 4, 5];
const random = (shape: number[], seed: number): tf.Tensor => tf.tensor(Float32Array.from(randomValues64(tf.util.sizeFromShape(shape), seed)), shape);
const signs = tf.tensor1d([1, -1, 1, 1, -1]);
/** Two segments of four rows, one row of neither. */
const withGroups = (run: (groups: SegmentTable) => void) => {
  const groups = createSegmentTable(Int32Array.of(0, 0, 0, 0, -1, 1, 1, 1, 1), 2);
  run(groups);
  disposeSegmentTable(groups);
};

/** The same by stock ops. */
function stock(x: tf.Tensor, w: tf.Tensor): tf.Tensor {
  const products = tf.mul(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), signs);
  return tf.mul(tf.stack([tf.max(tf.slice(products, 0, 4), 0), tf.max(tf.slice(products, 5, 4), 0)]), signs);
}

it('is the maximum, or minimum, of a product, with its gradients', () => withGroups((groups) => {
  const [x, w] = [random([rows, depth], 1), random([depth, channels], 2)];
  const ours = (a: tf.Tensor, b: tf.Tensor) => denseMax(a as tf.Tensor2D, b as tf.Tensor2D, signs as tf.Tensor1D, groups).values;
  expect(relativeError(ours(x, w).dataSync(), stock(x, w).dataSync())).toBeLessThan(1e-6);
  const [mine, theirs] = [ours, stock].map((f) => tf.grads((a, b) => probe(tf.pow(f(a, b), 3)))([x, w]));
  mine.forEach((gradient, i) => expect(relativeError(gradient.dataSync(), theirs[i].dataSync())).toBeLessThan(1e-5));
  const both = (all: tf.Tensor) => {
    const [a, b] = tf.split(all, [rows * depth, depth * channels]);
    return probe(tf.pow(ours(tf.reshape(a, [rows, depth]), tf.reshape(b, [depth, channels])), 2));
  };
  const start = [...x.dataSync(), ...w.dataSync()];
  expect(checkGradient(both, [start.length], start).relativeError).toBeLessThan(1e-2);
  expect(checkGradient((all) => probe(tf.grad(both)(all)), [start.length], start).relativeError).toBeLessThan(1e-2);
}));

it('gives the first of equal rows, and nothing in empty segments', () => {
  const groups = createSegmentTable(Int32Array.of(0, 0), 2);
  const { values, winners } = denseMax(tf.tensor2d([[2], [2]]), tf.tensor2d([[3]]), tf.ones([1]) as tf.Tensor1D, groups);
  expect([...winners.dataSync(), ...values.dataSync()]).toEqual([0, -1, 6, 0]);
  disposeSegmentTable(groups);
});

it('refuses wrong shapes by name, and leaves no tensors behind', () => withGroups((groups) => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    expect(() => denseMax(tf.zeros([8, 4]), tf.zeros([4, 5]), signs as tf.Tensor1D, groups)).toThrow(/x must have exactly 9 dimensions in axis 0/);
    expect(() => denseMax(tf.zeros([9, 4]), tf.zeros([3, 5]), signs as tf.Tensor1D, groups)).toThrow(/w must have exactly 4 dimensions in axis 0/);
    tf.grads((a, b) => probe(denseMax(a as tf.Tensor2D, b as tf.Tensor2D, signs as tf.Tensor1D, groups).values))([tf.ones([9, 4]), tf.ones([4, 5])]);
  });
  expect(tf.memory().numTensors).toBe(before);
}));
