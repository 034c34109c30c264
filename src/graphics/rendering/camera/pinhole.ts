import type { Camera } from '../../../scene/camera';
import * as tf from '../../tf';
import { checkLastAxis, checkMatrix } from '../../shape';

/** The image and the clip planes of a camera, without its intrinsics. */
export type View = Pick<Camera, 'height' | 'width' | 'near' | 'far'>;

/** A camera whose intrinsics are a tensor, so that they get gradients. */
export interface CameraTensors extends View {
  /** [4] or [B, 4]: fx, fy, cx, cy, in pixels as in {@link Camera}. */
  readonly intrinsics: tf.Tensor;
}

const INTRINSICS = ['fx', 'fy', 'cx', 'cy'] as const;

/** The projection matrix is affine in the intrinsics: where each one enters (row-major index) and by how much. */
const intrinsicEntries = ({ height, width }: View): Record<(typeof INTRINSICS)[number], { at: number; scale: number }> => ({
  fx: { at: 0, scale: 2 / width },
  fy: { at: 5, scale: 2 / height },
  cx: { at: 2, scale: -2 / width },
  cy: { at: 6, scale: 2 / height },
});

/** The part of the projection matrix that does not depend on the intrinsics, row-major. */
const constantEntries = ({ near, far }: View): number[] => {
  const [a, b] = [(far + near) / (near - far), (2 * far * near) / (near - far)];
  return [0, 0, 1, 0, 0, 0, -1, 0, 0, 0, a, b, 0, 0, -1, 0];
};

/**
 * The OpenGL projection matrix, row-major 4 × 4, under which a point falls on the same pixel as in the pinhole camera.
 * The pinhole's frame (y down, z forward) is OpenGL's (y up, z backward) turned by diag(1, −1, −1): the matrix takes OpenGL's.
 * @param camera size, focal lengths and principal point in pixels, and the clip planes.
 * @returns 16 numbers, row by row.
 * @example
 * ```ts
 * const camera = { height: 2, width: 2, fx: 1, fy: 1, cx: 1, cy: 1, near: 1, far: 3 };
 * rendering.camera.projectionMatrix(camera); // → [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -2, -3, 0, 0, -1, 0]
 * ```
 */
export function projectionMatrix(camera: Camera): number[] {
  const matrix = constantEntries(camera);
  const entries = intrinsicEntries(camera);
  for (const name of INTRINSICS) matrix[entries[name].at] += entries[name].scale * camera[name];
  return matrix;
}

/**
 * The pinhole camera of an OpenGL perspective matrix (row-major, as from {@link projectionMatrix}); the inverse of that function.
 * @param matrix 16 numbers.
 * @param size the image's height and width in pixels.
 * @returns focal lengths and principal point in pixels, and the clip planes.
 * @example
 * ```ts
 * const camera = rendering.camera.cameraFromProjection([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -2, -3, 0, 0, -1, 0], { height: 2, width: 4 });
 * [camera.fx, camera.fy, camera.cx, camera.cy]; // → [2, 1, 2, 1]
 * [camera.near, camera.far]; // → [1, 3]
 * ```
 */
export function cameraFromProjection(matrix: ArrayLike<number>, { height, width }: { height: number; width: number }): Camera {
  const [a, b] = [matrix[10], matrix[11]];
  return {
    height, width,
    fx: (matrix[0] * width) / 2,
    fy: (matrix[5] * height) / 2,
    cx: ((1 - matrix[2]) * width) / 2,
    cy: ((1 + matrix[6]) * height) / 2,
    near: b / (a - 1),
    far: b / (a + 1),
  };
}

/**
 * {@link projectionMatrix} of intrinsics that are tensors; differentiable in them.
 * @param intrinsics [*, 4]: fx, fy, cx, cy.
 * @param view the image's size and the clip planes.
 * @returns [*, 4, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const view = { height: 2, width: 2, near: 1, far: 3 };
 * const projection = rendering.camera.projectionFromIntrinsics(tf.tensor1d([1, 1, 1, 1]), view);
 * projection; // → [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, -2, -3], [0, 0, -1, 0]]
 * ```
 */
export function projectionFromIntrinsics(intrinsics: tf.Tensor, view: View): tf.Tensor {
  checkLastAxis('intrinsics', intrinsics, 4);
  const entries = intrinsicEntries(view);
  const map = INTRINSICS.map((name) => Array.from({ length: 16 }, (_, at) => (at === entries[name].at ? entries[name].scale : 0)));
  return tf.tidy(() => {
    const flat = tf.matMul(tf.reshape(intrinsics, [-1, 4]), tf.tensor2d(map));
    return tf.reshape(tf.add(flat, tf.tensor1d(constantEntries(view))), [...intrinsics.shape.slice(0, -1), 4, 4]);
  });
}

/**
 * The inverse of {@link projectionFromIntrinsics}, for given image size.
 * @param projection [*, 4, 4]
 * @param size the image's height and width in pixels.
 * @returns [*, 4]: fx, fy, cx, cy.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const projection = tf.tensor2d([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, -2, -3], [0, 0, -1, 0]]);
 * rendering.camera.intrinsicsFromProjection(projection, { height: 2, width: 4 }); // → [2, 1, 2, 1]
 * ```
 */
export function intrinsicsFromProjection(projection: tf.Tensor, { height, width }: { height: number; width: number }): tf.Tensor {
  checkMatrix('projection', projection, 4, 4);
  const map = Array.from({ length: 16 }, () => [0, 0, 0, 0]);
  map[0][0] = width / 2;
  map[5][1] = height / 2;
  map[2][2] = -width / 2;
  map[6][3] = height / 2;
  return tf.tidy(() => {
    const flat = tf.matMul(tf.reshape(projection, [-1, 16]), tf.tensor2d(map));
    return tf.reshape(tf.add(flat, tf.tensor1d([0, 0, width / 2, height / 2])), [...projection.shape.slice(0, -2), 4]);
  });
}

/** The same camera with its image at another size; see scene/camera's resizeCamera. */
export function resizeCameraTensors(camera: CameraTensors, size: { height: number; width: number }): CameraTensors {
  if (size.height === camera.height && size.width === camera.width) return camera;
  const [sx, sy] = [size.width / camera.width, size.height / camera.height];
  return { ...camera, ...size, intrinsics: tf.mul(camera.intrinsics, tf.tensor1d([sx, sy, sx, sy])) };
}
