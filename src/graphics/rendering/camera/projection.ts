import { asFloat } from '../../asFloat';
import { boundedSignedDivide } from '../../math/safe';
import { byPrecision } from '../../math/precision';
import { broadcastBatches, checkLastAxis } from '../../shape';
import * as tf from '../../tf';

// The pinhole: +z forward, y down, pixels = focal·(x/z, y/z) + principal point. Batch axes broadcast.

/**
 * Depths nearer to the pinhole's plane than this, in units of the scene, count as this far from it: the projection stays finite, a hundred thousand times
 * farther out than at depth 1, and is a constant to gradients there. So do focal lengths, in pixels.
 */
const minDepth = (): number => byPrecision(1e-5, 2 ** -7);

/**
 * Where a pinhole camera sees a point: focal · (x/z, y/z) + principal point.
 * @param point3d [*, 3] in the camera's frame: y down, z forward.
 * @param focal [*, 2], pixels.
 * @param principalPoint [*, 2], pixels.
 * @returns [*, 2], pixels. At z = 0 far outside of the image, with a gradient of 0 to the point.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [focal, principalPoint] = [tf.tensor1d([100, 100]), tf.tensor1d([32, 24])];
 * rendering.camera.perspective.project(tf.tensor1d([1, 2, 4]), focal, principalPoint); // → [57, 74]
 * ```
 */
export const project = (point3d: tf.Tensor, focal: tf.Tensor, principalPoint: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point3d', point3d, 3);
  checkLastAxis('focal', focal, 2);
  checkLastAxis('principalPoint', principalPoint, 2);
  broadcastBatches(['point3d', point3d, 1], ['focal', focal, 1], ['principalPoint', principalPoint, 1]);
  const [xy, z] = tf.split(asFloat(point3d), [2, 1], -1) as [tf.Tensor, tf.Tensor];
  const quotient = boundedSignedDivide(xy, z, minDepth());
  return tf.add(tf.mul(quotient, asFloat(focal)), asFloat(principalPoint));
});

/**
 * The direction in which a pixel looks.
 * @param point2d [*, 2], pixels.
 * @param focal [*, 2], pixels.
 * @param principalPoint [*, 2], pixels.
 * @returns [*, 3] with z = 1 (not unit length); for a focal length of 0 nearly in the image's plane, with a gradient of 0.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [focal, principalPoint] = [tf.tensor1d([100, 100]), tf.tensor1d([32, 24])];
 * rendering.camera.perspective.ray(tf.tensor1d([57, 74]), focal, principalPoint); // → [0.25, 0.5, 1]
 * ```
 */
export const ray = (point2d: tf.Tensor, focal: tf.Tensor, principalPoint: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('point2d', point2d, 2);
  checkLastAxis('focal', focal, 2);
  checkLastAxis('principalPoint', principalPoint, 2);
  broadcastBatches(['point2d', point2d, 1], ['focal', focal, 1], ['principalPoint', principalPoint, 1]);
  const xy = boundedSignedDivide(tf.sub(asFloat(point2d), asFloat(principalPoint)), asFloat(focal), minDepth());
  return tf.concat([xy, tf.ones([...xy.shape.slice(0, -1), 1])], -1);
});

/**
 * The point seen in a pixel at a depth along the line of sight; the inverse of {@link project}.
 * @param point2d [*, 2], pixels.
 * @param depth [*, 1]: z.
 * @param focal [*, 2], pixels.
 * @param principalPoint [*, 2], pixels.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [focal, principalPoint] = [tf.tensor1d([100, 100]), tf.tensor1d([32, 24])];
 * rendering.camera.perspective.unproject(tf.tensor1d([57, 74]), tf.tensor1d([4]), focal, principalPoint); // → [1, 2, 4]
 * ```
 */
export const unproject = (point2d: tf.Tensor, depth: tf.Tensor, focal: tf.Tensor, principalPoint: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('depth', depth, 1);
  broadcastBatches(['point2d', point2d, 1], ['depth', depth, 1], ['focal', focal, 1], ['principalPoint', principalPoint, 1]);
  return tf.mul(ray(point2d, focal, principalPoint), asFloat(depth));
});
