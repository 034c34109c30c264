import type { PointRows } from '../../geometry/pointHierarchy';
import { segmentWinners } from '../../kernels';
import * as tf from '../../tf';

/** int32 [B, C]: which point of its cloud won each channel; −1 in clouds without points. */
export function winnersOf(y: tf.Tensor, { groups, count, batch }: PointRows): tf.Tensor {
  const winners = segmentWinners(tf.reshape(y, [-1, y.shape[y.rank - 1]]), groups);
  const first = tf.mul(tf.range(0, batch, 1, 'float32'), count);
  return tf.cast(tf.maximum(tf.sub(winners, tf.expandDims(first, -1)), -1), 'int32');
}
