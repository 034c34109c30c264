import { untaped } from '../kernels/untaped';
import { byPrecision } from './precision';
import * as tf from '../tf';

/**
 * Squared length below which a direction is taken as undefined. Its square root, 1e-10, is still far above float32's underflow; in 16 bits the
 * cube of the inverse length, of which gradients are made, is half of the largest number.
 */
export const minSquaredLength = (): number => byPrecision(1e-20, 2 ** -10);

/** A denominator nearer to 0 than this is taken as this. Its square and its inverse's square are far from float32's limits. */
export const MIN_DENOMINATOR = 1e-10;

/** {@link MIN_DENOMINATOR}, or what takes its place in 16 bits. */
export const minDenominator = (): number => byPrecision(MIN_DENOMINATOR, 2 ** -7);

/** √x for x ≥ 0, whose slope goes no higher than where x is `smallest`; 0 at 0. */
export const safeRoot = (x: tf.Tensor, smallest: number): tf.Tensor => tf.mul(x, tf.rsqrt(tf.maximum(x, smallest)));

/** Length along the last axis, [*, 1]; 0 with gradient 0 at the zero vector, where tf.norm's is NaN. */
export function safeLength(vector: tf.Tensor): tf.Tensor {
  const squared = tf.sum(tf.square(vector), -1, true);
  return safeRoot(squared, minSquaredLength());
}

/** 1 where the condition holds, else 0; a constant to gradients. */
export const indicator = (condition: () => tf.Tensor): tf.Tensor => untaped(() => tf.tidy(() => tf.cast(condition(), 'float32')));

/**
 * −1 for negative numbers, else 1 (also for 0); a constant to gradients.
 * @param x [*]
 * @returns [*]
 * @example
 * ```ts
 * math.safeOps.nonzeroSign(tf.tensor1d([-3, 0, 2])); // → [-1, 1, 1]
 * ```
 */
export const nonzeroSign = (x: tf.Tensor): tf.Tensor => untaped(() => tf.tidy(() => tf.sub(tf.mul(tf.cast(tf.greaterEqual(x, 0), 'float32'), 2), 1)));

/** Divides by a number of either sign that is kept at least `minimum` away from 0. */
export const safeSignedDivide = (a: tf.Tensor, b: tf.Tensor, minimum: number): tf.Tensor =>
  tf.div(a, tf.mul(nonzeroSign(b), tf.maximum(tf.abs(b), minimum)));

/**
 * {@link safeSignedDivide}, with a gradient of 0 where the divisor lies within `minimum` of 0: the quotient has no meaning there, and its slope would be
 * as large as 1/minimum.
 */
export function boundedSignedDivide(a: tf.Tensor, b: tf.Tensor, minimum: number): tf.Tensor {
  const regular = indicator(() => tf.greaterEqual(tf.abs(b), minimum));
  const quotient = safeSignedDivide(a, b, minimum);
  return tf.add(tf.mul(quotient, regular), untaped(() => tf.tidy(() => tf.mul(quotient, tf.sub(1, regular)))));
}
