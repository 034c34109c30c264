import { beforeAll, expect, it } from 'vitest';
import './kernels/matMul/fastMatMul';
import { randomValues } from './kernels/testing/views';
import { checkGradient, probe, relativeError } from './testing/gradients';
import * as tf from './tf';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = (shape: number[], seed: number): tf.Tensor => tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);
/** By elementwise products and sums. */
const byElements = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(tf.expandDims(a, -1), tf.expandDims(b, -3)), -2);
const turned = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [0, 2, 1]);

it.each([[2, 2], [1, 3], [3, 1]])('large products of batches of %i and %i are what they should be, transposed or not', (left, right) => {
  const [a, b] = [random([left, 40, 33], 1), random([right, 33, 50], 2)];
  const expected = byElements(a, b).dataSync();
  expect(relativeError(tf.matMul(a, b).dataSync(), expected)).toBeLessThan(1e-6);
  expect(relativeError(tf.matMul(turned(a), b, true).dataSync(), expected)).toBeLessThan(1e-6);
  expect(relativeError(tf.matMul(a, turned(b), false, true).dataSync(), expected)).toBeLessThan(1e-6);
  expect(relativeError(tf.matMul(turned(a), turned(b), true, true).dataSync(), expected)).toBeLessThan(1e-6);
});

it.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const)('fused with a bias and %s', (activation) => {
  const [a, b, bias] = [random([40, 30], 1), random([30, 50], 2), random([50], 3)];
  const sum = tf.add(tf.matMul(a, b), bias);
  const expected = { linear: sum, relu: tf.relu(sum), relu6: tf.relu6(sum), elu: tf.elu(sum), sigmoid: tf.sigmoid(sum), leakyrelu: tf.leakyRelu(sum, 0.3) }[activation];
  const fused = tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias, activation, leakyreluAlpha: 0.3 });
  expect(relativeError(fused.dataSync(), expected.dataSync())).toBeLessThan(1e-6);
});

it('have gradients, and leave no tensors behind', () => {
  const [a, b] = [random([33, 40], 4), random([40, 2], 5)];
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const start = Array.from(randomValues(80, 6));
    expect(checkGradient((x) => probe(tf.matMul(tf.matMul(a, b), tf.reshape(x, [2, 40]))), [80], start).relativeError).toBeLessThan(1e-2);
  });
  expect(tf.memory().numTensors).toBe(before);
});

it('take integers, empty ones and preluded ones as they come', () => {
  const ones = tf.ones([40, 40], 'int32');
  expect(tf.matMul(ones, ones).dataSync()[0]).toBe(40);
  expect(tf.matMul(tf.zeros([0, 40, 40]), tf.zeros([0, 40, 40])).shape).toEqual([0, 40, 40]);
  const sums = tf.fused.matMul({ a: tf.fill([40, 30], -1), b: tf.ones([30, 50]), activation: 'prelu', preluActivationWeights: tf.scalar(0.5) });
  expect(sums.dataSync()[0]).toBe(-15);
});
