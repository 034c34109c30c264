import { byPrecision } from '../../math/precision';
import { broadcastBatches, checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { cumulativeProduct } from './cumulativeProduct';

/** What even an opaque sample lets through, so that the gradient reaches the samples behind it. */
const minTransmission = (): number => byPrecision(1e-10, 2 ** -10);

/** Checks samples [*, N, C] and the distances between them, [*, N]. */
export function checkSamples(name: string, samples: tf.Tensor, channels: number, distances: tf.Tensor): void {
  checkMinimumRank(name, samples, 2);
  checkLastAxis(name, samples, channels);
  checkMinimumRank('distances', distances, 1);
  checkLastAxis('distances', distances, samples.shape[samples.rank - 2]);
  broadcastBatches([name, samples, 2], ['distances', distances, 1]);
}

/**
 * How much each sample on a ray is seen: its opacity 1 − exp(−σ·δ), times what all before it let through.
 * @param density σ, [*, N, 1].
 * @param distances δ, [*, N].
 * @returns [*, N]
 */
export function weightsOf(density: tf.Tensor, distances: tf.Tensor): tf.Tensor {
  const alpha = tf.sub(1, tf.exp(tf.neg(tf.mul(tf.squeeze(density, [-1]), distances))));
  const through = tf.reshape(tf.add(tf.sub(1, alpha), minTransmission()), [-1, alpha.shape[alpha.rank - 1]!]);
  return tf.mul(alpha, tf.reshape(cumulativeProduct(through, { exclusive: true }), alpha.shape));
}
