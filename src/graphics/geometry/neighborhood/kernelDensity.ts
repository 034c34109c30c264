import { DENSITY_REACH } from '../../../scene/pointDensity';
import { gatherRows, segmentSum } from '../../kernels';
import { checkMinimumRank, checkSameBatches } from '../../shape';
import * as tf from '../../tf';
import { disposeNeighborhood, flattenFor, unflattenFrom, type SparseNeighborhood } from '../convolution/sparseNeighborhood';
import { radiusPairs } from './neighbors';

function sumOfGaussians(points: tf.Tensor, pairs: SparseNeighborhood, bandwidth: number): tf.Tensor {
  const dimension = points.shape[points.rank - 1];
  const x = flattenFor(pairs, points);
  const squared = tf.sum(tf.squaredDifference(gatherRows(x, pairs.columns), gatherRows(x, pairs.rows)), -1, true);
  const height = (2 * Math.PI * bandwidth ** 2) ** (-dimension / 2);
  const sums = segmentSum(tf.mul(tf.exp(tf.mul(squared, -0.5 / bandwidth ** 2)), height), pairs.rows);
  return tf.squeeze(unflattenFrom(pairs, sums), [-1]);
}

/**
 * How densely points lie around each of them, per unit of volume: ρ(xᵢ) = Σⱼ exp(−|xᵢ − xⱼ|² / 2σ²) / (2πσ²)^(D/2) over the points within 3σ, xᵢ
 * itself among them. A kernel density estimate with Gaussians (Parzen, "On estimation of a probability density function and mode", 1962), times the
 * number of points: what Monte-Carlo convolution divides by and PointConv inverts. O(N + pairs), and as much memory. Differentiable in the points.
 *
 * @param points [*, N, D]
 * @param bandwidth σ, in the points' unit.
 * @param options.neighbors [*, N, N] or [N, N] for all: who counts, the point itself among them; by default all within 3σ, which are looked for
 *   on the processor. A list cut off at so many neighbours must not be given: where points are dense it would cut the density.
 * @param options.sizes int32 [*]: without `neighbors`, how many of the N points count. Others get 0.
 * @returns [*, N]
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * // Twice as many points in the same place, twice the density.
 * const [sparse, dense] = [tf.zeros([1, 3]), tf.zeros([2, 3])];
 * geometry.neighborhood.kernelDensity(sparse, 1); // → [0.0635]
 * geometry.neighborhood.kernelDensity(dense, 1); // → [0.127, 0.127]
 * ```
 */
export function kernelDensity(
  points: tf.Tensor, bandwidth: number, { neighbors, sizes = null }: { readonly neighbors?: SparseNeighborhood; readonly sizes?: tf.Tensor | null } = {},
): tf.Tensor {
  checkMinimumRank('points', points, 2);
  if (!(bandwidth > 0)) throw new Error(`bandwidth must be greater than 0, not ${bandwidth}`);
  if (neighbors && neighbors.batch.length > 0) checkSameBatches(['points', points, 2], ['neighbors', { shape: [...neighbors.batch] }, 0]);
  return tf.tidy(() => {
    if (neighbors) return sumOfGaussians(points, neighbors, bandwidth);
    const own = radiusPairs(points, DENSITY_REACH * bandwidth, { sizes });
    try {
      return sumOfGaussians(points, own, bandwidth);
    } finally {
      disposeNeighborhood(own);
    }
  });
}
