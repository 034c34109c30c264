import { asFloat } from '../../asFloat';
import { cross, dot } from '../../math/vector';
import { broadcastBatches, checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { directionOr, unitAcross } from './directions';
import { matrixOf } from './matrix';

/**
 * World → eye matrix of a camera that looks down −z with y up, as gluLookAt. Differentiable, and a rigid motion for any input: where the up
 * vector lies along the line of sight or is 0, a coordinate axis takes its place; where camera and point are one, the camera looks along −z.
 * @param cameraPosition [*, 3]
 * @param lookAt [*, 3]: the point looked at.
 * @param upVector [*, 3]: of any length.
 * @returns [*, 4, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // From 5 in front of the origin, which then lies 5 along −z.
 * const view = geometry.transformation.lookAt.rightHanded(tf.tensor1d([0, 0, 5]), tf.tensor1d([0, 0, 0]), tf.tensor1d([0, 1, 0]));
 * view; // → [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, -5], [0, 0, 0, 1]]
 * ```
 */
export const rightHanded = (cameraPosition: tf.Tensor, lookAt: tf.Tensor, upVector: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('cameraPosition', cameraPosition, 3);
  checkLastAxis('lookAt', lookAt, 3);
  checkLastAxis('upVector', upVector, 3);
  broadcastBatches(['cameraPosition', cameraPosition, 1], ['lookAt', lookAt, 1], ['upVector', upVector, 1]);
  const position = asFloat(cameraPosition);
  const forward = directionOr(tf.sub(asFloat(lookAt), position), [0, 0, -1]);
  const up = unitAcross(forward, asFloat(upVector));
  const rows = [cross(forward, up), up, tf.neg(forward)];
  const entries = rows.map((row) => [...tf.split(row, 3, -1), tf.neg(dot(row, position))]);
  return matrixOf([...entries, [0, 0, 0, 1]]);
});
