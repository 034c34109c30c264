import { asFloat } from '../../asFloat';
import { broadcastBatches, checkLastAxis } from '../../shape';
import * as tf from '../../tf';

// A camera whose lines of sight are parallel: points move along z without moving in the image.

/**
 * Drops the depth.
 * @param point3d [*, 3] in the camera's frame, z forward.
 * @returns [*, 2]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.camera.orthographic.project(tf.tensor1d([1, 2, 3])); // → [1, 2]
 * ```
 */
export const project = (point3d: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point3d', point3d, 3);
  return tf.split(asFloat(point3d), [2, 1], -1)[0];
});

/**
 * The direction in which a pixel looks: (0, 0, 1) for each; a constant to gradients.
 * @param point2d [*, 2]
 * @returns [*, 3], unit length.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.camera.orthographic.ray(tf.tensor1d([5, 7])); // → [0, 0, 1]
 * ```
 */
export const ray = (point2d: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point2d', point2d, 2);
  return tf.tile(tf.tensor([0, 0, 1], [...point2d.shape.slice(0, -1).map(() => 1), 3]), [...point2d.shape.slice(0, -1), 1]);
});

/**
 * The point seen in a pixel at a depth; the inverse of {@link project}.
 * @param point2d [*, 2]
 * @param depth [*, 1]: z. Its batch shape broadcasts with that of the points.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.camera.orthographic.unproject(tf.tensor1d([1, 2]), tf.tensor1d([3])); // → [1, 2, 3]
 * ```
 */
export const unproject = (point2d: tf.Tensor, depth: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point2d', point2d, 2);
  checkLastAxis('depth', depth, 1);
  const batch = broadcastBatches(['point2d', point2d, 1], ['depth', depth, 1]);
  return tf.concat([tf.broadcastTo(asFloat(point2d), [...batch, 2]), tf.broadcastTo(asFloat(depth), [...batch, 1])], -1);
});
