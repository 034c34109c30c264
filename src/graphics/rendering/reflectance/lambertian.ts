import { asFloat } from '../../asFloat';
import { checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { facing } from './facing';

/**
 * Lambert's matte surface: albedo/π where light and eye are before the surface, else 0. The cosine of the light's angle is not in it.
 * @param directionIncomingLight [*, 3], unit length, from the light to the surface.
 * @param directionOutgoingLight [*, 3], unit length, from the surface to the eye.
 * @param surfaceNormal [*, 3], unit length.
 * @param albedo [*, 3] in 0…1.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [down, up] = [tf.tensor1d([0, 0, -1]), tf.tensor1d([0, 0, 1])];
 * rendering.reflectance.lambertian.brdf(down, up, up, tf.tensor1d([0.5, 0.5, 0.5])); // → [0.1592, 0.1592, 0.1592]
 * ```
 */
export const brdf = (
  directionIncomingLight: tf.Tensor, directionOutgoingLight: tf.Tensor, surfaceNormal: tf.Tensor, albedo: tf.Tensor,
): tf.Tensor => tf.tidy(() => {
  checkLastAxis('albedo', albedo, 3);
  return tf.mul(facing({ directionIncomingLight, directionOutgoingLight, surfaceNormal }, ['albedo', albedo, 1]), tf.div(asFloat(albedo), Math.PI));
});
