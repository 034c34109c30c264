import { beforeAll, expect, it } from 'vitest';
import { randomValues } from './kernels/testing/views';
import { checkGradient, probe } from './testing/gradients';
import * as tf from './tf';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = (shape: number[], seed: number): tf.Tensor => tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);
const bits = (x: tf.Tensor) => Array.from(x.dataSync());

it.each([
  [[40, 8], [40, 1]], [[40, 1], [40, 8]], [[4, 1, 30], [1, 5, 1]], [[3, 7, 5, 6], [7, 1, 6]], [[1], [300]], [[300, 1], [1, 2]], [[2, 200], [200]], [[20, 20], []], [[1, 1, 1, 400], [2, 1, 1, 1]],
])('%j with %j is what the repeated sides give, bit for bit', (left, right) => {
  const [a, b] = [random(left, 1), random(right, 2)];
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(left, right);
  const repeat = (x: tf.Tensor) => {
    const y = tf.reshape(x, [...Array.from({ length: shape.length - x.rank }, () => 1), ...x.shape]);
    return tf.tile(y, shape.map((size, axis) => size / y.shape[axis]));
  };
  const [fullA, fullB] = [repeat(a), repeat(b)];
  for (const op of [tf.add, tf.sub, tf.mul, tf.div, tf.squaredDifference, tf.maximum, tf.minimum, tf.greater, tf.lessEqual]) {
    const result = op(a, b);
    expect(result.shape).toEqual(shape);
    expect(bits(result)).toEqual(bits(op(fullA, fullB)));
  }
});

it('keeps types, takes empty sides, has gradients and leaves no tensors behind', () => {
  const integers = tf.tensor2d(Int32Array.from({ length: 300 }, (_, i) => i), [300, 1], 'int32');
  const sum = tf.add(integers, tf.tensor1d([10, 20], 'int32'));
  expect([sum.dtype, ...bits(sum).slice(-2)]).toEqual(['int32', 309, 319]);
  expect(tf.add(tf.zeros([0, 1]), tf.zeros([1, 5])).shape).toEqual([0, 5]);
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const a = random([40, 8], 3);
    expect(checkGradient((x) => probe(tf.mul(a, tf.reshape(x, [40, 1]))), [40], Array.from(randomValues(40, 4))).relativeError).toBeLessThan(1e-2);
  });
  expect(tf.memory().numTensors).toBe(before);
});
