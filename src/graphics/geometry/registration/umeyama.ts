import { asFloat } from '../../asFloat';
import { assertEvery } from '../../assertions';
import { byPrecision } from '../../math/precision';
import { broadcastBatches, checkLastAxis, checkMatrix, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { sharesOf } from '../sharesOf';
import { orthogonalize } from '../transformation/rotation9d';

/** Mean squared distances from the centre below this say nothing about a scale: it is 1 then. */
const minVariance = (): number => byPrecision(1e-12, 2 ** -10);

/**
 * The similarity that best takes points to their partners: it makes Σ w ‖s R p + t − q‖² least. Differentiable in the points and weights;
 * where the rotation is not determined (all points on a line) the gradient through it is 0.
 *
 * @param source [*, N, 3], points p.
 * @param target [*, N, 3], partners q.
 * @param options.weights [*, N], not negative; equal if left out, and where all are 0.
 * @param options.withScale whether s is found; else it is 1: a rigid motion.
 * @returns rotation [*, 3, 3], translation [*, 3], scale [*, 1]; apply as `scale · rotation · p + translation`.
 * @throws Error that names the argument, axis and shape.
 * Source: Umeyama 1991, "Least-squares estimation of transformation parameters between two point patterns".
 * @example
 * ```ts
 * const source = tf.tensor2d([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]);
 * // Twice as large, and then moved.
 * const { rotation, translation, scale } = geometry.registration.umeyama(source, tf.add(tf.mul(source, 2), tf.tensor1d([1, 2, 3])));
 * rotation; // → [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
 * translation; // → [1, 2, 3]
 * scale; // → [2]
 * ```
 */
export function umeyama(
  source: tf.Tensor, target: tf.Tensor, { weights, withScale = true }: { readonly weights?: tf.Tensor; readonly withScale?: boolean } = {},
): { rotation: tf.Tensor; translation: tf.Tensor; scale: tf.Tensor } {
  checkMinimumRank('source', source, 2);
  const count = source.shape[source.rank - 2];
  checkMatrix('source', source, count, 3);
  checkMinimumRank('target', target, 2);
  checkMatrix('target', target, count, 3);
  if (weights) checkLastAxis('weights', weights, count);
  const batch = broadcastBatches(['source', source, 2], ['target', target, 2], ...(weights ? [['weights', weights, 1] as const] : []));
  if (weights) assertEvery('weights', weights, 'be at least 0', (weight) => weight >= 0);
  return tf.tidy(() => {
    const wide = (points: tf.Tensor) => tf.reshape(tf.broadcastTo(asFloat(points), [...batch, count, 3]), [-1, count, 3]);
    const [from, to] = [wide(source), wide(target)];
    const raw = weights ? tf.reshape(tf.broadcastTo(asFloat(weights), [...batch, count]), [-1, count, 1]) : tf.ones([1, count, 1]);
    const share = sharesOf(raw);
    const [fromMean, toMean] = [from, to].map((points) => tf.sum(tf.mul(points, share), 1, true));
    const [p, q] = [tf.sub(from, fromMean), tf.sub(to, toMean)];
    const covariance = tf.matMul(tf.mul(q, share), p, true);
    const rotation = orthogonalize(covariance);
    const variance = tf.sum(tf.mul(tf.square(p), share), [1, 2], true);
    const agreement = tf.sum(tf.mul(rotation, covariance), [1, 2], true);
    const spread = tf.cast(tf.greater(variance, minVariance()), 'float32');
    const fitted = tf.add(tf.div(tf.mul(agreement, spread), tf.maximum(variance, minVariance())), tf.sub(1, spread));
    const scale = withScale ? fitted : tf.onesLike(fitted);
    const moved = tf.mul(scale, tf.matMul(fromMean, rotation, false, true));
    return {
      rotation: tf.reshape(rotation, [...batch, 3, 3]), translation: tf.reshape(tf.sub(toMean, moved), [...batch, 3]), scale: tf.reshape(scale, [...batch, 1]),
    };
  });
}
