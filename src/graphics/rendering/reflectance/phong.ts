import { dot, normalize, reflect } from '../../math/vector';
import { checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { facing } from './facing';
import { power } from './power';

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
 */
export const brdf = (
  directionIncomingLight: tf.Tensor, directionOutgoingLight: tf.Tensor, surfaceNormal: tf.Tensor, shininess: tf.Tensor, albedo: tf.Tensor,
  { brdfNormalization = true } = {},
): tf.Tensor => tf.tidy(() => {
  checkLastAxis('shininess', shininess, 1);
  checkLastAxis('albedo', albedo, 3);
  const mask = facing({ directionIncomingLight, directionOutgoingLight, surfaceNormal });
  const mirrored = normalize(reflect(directionIncomingLight, surfaceNormal));
  const lobe = tf.mul(tf.mul(mask, albedo), power(dot(mirrored, directionOutgoingLight), shininess));
  return brdfNormalization ? tf.mul(lobe, tf.div(tf.add(shininess, 2), 2 * Math.PI)) : lobe;
});
