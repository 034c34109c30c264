import { checkMinimumRank, checkSameBatches } from '../../shape';
import * as tf from '../../tf';

/** The smallest box along the axes around each cloud; lower and upper corner are [*, D]. */
export interface BoundingBox { readonly min: tf.Tensor; readonly max: tf.Tensor }

/** Farther away than any point, and still a number on every device. */
const FAR = 1e30;

/**
 * The smallest box along the axes that holds each cloud. Differentiable: a corner's gradient goes to the points that it touches.
 * @param points [*, N, D], N ≥ 1.
 * @param options.sizes int32 [*]: how many of the N points count, at least one; all by default.
 * @returns min and max [*, D].
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const { min, max } = geometry.pointHierarchy.axisAlignedBoundingBox(tf.tensor2d([[0, 5], [2, 1], [1, 3]]));
 * min; // → [0, 1]
 * max; // → [2, 5]
 * ```
 */
export function axisAlignedBoundingBox(points: tf.Tensor, { sizes = null }: { readonly sizes?: tf.Tensor | null } = {}): BoundingBox {
  checkMinimumRank('points', points, 2);
  if (sizes) checkSameBatches(['points', points, 2], ['sizes', sizes, 0]);
  const [count] = points.shape.slice(-2);
  if (count === 0) throw new Error(`points must have at least one point, but it has shape [${points.shape.join(', ')}]`);
  return tf.tidy(() => {
    if (!sizes) return { min: tf.min(points, -2), max: tf.max(points, -2) };
    const counts = tf.expandDims(tf.less(tf.range(0, count, 1, 'int32'), tf.expandDims(sizes, -1)), -1);
    // Padding is moved out of the way, and has no gradient.
    const away = tf.mul(FAR, tf.sub(1, tf.cast(counts, 'float32')));
    const own = tf.mul(points, tf.cast(counts, 'float32'));
    return { min: tf.min(tf.add(own, away), -2), max: tf.max(tf.sub(own, away), -2) };
  });
}
