import { assertInRange } from '../../assertions';
import { asFloat } from '../../asFloat';
import { untaped } from '../../kernels/untaped';
import { safeSignedDivide } from '../../math/safe';
import { byPrecision } from '../../math/precision';
import { broadcastBatches, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

// A lens that moves a point at radius r from the axis to (1 + k·r²)·r, radii being those of (x/z, y/z). Where that stops growing with r
// the image folds over itself: such pixels overflow.

/** The slope of the equation for the undistortion is kept this far from 0, its value where the lens begins to fold. */
const minSlope = (): number => byPrecision(1e-6, 2 ** -7);

/** k·r² of every pixel, [*, H, W]. */
function strength(name: string, squaredRadius: tf.Tensor, distortionCoefficient: tf.Tensor): tf.Tensor {
  checkMinimumRank(name, squaredRadius, 2);
  broadcastBatches([name, squaredRadius, 2], ['distortionCoefficient', distortionCoefficient, 0]);
  assertInRange(name, squaredRadius, 0, Infinity);
  const coefficient = asFloat(distortionCoefficient);
  return tf.mul(asFloat(squaredRadius), tf.reshape(coefficient, [...coefficient.shape, 1, 1]));
}

const below = (x: tf.Tensor, limit: number): tf.Tensor => untaped(() => tf.tidy(() => tf.less(x, limit)));

/**
 * What x/z and y/z are multiplied by to be distorted: 1 + k·r².
 * @param squaredRadius [*, H, W]: (x/z)² + (y/z)² of the pixels, not negative.
 * @param distortionCoefficient k, [*] or a scalar.
 * @returns distortionFactor [*, H, W]; overflowMask, bool [*, H, W]: where the distorted radius no longer grows (1 + 3k·r² < 0), and the
 *   factor means nothing.
 * @throws Error that names the argument and shape.
 * @example
 * ```ts
 * const { distortionFactor } = rendering.camera.quadraticRadialDistortion.distortionFactor(tf.tensor2d([[1, 4]]), tf.scalar(-0.25));
 * distortionFactor; // → [[0.75, 0]]
 * ```
 */
export const distortionFactor = (
  squaredRadius: tf.Tensor, distortionCoefficient: tf.Tensor,
): { distortionFactor: tf.Tensor; overflowMask: tf.Tensor } => tf.tidy(() => {
  const kr2 = strength('squaredRadius', squaredRadius, distortionCoefficient);
  return { distortionFactor: tf.add(kr2, 1), overflowMask: below(kr2, -1 / 3) };
});

/**
 * What distorted x/z and y/z are multiplied by to be undone: the root u of k·r²·u³ + u = 1, by Newton's method. Gradients flow through
 * the iterations and stay finite at the fold.
 * @param distortedSquaredRadius [*, H, W]: (x/z)² + (y/z)² of the distorted pixels, not negative.
 * @param distortionCoefficient k, [*] or a scalar.
 * @param options.numIterations steps of Newton's method.
 * @returns undistortion [*, H, W]; overflowMask, bool [*, H, W]: where no point is distorted to that radius (4/27 + k·r² < 0), and the
 *   factor means nothing.
 * @throws Error that names the argument and shape.
 * Source of the first guess, 1 − k·r²: Drap and Lefèvre 2016, "An Exact Formula for Calculating Inverse Radial Lens Distortions".
 * @example
 * ```ts
 * const { undistortion } = rendering.camera.quadraticRadialDistortion.undistortionFactor(tf.tensor2d([[1.44]]), tf.scalar(0.2));
 * undistortion; // → [[0.8333]]
 * ```
 */
export const undistortionFactor = (
  distortedSquaredRadius: tf.Tensor, distortionCoefficient: tf.Tensor, { numIterations = 5 } = {},
): { undistortion: tf.Tensor; overflowMask: tf.Tensor } => tf.tidy(() => {
  const kr2 = strength('distortedSquaredRadius', distortedSquaredRadius, distortionCoefficient);
  let undistortion = tf.sub(1, kr2);
  for (let i = 0; i < numIterations; i++) {
    // u − (k·r²·u³ + u − 1)/(3k·r²·u² + 1), over the common denominator.
    const square = tf.mul(kr2, tf.square(undistortion));
    const numerator = tf.add(tf.mul(tf.mul(square, undistortion), 2), 1);
    undistortion = safeSignedDivide(numerator, tf.add(tf.mul(square, 3), 1), minSlope());
  }
  return { undistortion, overflowMask: below(kr2, -4 / 27) };
});
