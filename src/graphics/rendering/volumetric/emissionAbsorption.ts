import { byPrecision } from '../../math/precision';
import * as tf from '../../tf';
import { cumulativeProduct, last } from './cumulativeProduct';
import { ALONG, voxelRays } from './voxels';

/** Added to the weights' sum: a ray that meets nothing is black, not undefined. */
const minWeight = (): number => byPrecision(1e-6, 2 ** -10);

/**
 * Renders voxels that shine and absorb: along the axis, front first, a voxel's colour counts by its density (times
 * absorptionFactor/cellSize) and by what it and all before it let through; the weighted mean is multiplied by the opacity of the ray.
 * Differentiable.
 *
 * @param voxels [*, X, Y, Z, C + 1]; the last channel is the density.
 * @param options.absorptionFactor density of a voxel of value 1.
 * @param options.cellSize side of a voxel; a larger one absorbs less, as in TensorFlow Graphics.
 * @param options.axis 0, 1 or 2: along x, y or z.
 * @returns [*, Y, Z, C + 1], [*, X, Z, C + 1] or [*, X, Y, C + 1]; the last channel is the opacity.
 * @throws Error that names the argument and shape.
 * Source: Henzler et al. 2019, "Escaping Plato's Cave: 3D Shape From Adversarial Rendering", §3.2.
 * @example
 * ```ts
 * rendering.volumetric.emissionAbsorption.render(tf.tensor4d([0.5, 1], [1, 1, 1, 2])); // → [[[0.05, 0.1]]]
 * ```
 */
export const render = (voxels: tf.Tensor, { absorptionFactor = 0.1, cellSize = 1, axis = 2 } = {}): tf.Tensor => tf.tidy(() => {
  const { rays, toImage } = voxelRays(voxels, axis);
  const channels = rays.shape[3];
  if (channels < 2) throw new Error(`voxels must have greater than 1 dimensions in axis -1, but it has shape [${voxels.shape.join(', ')}]`);
  const [signal, value] = tf.split(rays, [channels - 1, 1], 3);
  const density = tf.mul(value, absorptionFactor / cellSize);
  const transmission = cumulativeProduct(tf.sub(1, density));
  const weight = tf.mul(density, transmission);
  const mean = tf.div(tf.sum(tf.mul(weight, signal), ALONG), tf.add(tf.sum(weight, ALONG), minWeight()));
  const alpha = tf.sub(1, last(transmission));
  return toImage(tf.concat([tf.mul(mean, alpha), alpha], 2));
});
