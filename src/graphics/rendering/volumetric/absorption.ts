import { byPrecision } from '../../math/precision';
import * as tf from '../../tf';
import { cumulativeProduct, last } from './cumulativeProduct';
import { voxelRays } from './voxels';

/** A voxel lets at least this much light through, so that the gradient of what lies behind it does not vanish. */
const minTransmission = (): number => byPrecision(1e-6, 2 ** -10);

/**
 * Renders voxels that absorb light on its way along an axis: 1 − Π clip(1 − absorptionFactor/cellSize·v, 10⁻⁶, 1), for each channel by
 * itself. Differentiable where nothing is clipped.
 *
 * @param voxels [*, X, Y, Z, C]
 * @param options.absorptionFactor density of a voxel of value 1.
 * @param options.cellSize side of a voxel; a larger one absorbs less, as in TensorFlow Graphics.
 * @param options.axis 0, 1 or 2: along x, y or z.
 * @returns [*, Y, Z, C], [*, X, Z, C] or [*, X, Y, C]
 * @throws Error that names the argument and shape.
 * Source: Henzler et al. 2019, "Escaping Plato's Cave: 3D Shape From Adversarial Rendering", §3.2.
 * @example
 * ```ts
 * rendering.volumetric.absorption.render(tf.tensor4d([1, 2], [1, 1, 2, 1])); // → [[[0.28]]]
 * ```
 */
export const render = (voxels: tf.Tensor, { absorptionFactor = 0.1, cellSize = 1, axis = 2 } = {}): tf.Tensor => tf.tidy(() => {
  const { rays, toImage } = voxelRays(voxels, axis);
  const transmission = tf.clipByValue(tf.sub(1, tf.mul(rays, absorptionFactor / cellSize)), minTransmission(), 1);
  return toImage(tf.sub(1, last(cumulativeProduct(transmission))));
});
