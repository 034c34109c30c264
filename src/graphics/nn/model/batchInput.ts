import * as tf from '../../tf';
import { checkPointBatch } from './checkPointBatch';
import type { PointBatch } from './pointModel';

/**
 * Coordinates and features of a batch side by side, on the device: [B, N, 3 + featureCount]. To be disposed by the caller; inside tf.tidy it is kept.
 * @throws Error that names the argument and what is wrong with it.
 */
export function inputOf(batch: PointBatch, featureCount: number): tf.Tensor3D {
  checkPointBatch(batch, featureCount);
  const { batch: clouds, count, positions, features } = batch;
  return tf.keep(tf.tidy(() => {
    const points = tf.tensor3d(positions, [clouds, count, 3]);
    return features && featureCount > 0 ? tf.concat([points, tf.tensor3d(features, [clouds, count, featureCount])], 2) : points;
  }));
}
