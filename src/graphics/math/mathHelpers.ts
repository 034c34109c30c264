import { asFloat } from '../asFloat';
import { assertInRange } from '../assertions';
import { untaped } from '../kernels/untaped';
import { byPrecision } from './precision';
import { checkLastAxis } from '../shape';
import * as tf from '../tf';
import { indicator, safeLength, safeRoot } from './safe';

// Spherical coordinates are (r, θ, φ): r ≥ 0; θ in [0, π] from the z axis; φ in (−π, π] from the x axis towards y. Radians.

/** Below this a number's root is taken as linear, with a slope of 1e6 instead of one that grows without bound. */
const minRooted = (): number => byPrecision(1e-12, 2 ** -10);

const safeSqrt = (x: tf.Tensor): tf.Tensor => safeRoot(tf.maximum(x, 0), minRooted());

/** Distance from the origin or the axis, below which a direction is taken as undefined. */
const minLength = (): number => byPrecision(1e-10, 2 ** -5);

/**
 * (x, y, z) to (r, θ, φ). On the z axis φ is 0, at the origin also θ is π/2, and the gradients of what is undefined there are 0.
 * @param pointCartesian [*, 3]
 * @param options.eps the distance below which a direction is undefined.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // On the y axis: θ and φ are right angles.
 * math.mathHelpers.cartesianToSphericalCoordinates(tf.tensor1d([0, 2, 0])); // → [2, 1.5708, 1.5708]
 * ```
 */
export function cartesianToSphericalCoordinates(pointCartesian: tf.Tensor, { eps = minLength() } = {}): tf.Tensor {
  checkLastAxis('pointCartesian', pointCartesian, 3);
  return tf.tidy(() => {
    const point = asFloat(pointCartesian);
    const [x, y, z] = tf.split(point, 3, -1);
    const flat = tf.concat([x, y], -1);
    const fromAxis = safeLength(flat);
    const vanishes = (vector: tf.Tensor) => indicator(() => tf.less(tf.sum(tf.square(vector), -1, true), eps * eps));
    // atan2 is told another point where it has no derivative.
    const theta = tf.atan2(tf.add(fromAxis, vanishes(point)), z);
    const phi = tf.atan2(y, tf.add(x, vanishes(flat)));
    return tf.concat([safeLength(point), theta, phi], -1);
  });
}

/**
 * (r, θ, φ) to (x, y, z) = r (sin θ cos φ, sin θ sin φ, cos θ), for angles of any size.
 * @param pointSpherical [*, 3]
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * math.mathHelpers.sphericalToCartesianCoordinates(tf.tensor1d([2, Math.PI / 2, 0])); // → [2, 0, 0]
 * ```
 */
export function sphericalToCartesianCoordinates(pointSpherical: tf.Tensor): tf.Tensor {
  checkLastAxis('pointSpherical', pointSpherical, 3);
  return tf.tidy(() => {
    const [r, theta, phi] = tf.split(asFloat(pointSpherical), 3, -1);
    const fromAxis = tf.mul(r, tf.sin(theta));
    return tf.concat([tf.mul(fromAxis, tf.cos(phi)), tf.mul(fromAxis, tf.sin(phi)), tf.mul(r, tf.cos(theta))], -1);
  });
}

/**
 * The unit square to the unit sphere, uniform to uniform: (1, 2 acos √(1 − x), 2π y). Its slope to x grows without bound towards
 * x = 0 and 1; the gradient is finite there, but large.
 * @param point2d [*, 2], in [0, 1].
 * @returns [*, 3]: (r, θ, φ) with φ in [0, 2π].
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Half of the sphere lies above the equator, a quarter before φ = π/2.
 * math.mathHelpers.squareToSphericalCoordinates(tf.tensor1d([0.5, 0.25])); // → [1, 1.5708, 1.5708]
 * ```
 */
export function squareToSphericalCoordinates(point2d: tf.Tensor): tf.Tensor {
  checkLastAxis('point2d', point2d, 2);
  return tf.tidy(() => {
    assertInRange('point2d', point2d, 0, 1);
    const [x, y] = tf.split(asFloat(point2d), 2, -1);
    // The same as 2 acos √(1 − x), precise at both ends.
    const theta = tf.mul(tf.atan2(safeSqrt(x), safeSqrt(tf.sub(1, x))), 2);
    return tf.concat([tf.onesLike(x), theta, tf.mul(y, 2 * Math.PI)], -1);
  });
}

/** n (n − step) (n − 2 step) … */
const product = (n: number, step: number): number => {
  let result = 1;
  for (let k = n; k > 1; k -= step) result *= k;
  return result;
};

/** From here on n!! is infinite in float32; n! is from 35 on. */
const TABLE_LENGTH = 57;

/** The product of whole numbers n ≥ 0, each lower by `step`; a constant to gradients. */
const lookUp = (n: tf.Tensor, step: number): tf.Tensor => untaped(() => tf.tidy(() => {
  const table = tf.tensor1d(Float32Array.from({ length: TABLE_LENGTH + 1 }, (_, k) => (k < TABLE_LENGTH ? product(k, step) : Infinity)));
  return tf.gather(table, tf.cast(tf.clipByValue(n, 0, TABLE_LENGTH), 'int32'));
}));

/** Stirling's series is precise to float32 from the number after this on. */
const SHIFT = 8;

/** ln Γ(x) − (x − ½) ln x + x − ½ ln 2π, by the first terms of Stirling's series. */
const stirlingRest = (x: tf.Tensor): tf.Tensor => {
  const inverse = tf.reciprocal(x);
  return tf.mul(tf.div(inverse, 12), tf.sub(1, tf.div(tf.square(inverse), 30)));
};

/** Γ(k + 1 + f) / k! for whole k ≥ 0 and 0 ≤ f < 1: 1 at f = 0. As a ratio it loses no digits to large logarithms. */
function overFactorial(k: tf.Tensor, f: tf.Tensor): tf.Tensor {
  const z = tf.add(k, SHIFT + 1);
  const y = tf.add(z, f);
  const grown = tf.sub(tf.add(tf.mul(tf.sub(y, 0.5), tf.log1p(tf.div(f, z))), tf.mul(f, tf.log(z))), f);
  const shifted = tf.exp(tf.add(grown, tf.sub(stirlingRest(y), stirlingRest(z))));
  // Γ(x + 1) = x Γ(x), down to where it is asked for.
  return Array.from({ length: SHIFT }, (_, i) => tf.add(k, i + 1)).reduce((ratio, whole) => tf.mul(ratio, tf.div(whole, tf.add(whole, f))), shifted);
}

/**
 * n! = Γ(n + 1), also between whole numbers; those are exact to float32's precision. Infinite from 35 on. Differentiable: the slope is
 * Γ(n + 1) ψ(n + 1), with the digamma function ψ.
 * @param n [*], ≥ 0.
 * @returns [*]
 * @throws Error that names a negative number, once `enableAssertions(true)` was called.
 * Source: Stirling's series; DLMF 5.11.1.
 * @example
 * ```ts
 * math.mathHelpers.factorial(tf.tensor1d([0, 3, 5, 0.5])); // → [1, 6, 120, 0.8862]
 * ```
 */
export const factorial = (n: tf.Tensor): tf.Tensor => tf.tidy(() => {
  assertInRange('n', n, 0, Infinity);
  const value = asFloat(n);
  const whole = untaped(() => tf.tidy(() => tf.clipByValue(tf.floor(value), 0, TABLE_LENGTH)));
  return tf.mul(lookUp(whole, 1), overFactorial(whole, tf.sub(value, whole)));
});

/**
 * n!! = n (n − 2) (n − 4) …, exact to float32's precision; a constant to gradients.
 * @param n [*], whole numbers ≥ 0.
 * @returns [*]
 * @throws Error that names a negative number, once `enableAssertions(true)` was called.
 * @example
 * ```ts
 * math.mathHelpers.doubleFactorial(tf.tensor1d([5, 6])); // → [15, 48]
 * ```
 */
export const doubleFactorial = (n: tf.Tensor): tf.Tensor => tf.tidy(() => {
  assertInRange('n', n, 0, Infinity);
  return lookUp(tf.round(asFloat(n)), 2);
});
