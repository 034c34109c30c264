import { asFloat } from '../../asFloat';
import { broadcastBatches, checkLastAxis, checkMatrix, type BatchEntry } from '../../shape';
import * as tf from '../../tf';

/** The viewport's lower left corner, [*, 2] in pixels. */
export type LowerLeftCorner = tf.Tensor | readonly [number, number];

/** Checks the corner and makes it a tensor. */
export function cornerTensor(lowerLeftCorner: LowerLeftCorner): tf.Tensor {
  const corner = lowerLeftCorner instanceof tf.Tensor ? lowerLeftCorner : tf.tensor1d([...lowerLeftCorner]);
  checkLastAxis('lowerLeftCorner', corner, 2);
  return corner;
}

/** [*, 3] → [*, 4] */
export const appendOne = (point: tf.Tensor): tf.Tensor => tf.concat([asFloat(point), tf.ones([...point.shape.slice(0, -1), 1])], -1);

/** Matrix times column: by sums of products, whose gradients are right under every broadcast. */
export const transform = (matrix: tf.Tensor, column: tf.Tensor): tf.Tensor => tf.sum(tf.mul(asFloat(matrix), tf.expandDims(column, -2)), -1);

/** Checks what takes points of a model to the screen. */
export function checkView(points: BatchEntry, modelToEyeMatrix: tf.Tensor, perspectiveMatrix: tf.Tensor, screenDimensions: tf.Tensor): void {
  checkMatrix('modelToEyeMatrix', modelToEyeMatrix, 4, 4);
  checkMatrix('perspectiveMatrix', perspectiveMatrix, 4, 4);
  checkLastAxis('screenDimensions', screenDimensions, 2);
  broadcastBatches(points, ['modelToEyeMatrix', modelToEyeMatrix, 2], ['perspectiveMatrix', perspectiveMatrix, 2], ['screenDimensions', screenDimensions, 1]);
}
