import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { registerComposedGradient } from '../composedGradient';
import './kernelInfluence.cpu';
import './kernelInfluence.webgl';
import { KERNEL_INFLUENCE, KERNEL_INFLUENCE_GRAD, LEAST_SQUARED_DISTANCE, type InfluenceAttrs } from './names';

export { KERNEL_INFLUENCE, KERNEL_INFLUENCE_GRAD } from './names';

/**
 * How much each kernel point is felt at each place: h[m, k] = max(0, 1 − |offsets[m] − points[k]| / sigma), in one pass and without an [M, K, 3] tensor.
 * Differentiable in the offsets, to any order; kernel points are constants. The gradient at a kernel point itself is 0.
 *
 * @param offsets [M, 3] @param points [K, 3] @param sigma in their unit.
 * @returns [M, K]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * kernelInfluence(tf.tensor2d([[0.5, 0, 0]]), tf.tensor2d([[0, 0, 0], [1.5, 0, 0]]), 2); // → [[0.75, 0.5]]
 * ```
 */
export function kernelInfluence(offsets: tf.Tensor, points: tf.Tensor, sigma: number): tf.Tensor2D {
  checkShape('offsets', offsets, [null, 3]);
  checkShape('points', points, [null, 3]);
  return tf.engine().runKernel(KERNEL_INFLUENCE, { offsets, points }, { sigma }) as tf.Tensor2D;
}

tf.registerGradient({
  kernelName: KERNEL_INFLUENCE,
  inputsToSave: ['offsets', 'points'],
  gradFunc: (dy, [offsets, points], attrs) => ({
    offsets: () => tf.engine().runKernel(KERNEL_INFLUENCE_GRAD, { dy: dy as tf.Tensor, offsets, points }, attrs) as tf.Tensor,
  }),
});

registerComposedGradient<'dy' | 'offsets' | 'points', InfluenceAttrs>(KERNEL_INFLUENCE_GRAD, ['dy', 'offsets', 'points'], ['dy', 'offsets'], ({ dy, offsets, points }, { sigma }) => {
  const gaps = tf.sub(tf.expandDims(offsets, 1), points);
  const squared = tf.sum(tf.square(gaps), -1);
  const felt = tf.cast(tf.logicalAnd(tf.greaterEqual(squared, LEAST_SQUARED_DISTANCE), tf.less(squared, sigma ** 2)), 'float32');
  const slopes = tf.mul(tf.mul(dy, felt), tf.rsqrt(tf.maximum(squared, LEAST_SQUARED_DISTANCE)));
  return tf.mul(tf.sum(tf.mul(tf.expandDims(slopes, -1), gaps), 1), -1 / sigma);
});
