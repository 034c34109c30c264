import { asFloat } from '../../asFloat';
import { assertNormalized } from '../../assertions';
import { safeLength } from '../../math/safe';
import { dot } from '../../math/vector';
import { broadcastBatches, checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

/** The part of the point's offset from the origin that lies along a direction of unit length. */
function alongRay(point: tf.Tensor, origin: tf.Tensor, direction: tf.Tensor): { readonly offset: tf.Tensor; readonly along: tf.Tensor } {
  checkMinimumRank('point', point, 1);
  const size = point.shape[point.rank - 1];
  checkLastAxis('origin', origin, size);
  checkLastAxis('direction', direction, size);
  broadcastBatches(['point', point, 1], ['origin', origin, 1], ['direction', direction, 1]);
  assertNormalized('direction', direction);
  const unit = asFloat(direction);
  const offset = tf.sub(asFloat(point), asFloat(origin));
  return { offset, along: tf.mul(dot(offset, unit), unit) };
}

/**
 * Distances of points from lines through an origin. Differentiable; on the line the gradient is 0.
 *
 * @param point [*, M]
 * @param origin [*, M]
 * @param direction [*, M], unit length.
 * @param options.keepdims keeps the last axis, of size 1.
 * @returns [*, 1], or [*] without `keepdims`.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // From the z axis.
 * geometry.representation.point.distanceToRay(tf.tensor1d([3, 4, 5]), tf.tensor1d([0, 0, 0]), tf.tensor1d([0, 0, 1])); // → [5]
 * ```
 */
export const distanceToRay = (point: tf.Tensor, origin: tf.Tensor, direction: tf.Tensor, { keepdims = true } = {}): tf.Tensor => tf.tidy(() => {
  const { offset, along } = alongRay(point, origin, direction);
  const distance = safeLength(tf.sub(offset, along));
  return keepdims ? distance : tf.squeeze(distance, [distance.rank - 1]);
});

/**
 * The points of lines through an origin that are nearest to points. Differentiable.
 *
 * @param point [*, M]
 * @param origin [*, M]
 * @param direction [*, M], unit length.
 * @returns [*, M]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Onto the z axis.
 * geometry.representation.point.projectToRay(tf.tensor1d([3, 4, 5]), tf.tensor1d([0, 0, 0]), tf.tensor1d([0, 0, 1])); // → [0, 0, 5]
 * ```
 */
export const projectToRay = (point: tf.Tensor, origin: tf.Tensor, direction: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.add(asFloat(origin), alongRay(point, origin, direction).along));
