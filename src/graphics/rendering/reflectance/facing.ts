import { assertNormalized } from '../../assertions';
import { indicator } from '../../math/safe';
import { dot } from '../../math/vector';
import { broadcastBatches, checkLastAxis, type BatchEntry } from '../../shape';
import * as tf from '../../tf';

/** Unit vectors at a surface point; `directionIncomingLight` points from the light to the surface, the outgoing one from it to the eye. */
export interface SurfaceDirections {
  /** [*, 3] */ readonly directionIncomingLight: tf.Tensor;
  /** [*, 3] */ readonly directionOutgoingLight: tf.Tensor;
  /** [*, 3] */ readonly surfaceNormal: tf.Tensor;
}

/** Checks the shapes, those of `others` too, and tells ([*, 1], 0 or 1) whether both light and eye are before the surface; a constant to gradients. */
export function facing({ directionIncomingLight, directionOutgoingLight, surfaceNormal }: SurfaceDirections, ...others: readonly BatchEntry[]): tf.Tensor {
  const directions = Object.entries({ directionIncomingLight, directionOutgoingLight, surfaceNormal });
  directions.forEach(([name, direction]) => checkLastAxis(name, direction, 3));
  broadcastBatches(...directions.map(([name, direction]) => [name, direction, 1] as const), ...others);
  directions.forEach(([name, direction]) => assertNormalized(name, direction));
  return indicator(() => {
    const nearest = tf.minimum(tf.neg(dot(directionIncomingLight, surfaceNormal)), dot(directionOutgoingLight, surfaceNormal));
    return tf.greaterEqual(nearest, 0);
  });
}
