import { asFloat } from '../../asFloat';
import { indicator } from '../../math/safe';
import { byPrecision } from '../../math/precision';
import { checkAxis, checkLastAxis, checkMinimumRank, checkSameBatches } from '../../shape';
import * as tf from '../../tf';
import { disposeNeighborhood } from '../convolution/sparseNeighborhood';
import { pool } from '../convolution/graphPooling';
import { kNearestNeighbors, neighborhoodOf } from './neighbors';

/**
 * Squared distances are taken as at least this much: at a source itself its own weight then outdoes the others' (PointNet++ takes the same),
 * and its inverse is still far from float32's largest number.
 */
const leastSquaredDistance = (): number => byPrecision(1e-10, 2 ** -14);

/**
 * Features carried from sparse points to dense ones: the mean of the k nearest sources' features, weighted by 1 / distance^power.
 * Qi et al., "PointNet++", NeurIPS 2017, equation 2. Differentiable in the features; the weights are constants. Reads sources and points back,
 * which waits for the device.
 *
 * @param features [*, N, C] at the sources. @param sources [*, N, D] @param points [*, M, D] where features are wanted.
 * @param options.k sources for each point. @param options.sizes int32 [*]: how many sources count. @param options.querySizes int32 [*]: how many points count; others get 0.
 * @param options.power of the distance.
 * @returns [*, M, C]
 * @throws Error that names the argument, axis and shape; SceneError 'not-finite'.
 * @example
 * ```ts
 * const [features, sources] = [tf.tensor2d([[0], [6]]), tf.tensor2d([[0], [3]])];
 * // Half as far from the first source: shares of 2/3 and 1/3.
 * geometry.neighborhood.interpolateByInverseDistance(features, sources, tf.tensor2d([[1]]), { k: 2, power: 1 }); // → [[2]]
 * ```
 */
export function interpolateByInverseDistance(
  features: tf.Tensor, sources: tf.Tensor, points: tf.Tensor,
  { k = 3, power = 2, sizes = null, querySizes = null }: { readonly k?: number; readonly power?: number; readonly sizes?: tf.Tensor | null; readonly querySizes?: tf.Tensor | null } = {},
): tf.Tensor {
  checkMinimumRank('sources', sources, 2);
  const [count, dimension] = sources.shape.slice(-2);
  checkMinimumRank('points', points, 2);
  checkLastAxis('points', points, dimension);
  checkMinimumRank('features', features, 2);
  checkAxis('features', features, -2, count);
  checkSameBatches(['features', features, 2], ['sources', sources, 2], ['points', points, 2]);
  return tf.tidy(() => {
    const { indices, squaredDistances, mask } = kNearestNeighbors(sources, k, { queries: points, sizes, querySizes });
    const squared = tf.maximum(squaredDistances, leastSquaredDistance());
    // Relative to the nearest, which comes first: no power overflows, nor are all shares 0 far away.
    const nearest = tf.slice(squared, squared.shape.map(() => 0), [...squared.shape.slice(0, -1), Math.min(k, 1)]);
    const shares = tf.mul(mask, tf.pow(tf.div(nearest, squared), power / 2));
    const sums = tf.sum(shares, -1, true);
    // A point without sources gets 0.
    const none = indicator(() => tf.equal(sums, 0));
    const map = neighborhoodOf(indices, count, { weights: tf.div(shares, tf.add(sums, none)) });
    const result = pool(asFloat(features), map, null, { algorithm: 'weighted' });
    disposeNeighborhood(map);
    return result;
  });
}
