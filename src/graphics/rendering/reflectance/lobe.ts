import { assertInRange } from '../../assertions';
import { checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { facing, type SurfaceDirections } from './facing';
import { power } from './power';

/** What a glossy brdf is asked about. */
export interface GlossySurface extends SurfaceDirections {
  /** [*, 1], not negative. */ readonly shininess: tf.Tensor;
  /** [*, 3] in 0…1. */ readonly albedo: tf.Tensor;
}

/**
 * What Phong's and Blinn's brdfs share: albedo·max(cosine, 0)^shininess, 0 where light or eye is behind the surface.
 * @param cosine of the angle between the lobe's axis and the direction asked about, [*, 1]; computed after the shapes are checked.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 */
export function lobe(surface: GlossySurface, cosine: () => tf.Tensor): tf.Tensor {
  const { shininess, albedo } = surface;
  checkLastAxis('shininess', shininess, 1);
  checkLastAxis('albedo', albedo, 3);
  const mask = facing(surface, ['shininess', shininess, 1], ['albedo', albedo, 1]);
  assertInRange('shininess', shininess, 0, Infinity);
  assertInRange('albedo', albedo, 0, 1);
  return tf.mul(tf.mul(mask, albedo), power(cosine(), shininess));
}
