import { dot, normalize } from '../../math/vector';
import * as tf from '../../tf';
import { lobe } from './lobe';

/**
 * Blinn's variant of Phong's glossy surface: albedo·max(n·h, 0)^shininess, h being half-way between light and eye.
 * @param directionIncomingLight [*, 3], unit length, from the light to the surface.
 * @param directionOutgoingLight [*, 3], unit length, from the surface to the eye.
 * @param surfaceNormal [*, 3], unit length.
 * @param shininess [*, 1], not negative.
 * @param albedo [*, 3] in 0…1.
 * @param options.brdfNormalization multiplies by (s + 2)(s + 4)/(8π(2^(−s/2) + s)), which conserves energy.
 * @returns [*, 3]
 * Source: Blinn 1977, "Models of Light Reflection for Computer Synthesized Pictures"; Giesen 2009 for the normalisation.
 * @example
 * ```ts
 * const [down, up] = [tf.tensor1d([0, 0, -1]), tf.tensor1d([0, 0, 1])];
 * rendering.reflectance.blinnPhong.brdf(down, up, up, tf.tensor1d([0]), tf.tensor1d([0.5, 0.5, 0.5])); // → [0.1592, 0.1592, 0.1592]
 * ```
 */
export const brdf = (
  directionIncomingLight: tf.Tensor, directionOutgoingLight: tf.Tensor, surfaceNormal: tf.Tensor, shininess: tf.Tensor, albedo: tf.Tensor,
  { brdfNormalization = true } = {},
): tf.Tensor => tf.tidy(() => {
  const surface = { directionIncomingLight, directionOutgoingLight, surfaceNormal, shininess, albedo };
  const reflected = lobe(surface, () => dot(surfaceNormal, normalize(tf.sub(directionOutgoingLight, directionIncomingLight))));
  if (!brdfNormalization) return reflected;
  const twoToMinusHalf = tf.exp(tf.mul(shininess, -Math.LN2 / 2));
  return tf.mul(reflected, tf.div(tf.mul(tf.add(shininess, 2), tf.add(shininess, 4)), tf.mul(tf.add(twoToMinusHalf, shininess), 8 * Math.PI)));
});
