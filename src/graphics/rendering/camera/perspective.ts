import { asFloat } from '../../asFloat';
import { matrixOf } from '../../geometry/transformation/matrix';
import { assertEvery, assertInRange } from '../../assertions';
import { broadcastBatches, checkLastAxis, checkMatrix } from '../../shape';
import * as tf from '../../tf';

// Two conventions live here. `project`, `ray` and `unproject` are the pinhole's: +z forward, y down, pixels = focal·(x/z, y/z) + principal
// point. `rightHanded` is OpenGL's clip matrix: the eye looks down −z with y up. pinhole.ts converts one into the other.

export { project, ray, unproject } from './projection';
export { randomPatches, randomRays, type PixelRays } from './randomPixels';

/**
 * OpenGL's projection matrix, to NDC in [−1, 1]³.
 * @param verticalFieldOfView [*, 1], radians.
 * @param aspectRatio [*, 1]: width / height.
 * @param near [*, 1]
 * @param far [*, 1]
 * @returns [*, 4, 4]
 * @throws Error that names the argument, axis and shape; with assertions also for values without a camera.
 * @example
 * ```ts
 * const projection = rendering.camera.perspective.rightHanded(tf.tensor1d([Math.PI / 2]), tf.tensor1d([1]), tf.tensor1d([1]), tf.tensor1d([3]));
 * projection; // → [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, -2, -3], [0, 0, -1, 0]]
 * ```
 */
export const rightHanded = (verticalFieldOfView: tf.Tensor, aspectRatio: tf.Tensor, near: tf.Tensor, far: tf.Tensor): tf.Tensor => tf.tidy(() => {
  Object.entries({ verticalFieldOfView, aspectRatio, near, far }).forEach(([name, t]) => checkLastAxis(name, t, 1));
  broadcastBatches(['verticalFieldOfView', verticalFieldOfView, 1], ['aspectRatio', aspectRatio, 1], ['near', near, 1], ['far', far, 1]);
  assertInRange('verticalFieldOfView', verticalFieldOfView, 0, Math.PI, { open: true });
  assertInRange('aspectRatio', aspectRatio, 0, Infinity, { open: true });
  assertInRange('near', near, 0, Infinity, { open: true });
  const [angle, aspect, nearPlane, farPlane] = [verticalFieldOfView, aspectRatio, near, far].map(asFloat);
  const focal = tf.div(1, tf.tan(tf.div(angle, 2)));
  const depth = tf.sub(nearPlane, farPlane);
  assertEvery('near − far', depth, 'be negative', (difference) => difference < 0);
  return matrixOf([
    [tf.div(focal, aspect), 0, 0, 0],
    [0, focal, 0, 0],
    [0, 0, tf.div(tf.add(farPlane, nearPlane), depth), tf.div(tf.mul(tf.mul(farPlane, nearPlane), 2), depth)],
    [0, 0, -1, 0],
  ]);
});

const entry = (matrix: tf.Tensor, row: number, column: number): tf.Tensor => {
  const lead = matrix.shape.slice(0, -2);
  const part = tf.slice(asFloat(matrix), [...lead.map(() => 0), row, column], [...lead, 1, 1]);
  return tf.reshape(part, [...lead, 1]);
};

/**
 * The inverse of {@link rightHanded}: four tensors [*, 1].
 * @param projectionMatrix [*, 4, 4]
 * @returns verticalFieldOfView in radians, aspectRatio as width / height, near and far, each [*, 1].
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const projection = rendering.camera.perspective.rightHanded(tf.tensor1d([Math.PI / 2]), tf.tensor1d([1]), tf.tensor1d([1]), tf.tensor1d([3]));
 * rendering.camera.perspective.parametersFromRightHanded(projection).far; // → [3]
 * ```
 */
export const parametersFromRightHanded = (
  projectionMatrix: tf.Tensor,
): { verticalFieldOfView: tf.Tensor; aspectRatio: tf.Tensor; near: tf.Tensor; far: tf.Tensor } => tf.tidy(() => {
  checkMatrix('projectionMatrix', projectionMatrix, 4, 4);
  const [x, y, a, b] = [[0, 0], [1, 1], [2, 2], [2, 3]].map(([row, column]) => entry(projectionMatrix, row, column));
  return {
    verticalFieldOfView: tf.mul(tf.atan(tf.div(1, y)), 2),
    aspectRatio: tf.div(y, x),
    near: tf.div(b, tf.sub(a, 1)),
    far: tf.div(b, tf.add(a, 1)),
  };
});

/**
 * Reads focal lengths, principal point and skew from a camera matrix; the inverse of {@link matrixFromIntrinsics}.
 * @param matrix [*, 3, 3]: [[fx, s, cx], [0, fy, cy], [0, 0, 1]].
 * @returns focal [*, 2], principalPoint [*, 2], skew [*, 1], in pixels.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * rendering.camera.perspective.intrinsicsFromMatrix(tf.tensor2d([[500, 0, 32], [0, 510, 24], [0, 0, 1]])).focal; // → [500, 510]
 * ```
 */
export const intrinsicsFromMatrix = (matrix: tf.Tensor): { focal: tf.Tensor; principalPoint: tf.Tensor; skew: tf.Tensor } => tf.tidy(() => {
  checkMatrix('matrix', matrix, 3, 3);
  return {
    focal: tf.concat([entry(matrix, 0, 0), entry(matrix, 1, 1)], -1),
    principalPoint: tf.concat([entry(matrix, 0, 2), entry(matrix, 1, 2)], -1),
    skew: entry(matrix, 0, 1),
  };
});

/**
 * The camera matrix [[fx, s, cx], [0, fy, cy], [0, 0, 1]] of focal lengths, principal point and skew.
 * @param focal [*, 2], pixels.
 * @param principalPoint [*, 2], pixels.
 * @param options.skew [*, 1]
 * @returns [*, 3, 3]
 * @throws Error that names the argument, axis and shape.
 * Source: Hartley and Zisserman 2004, "Multiple View Geometry", equation 6.10.
 * @example
 * ```ts
 * rendering.camera.perspective.matrixFromIntrinsics(tf.tensor1d([500, 510]), tf.tensor1d([32, 24])); // → [[500, 0, 32], [0, 510, 24], [0, 0, 1]]
 * ```
 */
export const matrixFromIntrinsics = (focal: tf.Tensor, principalPoint: tf.Tensor, { skew = [0] }: { skew?: tf.Tensor | readonly [number] } = {}): tf.Tensor => tf.tidy(() => {
  checkLastAxis('focal', focal, 2);
  checkLastAxis('principalPoint', principalPoint, 2);
  const shear = skew instanceof tf.Tensor ? asFloat(skew) : skew[0];
  if (skew instanceof tf.Tensor) checkLastAxis('skew', skew, 1);
  const skewEntry = skew instanceof tf.Tensor ? [['skew', skew, 1] as const] : [];
  broadcastBatches(['focal', focal, 1], ['principalPoint', principalPoint, 1], ...skewEntry);
  const [[fx, fy], [cx, cy]] = [tf.split(asFloat(focal), 2, -1), tf.split(asFloat(principalPoint), 2, -1)];
  return matrixOf([[fx, shear, cx], [0, fy, cy], [0, 0, 1]]);
});
