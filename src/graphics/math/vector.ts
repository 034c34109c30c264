import { checkLastAxis } from '../shape';
import * as tf from '../tf';
import { MIN_SQUARED_LENGTH } from './safe';

/**
 * Cross product along the last axis.
 * @param vector1 [*, 3]
 * @param vector2 [*, 3], broadcast as elementwise.
 * @returns [*, 3]
 */
export function cross<T extends tf.Tensor>(vector1: T, vector2: tf.Tensor): T {
  checkLastAxis('vector1', vector1, 3);
  checkLastAxis('vector2', vector2, 3);
  return tf.tidy(() => {
    const [x1, y1, z1] = tf.split(vector1 as tf.Tensor, 3, -1);
    const [x2, y2, z2] = tf.split(vector2, 3, -1);
    const component = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor, d: tf.Tensor) => tf.sub(tf.mul(a, b), tf.mul(c, d));
    return tf.concat([component(y1, z2, z1, y2), component(z1, x2, x1, z2), component(x1, y2, y1, x2)], -1) as T;
  });
}

/**
 * Dot product along the last axis.
 * @returns [*, 1], or [*] without `keepDims`.
 */
export const dot = (vector1: tf.Tensor, vector2: tf.Tensor, { keepDims = true } = {}): tf.Tensor =>
  tf.tidy(() => tf.sum(tf.mul(vector1, vector2), -1, keepDims));

/**
 * The vector mirrored in the plane of a unit normal: v − 2 (v·n) n, along the last axis.
 * @returns [*, M]
 */
export const reflect = (vector: tf.Tensor, normal: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.sub(vector, tf.mul(tf.mul(dot(vector, normal), 2), normal)));

/** Unit vectors along the last axis; a zero vector stays zero, with a finite gradient: shorter than 1e-10, it shrinks with its length. */
export function normalize<T extends tf.Tensor>(vector: T): T {
  return tf.tidy(() => tf.mul(vector, tf.rsqrt(tf.maximum(dot(vector, vector), MIN_SQUARED_LENGTH))) as T);
}
