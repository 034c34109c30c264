import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import * as tf from '../../tf';
import { conv2d } from './conv2d';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const draw = <R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> => {
  const random = createRandom(seed);
  return tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()), shape);
};
const expectClose = (a: tf.Tensor, b: tf.Tensor) => {
  expect(a.shape).toEqual(b.shape);
  expect(tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]).toBeLessThan(1e-4);
};

describe('conv2d', () => {
  const x = draw<tf.Rank.R4>([2, 6, 8, 3], 1);
  const filter = draw<tf.Rank.R2>([27, 4], 2);
  const bias = draw<tf.Rank.R1>([4], 3);
  const windows = { size: 3, stride: 2, padding: 1 };
  const theirs = (image: tf.Tensor4D, weights: tf.Tensor2D) => tf.add(tf.conv2d(image, tf.reshape(weights, [3, 3, 3, 4]), 2, 1, 'NHWC', 1, 'floor'), bias);

  it('equals TensorFlow.js\'s own', () => {
    expectClose(conv2d(x, filter, bias, windows), theirs(x, filter));
  });

  it('has the same gradients', () => {
    const dy = draw<tf.Rank.R4>([2, 3, 4, 4], 4);
    const ours = tf.grads((a, b, c) => tf.sum(tf.mul(conv2d(a as tf.Tensor4D, b as tf.Tensor2D, c as tf.Tensor1D, windows), dy)))([x, filter, bias]);
    const other = tf.grads((a, b) => tf.sum(tf.mul(theirs(a as tf.Tensor4D, b as tf.Tensor2D), dy)))([x, filter]);
    expectClose(ours[0], other[0]);
    expectClose(ours[1], other[1]);
    expectClose(ours[2], tf.sum(dy, [0, 1, 2]));
  });

  it('names the argument that does not fit', () => {
    expect(() => conv2d(x, draw<tf.Rank.R2>([9, 4], 1), bias, windows)).toThrow('filter must have exactly 27 dimensions in axis 0');
    expect(() => conv2d(x, filter, draw<tf.Rank.R1>([3], 1), windows)).toThrow('bias must have exactly 4 dimensions in axis 0');
  });
});
