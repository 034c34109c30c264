import { flattenFor } from '../../geometry/convolution/sparseNeighborhood';
import { kernelDensity } from '../../geometry/neighborhood';
import { gatherRows, segmentSum } from '../../kernels';
import * as tf from '../../tf';
import type { KernelSight } from './kernelConvolution';

/**
 * Densities are taken as at least this much, where the radius is 1. A point alone has some 4 with a bandwidth of 1/4: only a density that was given
 * can be less, such as 0 for padding, and its inverse must stay a number.
 */
const LEAST_DENSITY = 1e-6;

/**
 * How densely points lie at each of them, [·, N, 1], where the radius is 1: what the call was given, or the estimate.
 * @param radius of the layer, in the points' unit. @param bandwidth where the radius is 1.
 */
export function densityOfColumns({ neighbors, points, args }: KernelSight, radius: number, bandwidth: number): tf.Tensor {
  const density = args.density ?? kernelDensity(points, bandwidth * radius, { sizes: args.sizes });
  const perBall = tf.maximum(tf.mul(density, radius ** points.shape[points.rank - 1]), LEAST_DENSITY);
  return flattenFor(neighbors, tf.expandDims(perBall, -1));
}

/** The same at each entry's neighbour, [·, E, 1]. */
export const densityOfEntries = (sight: KernelSight, radius: number, bandwidth: number): tf.Tensor =>
  // Entries without a column get 0, which would be divided by.
  tf.maximum(gatherRows(densityOfColumns(sight, radius, bandwidth), sight.neighbors.columns), LEAST_DENSITY);

/** 1 / (number of the row's entries), [E, 1]; 1 for entries without a row. */
export function shareOfEntries({ neighbors: { rows } }: KernelSight): tf.Tensor {
  const counts = segmentSum(tf.ones([rows.entryCount, 1]), rows);
  return tf.div(1, tf.maximum(gatherRows(counts, rows), 1));
}
