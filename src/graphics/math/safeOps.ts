import { asFloat } from '../asFloat';
import { broadcastBatches } from '../shape';
import * as tf from '../tf';
import { byPrecision } from './precision';
import { indicator, minDenominator, safeSignedDivide } from './safe';

// Divisions that stay finite. TensorFlow Graphics adds 1e-37 to denominators, which a GPU rounds to 0; these constants hold on one.

export { MIN_DENOMINATOR, nonzeroSign } from './safe';

/** Below this angle sin and cos are taken from their series: the next term, x⁴/120, is below float32's precision. */
const SMALL_ANGLE = 1e-2;

export interface SafeDivision {
  /** Least magnitude of the denominator. */
  readonly eps?: number;
}

/**
 * a / b for b of either sign, kept at least `eps` away from 0 (on the positive side for 0 itself).
 * @param a [*]
 * @param b [*], broadcast as elementwise.
 * @param options.eps the least magnitude of b.
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * math.safeOps.safeSignedDiv(tf.tensor1d([6, 0]), tf.tensor1d([-2, 0])); // → [-3, 0]
 * ```
 */
export const safeSignedDiv = (a: tf.Tensor, b: tf.Tensor, { eps = minDenominator() }: SafeDivision = {}): tf.Tensor => tf.tidy(() => {
  broadcastBatches(['a', a, 0], ['b', b, 0]);
  return safeSignedDivide(asFloat(a), asFloat(b), eps);
});

/**
 * a / b for b ≥ 0, kept at least `eps`.
 * @param a [*]
 * @param b [*], at least 0, broadcast as elementwise.
 * @param options.eps the least b.
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * math.safeOps.safeUnsignedDiv(tf.tensor1d([6, 0]), tf.tensor1d([2, 0])); // → [3, 0]
 * ```
 */
export const safeUnsignedDiv = (a: tf.Tensor, b: tf.Tensor, { eps = minDenominator() }: SafeDivision = {}): tf.Tensor => tf.tidy(() => {
  broadcastBatches(['a', a, 0], ['b', b, 0]);
  return tf.div(asFloat(a), tf.maximum(asFloat(b), eps));
});

export interface ShrinkOptions {
  /** −1 and 1 by default: the domain of acos and asin. */
  readonly minval?: number;
  readonly maxval?: number;
  /** Pulls the values inside of the bounds, where the derivatives of acos and asin are finite, and not onto them. */
  readonly openBounds?: boolean;
  /** The relative margin kept to open bounds. */
  readonly eps?: number;
}

/** Two steps of the device's numbers beside 1. */
const openBoundMargin = (): number => byPrecision(2.4e-7, 2 ** -10);

/**
 * Keeps values within bounds that only rounding left.
 * @param vector [*]
 * @param options.minval −1 by default.
 * @param options.maxval 1 by default.
 * @param options.openBounds pulls the values inside of the bounds, where the derivatives of acos and asin are finite, and not onto them.
 * @param options.eps the relative margin kept to open bounds.
 * @returns [*]
 * @example
 * ```ts
 * math.safeOps.safeShrink(tf.tensor1d([-1.1, 0.5, 1.1])); // → [-1, 0.5, 1]
 * math.safeOps.safeShrink(tf.tensor1d([-3, 3]), { minval: 0, maxval: 2 }); // → [0, 2]
 * ```
 */
export const safeShrink = (
  vector: tf.Tensor, { minval = -1, maxval = 1, openBounds = false, eps = openBoundMargin() }: ShrinkOptions = {},
): tf.Tensor => tf.tidy(() => {
  const inside = (bound: number) => (openBounds ? bound * (1 - eps) : bound);
  return tf.clipByValue(vector, inside(minval), inside(maxval));
});

/**
 * sin(p x) / sin x, the weight of spherical interpolation; p where x is 0, with a gradient of 0 to x. At other multiples of π, where the
 * ratio has a pole, the denominator keeps its least magnitude.
 * @param theta x [*], radians.
 * @param factor p [*]
 * @param options.eps the least magnitude of the denominator.
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // The limit p at 0; sin(π / 6) / sin(π / 2).
 * math.safeOps.safeSinpxDivSinx(tf.tensor1d([0, Math.PI / 2]), tf.tensor1d([1 / 3])); // → [0.3333, 0.5]
 * ```
 */
export const safeSinpxDivSinx = (theta: tf.Tensor, factor: tf.Tensor, { eps = minDenominator() }: SafeDivision = {}): tf.Tensor => tf.tidy(() => {
  broadcastBatches(['theta', theta, 0], ['factor', factor, 0]);
  const [x, p] = [asFloat(theta), asFloat(factor)];
  const small = indicator(() => tf.less(tf.abs(x), SMALL_ANGLE));
  const other = tf.sub(1, small);
  // Each branch sees an angle at which it is well behaved, so that neither spoils the other's gradient.
  const angle = tf.add(tf.mul(other, x), small);
  const ratio = safeSignedDivide(tf.sin(tf.mul(p, angle)), tf.sin(angle), eps);
  const squared = tf.square(tf.mul(small, x));
  // p (1 + (1 − p²) x² / 6)
  const series = tf.mul(p, tf.add(1, tf.div(tf.mul(tf.sub(1, tf.square(p)), squared), 6)));
  return tf.add(tf.mul(other, ratio), tf.mul(small, series));
});

/**
 * cos(p x) / cos x; at odd multiples of π / 2, where the ratio has a pole, the denominator keeps its least magnitude.
 * @param theta x [*], radians.
 * @param factor p [*]
 * @param options.eps the least magnitude of the denominator.
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // cos(2π / 3) / cos(π / 3)
 * math.safeOps.safeCospxDivCosx(tf.tensor1d([0, Math.PI / 3]), tf.tensor1d([2])); // → [1, -1]
 * ```
 */
export const safeCospxDivCosx = (theta: tf.Tensor, factor: tf.Tensor, { eps = minDenominator() }: SafeDivision = {}): tf.Tensor => tf.tidy(() => {
  broadcastBatches(['theta', theta, 0], ['factor', factor, 0]);
  const [x, p] = [asFloat(theta), asFloat(factor)];
  return safeSignedDivide(tf.cos(tf.mul(p, x)), tf.cos(x), eps);
});
