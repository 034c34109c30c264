import * as tf from '../../tf';
import { registerComposedGradient } from '../composedGradient';
import { MIN_SQUARED_LENGTH, POSE_MATRIX_GRAD_ROTATION, POSE_MATRIX_GRAD_TRANSLATION, QUATERNION_MATRIX_GRAD } from './names';
import type { AfterAttrs } from './poseMatrix';

// The gradients of the gradients, in ordinary operations; see poseMatrix.cpu.ts for the first ones.

/** Which products of x, y, z, w make the matrix's nine entries, times the squared length: [i, j, factor]. */
const PRODUCTS: readonly (readonly (readonly [i: number, j: number, factor: number])[])[] = [
  [[0, 0, 1], [1, 1, -1], [2, 2, -1], [3, 3, 1]], [[0, 1, 2], [2, 3, -2]], [[0, 2, 2], [1, 3, 2]],
  [[0, 1, 2], [2, 3, 2]], [[0, 0, -1], [1, 1, 1], [2, 2, -1], [3, 3, 1]], [[1, 2, 2], [0, 3, -2]],
  [[0, 2, 2], [1, 3, -2]], [[1, 2, 2], [0, 3, 2]], [[0, 0, -1], [1, 1, -1], [2, 2, 1], [3, 3, 1]],
];

/** Entry e is qᵀ A q / |q|² of a symmetric A: the nine A, [9, 16]. */
const FORMS = PRODUCTS.map((products) => {
  const form = new Array<number>(16).fill(0);
  for (const [i, j, factor] of products) {
    form[4 * i + j] += factor / 2;
    form[4 * j + i] += factor / 2;
  }
  return form;
});

registerComposedGradient(QUATERNION_MATRIX_GRAD, ['dy', 'quaternions'], ['dy', 'quaternions'], ({ dy, quaternions: q }) => {
  const form = tf.reshape(tf.matMul(tf.reshape(dy, [-1, 9]), tf.tensor2d(FORMS)), [-1, 4, 4]);
  const product = tf.sum(tf.mul(form, tf.expandDims(q, 1)), 2);
  const squared = tf.sum(tf.square(q), 1, true);
  const guarded = tf.maximum(squared, MIN_SQUARED_LENGTH);
  const along = tf.mul(tf.div(tf.sum(tf.mul(q, product), 1, true), guarded), tf.step(tf.sub(squared, MIN_SQUARED_LENGTH)));
  return tf.div(tf.mul(tf.sub(product, tf.mul(q, along)), 2), guarded);
});

/** The rows of a map from matrices [16] to what their first three columns, or the last, receive through `after`: linear in dy. */
const received = (after: readonly number[], columns: readonly number[]): number[][] => Array.from({ length: 16 }, (_, at) =>
  [0, 1, 2].flatMap((k) => columns.map((column) => (column === at % 4 ? after[4 * Math.floor(at / 4) + k] : 0))));

const throughAfter = (dy: tf.Tensor, after: readonly number[], columns: readonly number[]): tf.Tensor =>
  tf.matMul(tf.reshape(dy, [-1, 16]), tf.tensor2d(received(after, columns)));

registerComposedGradient(POSE_MATRIX_GRAD_ROTATION, ['dy'], ['dy'], ({ dy }, { after }: AfterAttrs) =>
  tf.reshape(throughAfter(dy, after, [0, 1, 2]), [-1, 3, 3]));

registerComposedGradient(POSE_MATRIX_GRAD_TRANSLATION, ['dy'], ['dy'], ({ dy }, { after }: AfterAttrs) => throughAfter(dy, after, [3]));
