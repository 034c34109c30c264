import { untaped } from '../../kernels/untaped';
import { indicator } from '../../math/safe';
import { dot, normalize } from '../../math/vector';
import { byPrecision } from '../../math/precision';
import * as tf from '../../tf';

/**
 * Sine of the angle below which two directions count as parallel: float32 entries leave one at right angles to them uncertain there, and
 * gradients would grow beyond its inverse.
 */
const parallel = (): number => byPrecision(1e-5, 2 ** -5);

/** Unit vectors, and a constant in their place where there is no direction. @param vector [*, 3] @returns [*, 3] */
export function directionOr(vector: tf.Tensor, fallback: readonly [number, number, number]): tf.Tensor {
  const unit = normalize(vector);
  // The length is 1 or 0.
  const none = indicator(() => tf.less(dot(unit, unit), 0.5));
  return tf.add(unit, tf.mul(none, tf.tensor1d([...fallback])));
}

/**
 * The direction of a vector's part at right angles to an axis. Where it has none, the direction is that of the coordinate axis which is
 * farthest from the given one, and no gradient reaches the vector.
 * @param axis [*, 3], unit length.
 * @param vector [*, 3], any.
 * @returns [*, 3], unit length.
 */
export function unitAcross(axis: tf.Tensor, vector: tf.Tensor): tf.Tensor {
  const partAcross = (v: tf.Tensor) => tf.sub(v, tf.mul(axis, dot(axis, v)));
  const across = partAcross(normalize(vector));
  const known = indicator(() => tf.greater(dot(across, across), parallel() ** 2));
  const farthest = untaped(() => tf.tidy(() => tf.oneHot(tf.argMin(tf.abs(axis), -1), 3, 1, 0, 'float32')));
  return normalize(tf.add(tf.mul(known, across), tf.mul(tf.sub(1, known), partAcross(farthest))));
}
