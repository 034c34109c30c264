import { asFloat } from '../asFloat';
import { assertInRange } from '../assertions';
import { untaped } from '../kernels/untaped';
import { checkLastAxis } from '../shape';
import * as tf from '../tf';
import { indicator, safeLength, safeRoot } from './safe';

// Spherical coordinates are (r, θ, φ): r ≥ 0; θ in [0, π] from the z axis; φ in (−π, π] from the x axis towards y. Radians.

/** Below this a number's root is taken as linear, with a slope of 1e6 instead of one that grows without bound. */
const MIN_ROOTED = 1e-12;

const safeSqrt = (x: tf.Tensor): tf.Tensor => safeRoot(tf.maximum(x, 0), MIN_ROOTED);

/** Distance from the origin or the axis, below which a direction is taken as undefined. */
const MIN_LENGTH = 1e-10;

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
export function cartesianToSphericalCoordinates(pointCartesian: tf.Tensor, { eps = MIN_LENGTH } = {}): tf.Tensor {
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

const lookUp = (name: string, n: tf.Tensor, step: number): tf.Tensor => untaped(() => tf.tidy(() => {
  assertInRange(name, n, 0, Infinity);
  const table = tf.tensor1d(Float32Array.from({ length: TABLE_LENGTH + 1 }, (_, k) => (k < TABLE_LENGTH ? product(k, step) : Infinity)));
  const place = tf.cast(tf.clipByValue(tf.round(tf.cast(n, 'float32')), 0, TABLE_LENGTH), 'int32');
  return tf.gather(table, place);
}));

/**
 * n!, exact to float32's precision and infinite above 34. Between whole numbers, where TensorFlow Graphics gives Γ(n + 1), n is
 * rounded: a constant to gradients.
 * @param n [*], whole numbers ≥ 0.
 * @returns [*]
 * @example
 * ```ts
 * math.mathHelpers.factorial(tf.tensor1d([0, 3, 5])); // → [1, 6, 120]
 * ```
 */
export const factorial = (n: tf.Tensor): tf.Tensor => lookUp('n', n, 1);

/**
 * n!! = n (n − 2) (n − 4) …, exact to float32's precision; a constant to gradients.
 * @param n [*], whole numbers ≥ 0.
 * @returns [*]
 * @example
 * ```ts
 * math.mathHelpers.doubleFactorial(tf.tensor1d([5, 6])); // → [15, 48]
 * ```
 */
export const doubleFactorial = (n: tf.Tensor): tf.Tensor => lookUp('n', n, 2);
