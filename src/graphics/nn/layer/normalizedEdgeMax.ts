import { edgeMoments, neighborMax, occupiedSegments, scaleShift, type NeighborTables } from '../../kernels';
import * as tf from '../../tf';
import { followMoments, lineOfAverages, scaleAndShift, signsOf, type NormalizationSettings, type NormalizationWeights } from './normalizedDense';

/**
 * The maximum over each row's entries e of act(BN(own[row] + other[column(e)])), where the batch of the normalisation is all entries, without a tensor
 * of all entries: a normalisation is monotone in every channel, so the largest other (where γ is negative, the smallest) wins, and the moments are sums
 * over rows and columns.
 * @param own [B, R, C] @param other [B, V, C]
 * @returns [B, R, C], 0 in rows without entries.
 */
export function normalizedEdgeMax(
  own: tf.Tensor3D, other: tf.Tensor3D, weights: NormalizationWeights, { training, momentum, slope }: NormalizationSettings, tables: NeighborTables,
): tf.Tensor3D {
  return tf.tidy(() => {
    const extremes = tf.add(own, neighborMax(other, tables, signsOf(weights.gamma.read())));
    const moments = training ? edgeMoments(own, other, tables) : undefined;
    // A batch without entries has no moments.
    if (moments && tables.rows.memberCount > 0) followMoments(weights, momentum, moments);
    const { scale, shift } = moments ? scaleAndShift(weights, moments.mean, moments.variance) : lineOfAverages(weights);
    const y = tf.reshape(scaleShift(tf.reshape(extremes, [-1, own.shape[2]]), scale, shift, slope), own.shape) as tf.Tensor3D;
    const occupied = occupiedSegments(tables.rows);
    return occupied ? tf.mul(y, occupied) : y;
  });
}
