import { dot, normalize, reflect } from '../../math/vector';
import * as tf from '../../tf';
import { lobe } from './lobe';

/**
 * Phong's glossy surface: albedo·max(r·v, 0)^shininess, r being the light mirrored in the surface; 0 where light or eye is behind it.
 * @param directionIncomingLight [*, 3], unit length, from the light to the surface.
 * @param directionOutgoingLight [*, 3], unit length, from the surface to the eye.
 * @param surfaceNormal [*, 3], unit length.
 * @param shininess [*, 1], not negative.
 * @param albedo [*, 3] in 0…1.
 * @param options.brdfNormalization multiplies by (shininess + 2)/2π, which conserves energy.
 * @returns [*, 3]
 * Source: Phong 1975, "Illumination for Computer Generated Pictures"; Lafortune and Willems 1994.
 * @example
 * ```ts
 * const [down, up] = [tf.tensor1d([0, 0, -1]), tf.tensor1d([0, 0, 1])];
 * rendering.reflectance.phong.brdf(down, up, up, tf.tensor1d([2]), tf.tensor1d([0.5, 0.5, 0.5])); // → [0.3183, 0.3183, 0.3183]
 * ```
 */
export const brdf = (
  directionIncomingLight: tf.Tensor, directionOutgoingLight: tf.Tensor, surfaceNormal: tf.Tensor, shininess: tf.Tensor, albedo: tf.Tensor,
  { brdfNormalization = true } = {},
): tf.Tensor => tf.tidy(() => {
  const surface = { directionIncomingLight, directionOutgoingLight, surfaceNormal, shininess, albedo };
  const reflected = lobe(surface, () => dot(normalize(reflect(directionIncomingLight, surfaceNormal)), directionOutgoingLight));
  return brdfNormalization ? tf.mul(reflected, tf.div(tf.add(shininess, 2), 2 * Math.PI)) : reflected;
});
