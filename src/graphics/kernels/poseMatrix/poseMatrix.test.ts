import { beforeAll, expect, it } from 'vitest';
import '../index';
import { randomValues } from '../testing/views';
import * as tf from '../../tf';
import { poseMatrix, quaternionMatrix } from './poseMatrix';

beforeAll(async () => { await tf.setBackend('cpu'); });

const AFTER = Array.from(randomValues(16, 5));

it('makes matrices that turn, whatever the length of the quaternion', () => {
  const quaternions = tf.tensor2d(randomValues(20, 1), [5, 4]);
  const matrices = quaternionMatrix(quaternions);
  const products = tf.sub(tf.matMul(matrices, matrices, false, true), tf.eye(3));
  expect(tf.max(tf.abs(products)).dataSync()[0]).toBeLessThan(1e-6);
  expect(tf.max(tf.abs(tf.sub(matrices, quaternionMatrix(tf.mul(quaternions, -3))))).dataSync()[0]).toBeLessThan(1e-6);
  // A quarter turn about z takes x to y.
  const [sine] = [Math.SQRT1_2];
  expect(Array.from(quaternionMatrix(tf.tensor2d([[0, 0, sine, sine]])).dataSync()).map((x) => Math.round(x))).toEqual([0, -1, 0, 1, 0, 0, 0, 0, 1]);
});

it('applies the constant matrix last', () => {
  const rotation = tf.tensor3d(randomValues(9, 6), [1, 3, 3]);
  const translation = tf.tensor2d(randomValues(3, 7), [1, 3]);
  const pose = tf.concat([tf.concat([rotation, tf.reshape(translation, [1, 3, 1])], 2), tf.tensor3d([[[0, 0, 0, 1]]])], 1);
  const expected = tf.matMul(tf.tensor3d(AFTER, [1, 4, 4]), pose);
  expect(tf.max(tf.abs(tf.sub(poseMatrix(rotation, translation, AFTER), expected))).dataSync()[0]).toBeLessThan(1e-5);
});

it('names what has the wrong shape', () => {
  expect(() => quaternionMatrix(tf.zeros([2, 3]))).toThrow(/quaternions/);
  expect(() => poseMatrix(tf.zeros([2, 3, 3]), tf.zeros([1, 3]), AFTER)).toThrow(/translation/);
});
