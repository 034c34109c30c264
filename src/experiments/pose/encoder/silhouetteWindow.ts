import * as tf from '../../../graphics/tf';
import type { Windows } from './drawing';

/** Half a window's side in standard deviations of the silhouette's pixels from its middle: a square's corner lies at 1.73. */
const REACH = 1.9;
/** Of a silhouette too small to measure, in half image sides. */
const MIN_VARIANCE = 1e-3;

/**
 * Where in each picture the object is, read off its silhouette alone: a square around the pixels' mean, as wide as they scatter.
 * Pictures compared within their windows are compared up to place and size.
 *
 * @param coverage [B, S, S] in 0…1.
 * @returns [B, 3] middle (x right, y up) and half side, in half image sides.
 */
export function silhouetteWindows(coverage: tf.Tensor3D): Windows {
  const [batch, height, width] = coverage.shape;
  const moments = new Float32Array(height * width * 4);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = [(2 * column + 1) / width - 1, 1 - (2 * row + 1) / height];
      moments.set([1, x, y, x * x + y * y], 4 * (row * width + column));
    }
  }
  const sums = tf.matMul(tf.reshape(coverage, [batch, height * width]) as tf.Tensor2D, tf.tensor2d(moments, [height * width, 4]));
  const [area, sumX, sumY, sumSquares] = tf.split(sums, 4, 1) as tf.Tensor2D[];
  const [x, y] = [tf.divNoNan(sumX, area), tf.divNoNan(sumY, area)];
  const variance = tf.sub(tf.divNoNan(sumSquares, area), tf.add(tf.square(x), tf.square(y)));
  return tf.concat([x, y, tf.mul(tf.sqrt(tf.maximum(variance, MIN_VARIANCE)), REACH)], 1) as tf.Tensor2D;
}
