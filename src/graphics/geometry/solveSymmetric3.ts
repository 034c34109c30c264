import { indicator } from '../math/safe';
import * as tf from '../tf';

/** The six different entries of symmetric 3 × 3 matrices, all of one shape. */
export interface Symmetric3 {
  readonly xx: tf.Tensor; readonly yy: tf.Tensor; readonly zz: tf.Tensor;
  readonly xy: tf.Tensor; readonly xz: tf.Tensor; readonly yz: tf.Tensor;
}

/**
 * Solves symmetric 3 × 3 systems by their adjugates. Differentiable; where a matrix is singular the solution is 0 with a gradient of 0.
 *
 * @param a entries [*, 1], of order 1: `smallest` is compared with the determinant as it is.
 * @param b [*, 3]
 * @param smallest determinants below this count as 0.
 * @returns solution [*, 3]
 */
export function solveSymmetric3({ xx, yy, zz, xy, xz, yz }: Symmetric3, b: tf.Tensor, smallest: number): tf.Tensor {
  const minor = (p: tf.Tensor, q: tf.Tensor, r: tf.Tensor, s: tf.Tensor) => tf.sub(tf.mul(p, q), tf.mul(r, s));
  const [axx, axy, axz] = [minor(yy, zz, yz, yz), minor(xz, yz, xy, zz), minor(xy, yz, xz, yy)];
  const [ayy, ayz, azz] = [minor(xx, zz, xz, xz), minor(xy, xz, xx, yz), minor(xx, yy, xy, xy)];
  const determinant = tf.add(tf.add(tf.mul(xx, axx), tf.mul(xy, axy)), tf.mul(xz, axz));
  const regular = indicator(() => tf.greater(determinant, smallest));
  const [bx, by, bz] = tf.split(b, 3, -1);
  const row = (p: tf.Tensor, q: tf.Tensor, r: tf.Tensor) => tf.add(tf.add(tf.mul(p, bx), tf.mul(q, by)), tf.mul(r, bz));
  const product = tf.concat([row(axx, axy, axz), row(axy, ayy, ayz), row(axz, ayz, azz)], -1);
  return tf.div(tf.mul(product, regular), tf.add(tf.mul(determinant, regular), tf.sub(1, regular)));
}
