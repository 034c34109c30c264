import { asFloat } from '../../asFloat';
import { rightHanded as lookAtRightHanded } from '../../geometry/transformation/lookAt';
import { boundedSignedDivide } from '../../math/safe';
import { byPrecision } from '../../math/precision';
import { broadcastBatches, checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { parametersFromRightHanded, rightHanded as perspectiveRightHanded } from '../camera/perspective';
import { appendOne, checkView, cornerTensor, transform, type LowerLeftCorner } from './homogeneous';

// OpenGL's way of a point: model → eye (looking down −z, y up) → clip → NDC in [−1, 1]³ → screen (pixels, origin at the lower left corner).
// Batch axes broadcast. Differentiable in all tensors.

export { interpolateAttributes, perspectiveCorrectBarycentrics, perspectiveCorrectInterpolation } from './perspectiveCorrect';

/** Points with w nearer to 0 than this count as this far from it, so that NDC stay finite; they are constants to gradients. */
const minW = (): number => byPrecision(1e-5, 2 ** -7);

/**
 * A point as seen from the camera: x right, y up, looking down −z (as gluLookAt).
 * @param pointModelSpace [*, 3]
 * @param cameraPosition [*, 3]
 * @param lookAtPoint [*, 3]
 * @param upVector [*, 3]: not along the line of sight; any length but 0.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [eye, target, up] = [tf.tensor1d([0, 0, 5]), tf.zeros([3]), tf.tensor1d([0, 1, 0])];
 * rendering.opengl.math.modelToEye(tf.tensor1d([1, 2, 0]), eye, target, up); // → [1, 2, -5]
 * ```
 */
export const modelToEye = (pointModelSpace: tf.Tensor, cameraPosition: tf.Tensor, lookAtPoint: tf.Tensor, upVector: tf.Tensor): tf.Tensor => tf.tidy(() => {
  const arguments_ = Object.entries({ pointModelSpace, cameraPosition, lookAtPoint, upVector });
  arguments_.forEach(([name, tensor]) => checkLastAxis(name, tensor, 3));
  broadcastBatches(...arguments_.map(([name, tensor]) => [name, tensor, 1] as const));
  const matrix = lookAtRightHanded(asFloat(cameraPosition), asFloat(lookAtPoint), asFloat(upVector));
  return tf.split(transform(matrix, appendOne(pointModelSpace)), [3, 1], -1)[0];
});

/**
 * A point in homogeneous clip coordinates: the perspective projection before the division by w (as gluPerspective).
 * @param pointEyeSpace [*, 3]
 * @param verticalFieldOfView [*, 1], radians.
 * @param aspectRatio [*, 1]: width / height.
 * @param near [*, 1]
 * @param far [*, 1]
 * @returns [*, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [fieldOfView, aspectRatio, near, far] = [Math.PI / 2, 1, 1, 3].map((x) => tf.tensor1d([x]));
 * rendering.opengl.math.eyeToClip(tf.tensor1d([0, 0, -2]), fieldOfView, aspectRatio, near, far); // → [0, 0, 1, 2]
 * ```
 */
export const eyeToClip = (
  pointEyeSpace: tf.Tensor, verticalFieldOfView: tf.Tensor, aspectRatio: tf.Tensor, near: tf.Tensor, far: tf.Tensor,
): tf.Tensor => tf.tidy(() => {
  checkLastAxis('pointEyeSpace', pointEyeSpace, 3);
  const parameters = Object.entries({ verticalFieldOfView, aspectRatio, near, far });
  parameters.forEach(([name, tensor]) => checkLastAxis(name, tensor, 1));
  broadcastBatches(['pointEyeSpace', pointEyeSpace, 1], ...parameters.map(([name, tensor]) => [name, tensor, 1] as const));
  return transform(perspectiveRightHanded(verticalFieldOfView, aspectRatio, near, far), appendOne(pointEyeSpace));
});

/**
 * x/w, y/w and z/w; far outside of the image, with a gradient of 0, at w = 0.
 * @param pointClipSpace [*, 4].
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.opengl.math.clipToNdc(tf.tensor1d([1, 2, 3, 4])); // → [0.25, 0.5, 0.75]
 * ```
 */
export const clipToNdc = (pointClipSpace: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('pointClipSpace', pointClipSpace, 4);
  const [xyz, w] = tf.split(asFloat(pointClipSpace), [3, 1], -1) as [tf.Tensor, tf.Tensor];
  return boundedSignedDivide(xyz, w, minW());
});

/**
 * A point in pixels of the viewport, the origin at the lower left and y up, and its depth (as glViewport and glDepthRange).
 * @param pointNdcSpace [*, 3]
 * @param lowerLeftCorner [*, 2] of the viewport, in pixels.
 * @param screenDimensions [*, 2]: width, height, in pixels.
 * @param near [*, 1]
 * @param far [*, 1]: the depth runs from near to far.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [near, far] = [tf.tensor1d([1]), tf.tensor1d([3])];
 * rendering.opengl.math.ndcToScreen(tf.zeros([3]), tf.zeros([2]), tf.tensor1d([64, 48]), near, far); // → [32, 24, 2]
 * ```
 */
export const ndcToScreen = (
  pointNdcSpace: tf.Tensor, lowerLeftCorner: tf.Tensor, screenDimensions: tf.Tensor, near: tf.Tensor, far: tf.Tensor,
): tf.Tensor => tf.tidy(() => {
  checkLastAxis('pointNdcSpace', pointNdcSpace, 3);
  checkLastAxis('lowerLeftCorner', lowerLeftCorner, 2);
  checkLastAxis('screenDimensions', screenDimensions, 2);
  checkLastAxis('near', near, 1);
  checkLastAxis('far', far, 1);
  broadcastBatches(
    ['pointNdcSpace', pointNdcSpace, 1], ['lowerLeftCorner', lowerLeftCorner, 1], ['screenDimensions', screenDimensions, 1], ['near', near, 1], ['far', far, 1],
  );
  const [xy, z] = tf.split(asFloat(pointNdcSpace), [2, 1], -1) as [tf.Tensor, tf.Tensor];
  const half = tf.div(asFloat(screenDimensions), 2);
  const pixels = tf.add(tf.mul(xy, half), tf.add(asFloat(lowerLeftCorner), half));
  const depth = tf.add(tf.mul(z, tf.div(tf.sub(asFloat(far), near), 2)), tf.div(tf.add(asFloat(near), far), 2));
  const batch = broadcastBatches(['pixels', pixels, 1], ['depth', depth, 1]);
  return tf.concat([tf.broadcastTo(pixels, [...batch, 2]), tf.broadcastTo(depth, [...batch, 1])], -1);
});

/**
 * A point from the model to pixels of the viewport: {@link modelToEye} with a given matrix, {@link eyeToClip}, {@link clipToNdc}, {@link ndcToScreen}.
 * @param pointModelSpace [*, 3]
 * @param modelToEyeMatrix [*, 4, 4]
 * @param perspectiveMatrix [*, 4, 4], from which near and far are read too.
 * @param screenDimensions [*, 2]: width, height, in pixels.
 * @param options.lowerLeftCorner [*, 2] of the viewport, in pixels; the origin by default.
 * @returns pointScreenSpace [*, 3]; w [*, 1] of the clip coordinates.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const projection = rendering.camera.perspective.rightHanded(tf.tensor1d([Math.PI / 2]), tf.tensor1d([1]), tf.tensor1d([1]), tf.tensor1d([3]));
 * rendering.opengl.math.modelToScreen(tf.tensor1d([0, 0, -2]), tf.eye(4), projection, tf.tensor1d([64, 48])).w; // → [2]
 * ```
 */
export const modelToScreen = (
  pointModelSpace: tf.Tensor, modelToEyeMatrix: tf.Tensor, perspectiveMatrix: tf.Tensor, screenDimensions: tf.Tensor,
  { lowerLeftCorner = [0, 0] }: { lowerLeftCorner?: LowerLeftCorner } = {},
): { pointScreenSpace: tf.Tensor; w: tf.Tensor } => tf.tidy(() => {
  checkLastAxis('pointModelSpace', pointModelSpace, 3);
  checkView(['pointModelSpace', pointModelSpace, 1], modelToEyeMatrix, perspectiveMatrix, screenDimensions);
  const clip = transform(perspectiveMatrix, transform(modelToEyeMatrix, appendOne(pointModelSpace)));
  const { near, far } = parametersFromRightHanded(asFloat(perspectiveMatrix));
  return {
    pointScreenSpace: ndcToScreen(clipToNdc(clip), cornerTensor(lowerLeftCorner), screenDimensions, near, far),
    w: tf.split(clip, [3, 1], -1)[1],
  };
});
