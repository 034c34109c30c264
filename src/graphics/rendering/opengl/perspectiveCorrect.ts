import { asFloat } from '../../asFloat';
import { broadcastBatches, checkLastAxis, checkMatrix, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { homogeneousBarycentrics } from '../../kernels/interpolate/homogeneousBarycentrics';
import { appendOne, checkView, cornerTensor, transform, type LowerLeftCorner } from './homogeneous';

/**
 * Where a pixel lies in a triangle, as weights of its corners that hold before the projection.
 * @param triangleVerticesModelSpace [*, 3, 3]: a corner a row.
 * @param pixelPosition [*, 2], pixels from the lower left corner.
 * @param modelToEyeMatrix [*, 4, 4]
 * @param perspectiveMatrix [*, 4, 4]
 * @param screenDimensions [*, 2]: width, height, in pixels.
 * @param options.lowerLeftCorner [*, 2] of the viewport, in pixels; the origin by default.
 * @returns [*, 3], of sum 1; some are negative outside the triangle; all 0 for a triangle without area.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const projection = rendering.camera.perspective.rightHanded(tf.tensor1d([Math.PI / 2]), tf.tensor1d([1]), tf.tensor1d([1]), tf.tensor1d([3]));
 * const triangle = tf.tensor2d([[-1, -1, -2], [1, -1, -2], [0, 1, -2]]);
 * rendering.opengl.math.perspectiveCorrectBarycentrics(triangle, tf.tensor1d([32, 24]), tf.eye(4), projection, tf.tensor1d([64, 48])); // → [0.25, 0.25, 0.5]
 * ```
 */
export const perspectiveCorrectBarycentrics = (
  triangleVerticesModelSpace: tf.Tensor, pixelPosition: tf.Tensor, modelToEyeMatrix: tf.Tensor, perspectiveMatrix: tf.Tensor,
  screenDimensions: tf.Tensor, { lowerLeftCorner = [0, 0] }: { lowerLeftCorner?: LowerLeftCorner } = {},
): tf.Tensor => tf.tidy(() => {
  checkMatrix('triangleVerticesModelSpace', triangleVerticesModelSpace, 3, 3);
  checkLastAxis('pixelPosition', pixelPosition, 2);
  const triangles = ['triangleVerticesModelSpace', triangleVerticesModelSpace, 2] as const;
  checkView(triangles, modelToEyeMatrix, perspectiveMatrix, screenDimensions);
  broadcastBatches(triangles, ['pixelPosition', pixelPosition, 1], ['modelToEyeMatrix', modelToEyeMatrix, 2], ['screenDimensions', screenDimensions, 1]);
  const corner = cornerTensor(lowerLeftCorner);
  const clipCorners = tf.unstack(triangleVerticesModelSpace, -2)
    .map((vertex) => transform(perspectiveMatrix, transform(modelToEyeMatrix, appendOne(vertex))));
  const place = tf.sub(tf.div(tf.mul(tf.sub(asFloat(pixelPosition), corner), 2), asFloat(screenDimensions)), 1);
  return homogeneousBarycentrics([clipCorners[0], clipCorners[1], clipCorners[2]], place);
});

/**
 * Σ barycentric · attribute.
 * @param attribute [*, 3, C]: of the three corners.
 * @param barycentric [*, 3]
 * @returns [*, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.opengl.math.interpolateAttributes(tf.tensor2d([[1], [2], [3]]), tf.tensor1d([0.2, 0.3, 0.5])); // → [2.3]
 * ```
 */
export const interpolateAttributes = (attribute: tf.Tensor, barycentric: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkMinimumRank('attribute', attribute, 2);
  checkMatrix('attribute', attribute, 3, attribute.shape[attribute.rank - 1]);
  checkLastAxis('barycentric', barycentric, 3);
  broadcastBatches(['attribute', attribute, 2], ['barycentric', barycentric, 1]);
  return tf.sum(tf.mul(asFloat(attribute), tf.expandDims(asFloat(barycentric), -1)), -2);
});

/**
 * Attributes of a triangle's corners at a pixel: {@link interpolateAttributes} with {@link perspectiveCorrectBarycentrics}.
 * @param triangleVerticesModelSpace [*, 3, 3]: a corner a row.
 * @param attribute [*, 3, C]: of the three corners.
 * @param pixelPosition [*, 2], pixels from the lower left corner.
 * @param modelToEyeMatrix [*, 4, 4]
 * @param perspectiveMatrix [*, 4, 4]
 * @param screenDimensions [*, 2]: width, height, in pixels.
 * @param options.lowerLeftCorner [*, 2] of the viewport, in pixels; the origin by default.
 * @returns [*, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const projection = rendering.camera.perspective.rightHanded(tf.tensor1d([Math.PI / 2]), tf.tensor1d([1]), tf.tensor1d([1]), tf.tensor1d([3]));
 * const triangle = tf.tensor2d([[-1, -1, -2], [1, -1, -2], [0, 1, -2]]);
 * const [attribute, pixel, size] = [tf.tensor2d([[1], [2], [3]]), tf.tensor1d([32, 24]), tf.tensor1d([64, 48])];
 * rendering.opengl.math.perspectiveCorrectInterpolation(triangle, attribute, pixel, tf.eye(4), projection, size); // → [2.25]
 * ```
 */
export const perspectiveCorrectInterpolation = (
  triangleVerticesModelSpace: tf.Tensor, attribute: tf.Tensor, pixelPosition: tf.Tensor, modelToEyeMatrix: tf.Tensor,
  perspectiveMatrix: tf.Tensor, screenDimensions: tf.Tensor, { lowerLeftCorner = [0, 0] }: { lowerLeftCorner?: LowerLeftCorner } = {},
): tf.Tensor => tf.tidy(() => interpolateAttributes(attribute, perspectiveCorrectBarycentrics(
  triangleVerticesModelSpace, pixelPosition, modelToEyeMatrix, perspectiveMatrix, screenDimensions, { lowerLeftCorner },
)));
