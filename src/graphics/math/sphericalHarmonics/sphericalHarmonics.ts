import { assertInRange } from '../../assertions';
import { asFloat } from '../../asFloat';
import { broadcastBatches, checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { dot } from '../vector';
import { readBands, scaledLegendre } from './legendre';

// Real spherical harmonics with the Condon–Shortley phase; θ in [0, π] from the z axis, φ about it, radians. Bands l come one after the
// other, each with its orders m = −l … l.

/** √((2l + 1) (l − |m|)! / (4π (l + |m|)!)), which makes a harmonic's square integrate to 1 (with √2 for m ≠ 0). */
export function sphericalHarmonicsNormalization(l: number, m: number): number {
  const order = Math.abs(m);
  let squared = (2 * l + 1) / (4 * Math.PI);
  for (let k = l - order + 1; k <= l + order; k++) squared /= k;
  return Math.sqrt(squared);
}

/**
 * All degrees and orders up to a band.
 * @param maxBand the largest degree, a whole number ≥ 0.
 * @returns degreeL and orderM, int32 [(maxBand + 1)²].
 * @example
 * ```ts
 * math.sphericalHarmonics.generateLMPermutations(1); // → { degreeL: [0, 1, 1, 1], orderM: [0, -1, 0, 1] }
 * ```
 */
export function generateLMPermutations(maxBand: number): { readonly degreeL: tf.Tensor1D; readonly orderM: tf.Tensor1D } {
  const pairs = Array.from({ length: maxBand + 1 }, (_, l) => Array.from({ length: 2 * l + 1 }, (__, i) => [l, i - l])).flat();
  return { degreeL: tf.tensor1d(pairs.map(([l]) => l), 'int32'), orderM: tf.tensor1d(pairs.map(([, m]) => m), 'int32') };
}

/**
 * Degrees up to a band with order 0: the zonal harmonics, which are symmetric about the z axis.
 * @param maxBand the largest degree, a whole number ≥ 0.
 * @returns degreeL and orderM, int32 [maxBand + 1].
 * @example
 * ```ts
 * math.sphericalHarmonics.generateLMZonal(2); // → { degreeL: [0, 1, 2], orderM: [0, 0, 0] }
 * ```
 */
export function generateLMZonal(maxBand: number): { readonly degreeL: tf.Tensor1D; readonly orderM: tf.Tensor1D } {
  return { degreeL: tf.range(0, maxBand + 1, 1, 'int32'), orderM: tf.zeros([maxBand + 1], 'int32') };
}

/**
 * Real spherical harmonics, Y_1^1 = −√3 x / (2√π) among them. Differentiable in the angles, also at the poles. Any φ is taken: both
 * [0, 2π] and the (−π, π] that {@link cartesianToSphericalCoordinates} gives. Degrees and orders are read back, which waits for the device if they
 * were made there.
 * @param degreeL [*, C], whole numbers ≥ 0.
 * @param orderM [*, C], |m| ≤ l.
 * @param theta [*, 1], in [0, π].
 * @param phi [*, 1]
 * @returns [*, C]
 * @throws Error that names the argument, axis and shape; Error for bands that do not exist.
 * Source: Green 2003, "Spherical Harmonic Lighting: The Gritty Details".
 * @example
 * ```ts
 * // At the north pole all orders but 0 vanish: 1 / √(4π) and √(3 / 4π) are left.
 * const { degreeL, orderM } = math.sphericalHarmonics.generateLMPermutations(1);
 * math.sphericalHarmonics.evaluateSphericalHarmonics(degreeL, orderM, tf.tensor1d([0]), tf.tensor1d([0])); // → [0.2821, 0, 0.4886, 0]
 * ```
 */
export function evaluateSphericalHarmonics(degreeL: tf.Tensor, orderM: tf.Tensor, theta: tf.Tensor, phi: tf.Tensor): tf.Tensor {
  checkMinimumRank('degreeL', degreeL, 1);
  checkLastAxis('orderM', orderM, degreeL.shape[degreeL.rank - 1]);
  checkLastAxis('theta', theta, 1);
  checkLastAxis('phi', phi, 1);
  broadcastBatches(['degreeL', degreeL, 1], ['orderM', orderM, 1], ['theta', theta, 1], ['phi', phi, 1]);
  const bands = readBands(degreeL, orderM);
  return tf.tidy(() => {
    assertInRange('theta', theta, 0, Math.PI);
    const polar = asFloat(theta);
    const polynomial = scaledLegendre(bands, tf.cos(polar), tf.sin(polar), sphericalHarmonicsNormalization);
    const constant = (value: (m: number) => number) => tf.tensor(Float32Array.from(bands.m, value), [...bands.shape]);
    const turn = tf.mul(constant(Math.abs), asFloat(phi));
    const cosines = tf.mul(constant((m) => (m < 0 ? 0 : m === 0 ? 1 : Math.SQRT2)), tf.cos(turn));
    const sines = tf.mul(constant((m) => (m < 0 ? Math.SQRT2 : 0)), tf.sin(turn));
    return tf.mul(polynomial, tf.add(cosines, sines));
  });
}

/**
 * The integral over the sphere of two functions' product, from their coefficients: a dot product, as the basis is orthonormal.
 * @param harmonics1 [*, C]
 * @param harmonics2 [*, C]
 * @param options.keepdims keeps the last axis, of size 1.
 * @returns [*, 1], or [*] without `keepdims`.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * math.sphericalHarmonics.integrationProduct(tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([1, 0, 0, 1])); // → [5]
 * ```
 */
export const integrationProduct = (harmonics1: tf.Tensor, harmonics2: tf.Tensor, { keepdims = true } = {}): tf.Tensor => {
  checkMinimumRank('harmonics1', harmonics1, 1);
  checkLastAxis('harmonics2', harmonics2, harmonics1.shape[harmonics1.rank - 1]);
  broadcastBatches(['harmonics1', harmonics1, 1], ['harmonics2', harmonics2, 1]);
  return dot(harmonics1, harmonics2, { keepdims });
};
