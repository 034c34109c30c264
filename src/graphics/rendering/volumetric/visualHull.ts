import * as tf from '../../tf';
import { ALONG, voxelRays } from './voxels';

/**
 * The silhouette of voxels along an axis, softly: 1 − exp(−Σ v), for each channel by itself. Differentiable.
 *
 * @param voxels [*, X, Y, Z, C]
 * @param options.axis 0, 1 or 2: along x, y or z.
 * @returns [*, Y, Z, C], [*, X, Z, C] or [*, X, Y, C]
 * @throws Error that names the argument and shape.
 * Source: Henzler et al. 2019, "Escaping Plato's Cave: 3D Shape From Adversarial Rendering", §3.2.
 * @example
 * ```ts
 * rendering.volumetric.visualHull.render(tf.tensor4d([1, 2], [1, 1, 2, 1])); // → [[[0.9502]]]
 * ```
 */
export const render = (voxels: tf.Tensor, { axis = 2 } = {}): tf.Tensor => tf.tidy(() => {
  const { rays, toImage } = voxelRays(voxels, axis);
  return toImage(tf.sub(1, tf.exp(tf.neg(tf.sum(rays, ALONG)))));
});
