import type { Camera } from '../../scene/camera';
import { broadcastMatMul } from '../kernels';
import { checkShape } from '../shape';
import * as tf from '../tf';
import { projectionFromIntrinsics, projectionMatrix, type CameraTensors } from './camera/pinhole';

/** Where the object stands before the camera (OpenGL frame): p_camera = R·p + translation, for B poses. */
export interface PoseTensors {
  /** [B, 4] quaternions [x, y, z, w], of any length but 0; or [B, 3, 3] matrices. */
  readonly rotation: tf.Tensor;
  /** [B, 3] or [1, 3], in the object's units. */
  readonly translation: tf.Tensor;
}

/** Keeps a zero quaternion finite; far below the squared length of any that means a rotation. */
const MIN_SQUARED_LENGTH = 1e-12;

/** A rotation's nine entries (row-major) as sums over the products q_i·q_j (i, j over x, y, z, w) of a unit quaternion. */
const QUATERNION_PRODUCTS: number[][] = (() => {
  const [x, y, z, w] = [0, 1, 2, 3];
  const rows: [number, number, number][][] = [
    [[x, x, 1], [y, y, -1], [z, z, -1], [w, w, 1]], [[x, y, 2], [z, w, -2]], [[x, z, 2], [y, w, 2]],
    [[x, y, 2], [z, w, 2]], [[x, x, -1], [y, y, 1], [z, z, -1], [w, w, 1]], [[y, z, 2], [x, w, -2]],
    [[x, z, 2], [y, w, -2]], [[y, z, 2], [x, w, 2]], [[x, x, -1], [y, y, -1], [z, z, 1], [w, w, 1]],
  ];
  const map = Array.from({ length: 16 }, () => new Array<number>(9).fill(0));
  rows.forEach((terms, entry) => terms.forEach(([i, j, factor]) => { map[4 * i + j][entry] = factor; }));
  return map;
})();

const NINE_ENTRIES: number[][] = Array.from({ length: 9 }, (_, i) => Array.from({ length: 9 }, (_, j) => (i === j ? 1 : 0)));

/** What a rotation is linear in ([B, 16] or [B, 9]), and the map from there to its nine entries. */
function rotationFeatures(rotation: tf.Tensor): { features: tf.Tensor2D; toEntries: number[][] } {
  const batch = rotation.shape[0];
  if (rotation.rank === 3) {
    checkShape('rotation', rotation, [null, 3, 3]);
    return { features: tf.reshape(rotation, [batch, 9]), toEntries: NINE_ENTRIES };
  }
  checkShape('rotation', rotation, [null, 4]);
  const products = tf.reshape(tf.mul(tf.reshape(rotation, [batch, 4, 1]), tf.reshape(rotation, [batch, 1, 4])), [batch, 16]);
  const squaredLength = tf.maximum(tf.sum(tf.square(rotation), 1, true), MIN_SQUARED_LENGTH);
  return { features: tf.div(products, squaredLength), toEntries: QUATERNION_PRODUCTS };
}

/** Row-major 4 × 4 product. */
const multiply4 = (a: readonly number[], b: readonly number[]): number[] =>
  Array.from({ length: 16 }, (_, at) => [0, 1, 2, 3].reduce((sum, k) => sum + a[4 * (at >> 2) + k] * b[4 * k + (at % 4)], 0));

const IDENTITY4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/**
 * The pose as what matrices are linear in. The object-to-clip matrix is then one small product, however many poses there are,
 * and the camera is folded into its constant factor.
 */
export interface PoseFeatures {
  readonly batch: number;
  /** [B, 16 or 9] */
  readonly rotation: tf.Tensor2D;
  readonly toEntries: readonly (readonly number[])[];
  /** [B, 3] */
  readonly translation: tf.Tensor2D;
}

/** @throws Error that names the argument, axis and shape. */
export function poseFeatures({ rotation, translation }: PoseTensors): PoseFeatures {
  const { features, toEntries } = rotationFeatures(rotation);
  const batch = features.shape[0];
  checkShape('translation', translation, [translation.shape[0] === 1 ? 1 : batch, 3]);
  const each = translation.shape[0] === batch ? translation : tf.tile(translation, [batch, 1]);
  return { batch, rotation: features, toEntries, translation: each as tf.Tensor2D };
}

/** @returns [B, 3, 3] rotation matrices. */
export const rotationOf = ({ rotation, toEntries, batch }: PoseFeatures): tf.Tensor3D =>
  tf.reshape(tf.matMul(rotation, tf.tensor2d(toEntries.map((row) => [...row]))), [batch, 3, 3]);

/** Object frame → clip coordinates under a constant matrix after the pose: [B, 4, 4]. */
function poseThen(pose: PoseFeatures, after: readonly number[]): tf.Tensor3D {
  const place = (entries: readonly (readonly [number, number])[]): number[] => {
    const matrix = new Array<number>(16).fill(0);
    for (const [at, value] of entries) matrix[at] = value;
    return multiply4(after, matrix);
  };
  const rows = [
    ...pose.toEntries.map((row) => place(row.map((value, k) => [4 * Math.floor(k / 3) + (k % 3), value] as const))),
    ...[3, 7, 11].map((at) => place([[at, 1]])),
  ];
  const flat = tf.matMul(tf.concat([pose.rotation, pose.translation], 1), tf.tensor2d(rows));
  return tf.reshape(tf.add(flat, tf.tensor1d(place([[15, 1]]))), [pose.batch, 4, 4]);
}

/**
 * Object frame → clip coordinates; acts on column vectors. Differentiable in the pose and in intrinsics that are tensors.
 * @returns [B, 4, 4]; B = 1 without a pose and with shared intrinsics.
 */
export function clipMatrix(camera: Camera | CameraTensors, pose?: PoseFeatures): tf.Tensor3D {
  if (!('intrinsics' in camera)) {
    const projection = projectionMatrix(camera);
    return pose ? poseThen(pose, projection) : tf.tensor3d(projection, [1, 4, 4]);
  }
  const projection = tf.reshape(projectionFromIntrinsics(camera.intrinsics, camera), [-1, 4, 4]) as tf.Tensor3D;
  return pose ? broadcastMatMul(projection, poseThen(pose, IDENTITY4)) : projection;
}
