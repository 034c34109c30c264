import { asFloat } from '../../asFloat';
import { broadcastBatches, checkLastAxis, checkShape } from '../../shape';
import * as tf from '../../tf';
import { evaluateSphericalHarmonics, generateLMPermutations } from './sphericalHarmonics';

/** [C, C²]: a band's coefficient into each of its 2l + 1 orders, by a factor for the band. */
const spread = (bands: number, factor: (l: number) => number): tf.Tensor2D =>
  tf.tensor2d(Array.from({ length: bands }, (_, l) => Array.from({ length: bands * bands }, (__, i) => (Math.floor(Math.sqrt(i)) === l ? factor(l) : 0))));

/**
 * Zonal coefficients, one a band, repeated for all 2l + 1 orders of the band.
 * @param coefficients [C]
 * @returns [C²]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * math.sphericalHarmonics.tileZonalCoefficients(tf.tensor1d([5, 7])); // → [5, 7, 7, 7]
 * ```
 */
export function tileZonalCoefficients(coefficients: tf.Tensor): tf.Tensor {
  checkShape('coefficients', coefficients, [null]);
  return tf.tidy(() => tf.reshape(tf.matMul(tf.reshape(asFloat(coefficients), [1, -1]), spread(coefficients.shape[0], () => 1)), [-1]));
}

/**
 * A zonal function turned so that its axis points to (θ, φ): √(4π / (2l + 1)) z_l Y_l^m(θ, φ).
 * @param zonalCoeffs [C], one a band.
 * @param theta [*, 1], in [0, π], radians.
 * @param phi [*, 1], radians.
 * @returns [*, C²]
 * @throws Error that names the argument, axis and shape.
 * Source: Sloan, Kautz and Snyder 2002, "Precomputed Radiance Transfer for Real-Time Rendering in Dynamic, Low-Frequency Lighting Environments".
 * @example
 * ```ts
 * // Along z itself the coefficients land on order 0; along x on order 1, negative by the Condon–Shortley phase.
 * const zonal = tf.tensor1d([3, 2]);
 * math.sphericalHarmonics.rotateZonalHarmonics(zonal, tf.tensor1d([0]), tf.tensor1d([0])); // → [3, 0, 2, 0]
 * math.sphericalHarmonics.rotateZonalHarmonics(zonal, tf.tensor1d([Math.PI / 2]), tf.tensor1d([0])); // → [3, 0, 0, -2]
 * ```
 */
export function rotateZonalHarmonics(zonalCoeffs: tf.Tensor, theta: tf.Tensor, phi: tf.Tensor): tf.Tensor {
  checkShape('zonalCoeffs', zonalCoeffs, [null]);
  checkLastAxis('theta', theta, 1);
  checkLastAxis('phi', phi, 1);
  broadcastBatches(['theta', theta, 1], ['phi', phi, 1]);
  return tf.tidy(() => {
    const [bands] = zonalCoeffs.shape;
    const { degreeL, orderM } = generateLMPermutations(bands - 1);
    const tiled = tf.matMul(tf.reshape(asFloat(zonalCoeffs), [1, -1]), spread(bands, (l) => Math.sqrt((4 * Math.PI) / (2 * l + 1))));
    return tf.mul(tf.reshape(tiled, [-1]), evaluateSphericalHarmonics(degreeL, orderM, theta, phi));
  });
}
