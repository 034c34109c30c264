import { realsLike, registerCpuKernel, type Reals } from '../cpuKernel';
import type { AfterAttrs } from './poseMatrix';
import { MIN_SQUARED_LENGTH, POSE_MATRIX, POSE_MATRIX_GRAD_ROTATION, POSE_MATRIX_GRAD_TRANSLATION, QUATERNION_MATRIX, QUATERNION_MATRIX_GRAD } from './names';

/** The matrix times the quaternion's squared length, row-major. */
const scaledMatrix = (x: number, y: number, z: number, w: number): number[] => [
  x * x - y * y - z * z + w * w, 2 * (x * y - z * w), 2 * (x * z + y * w),
  2 * (x * y + z * w), y * y - x * x - z * z + w * w, 2 * (y * z - x * w),
  2 * (x * z - y * w), 2 * (y * z + x * w), z * z - x * x - y * y + w * w,
];

/** @param quaternions [B, 4] @returns [B, 3, 3] */
export function quaternionMatrixLoops(quaternions: Reals): Reals {
  const matrices = realsLike(quaternions, (quaternions.length / 4) * 9);
  for (let b = 0; b < quaternions.length / 4; b++) {
    const [x, y, z, w] = quaternions.subarray(4 * b, 4 * b + 4);
    const squared = Math.max(x * x + y * y + z * z + w * w, MIN_SQUARED_LENGTH);
    matrices.set(scaledMatrix(x, y, z, w).map((entry) => entry / squared), 9 * b);
  }
  return matrices;
}

/** @param dy [B, 3, 3] @returns [B, 4] */
export function quaternionMatrixGradLoops(dy: Reals, quaternions: Reals): Reals {
  const gradient = realsLike(dy, quaternions.length);
  for (let b = 0; b < quaternions.length / 4; b++) {
    const [x, y, z, w] = quaternions.subarray(4 * b, 4 * b + 4);
    const g = dy.subarray(9 * b, 9 * b + 9);
    const squared = x * x + y * y + z * z + w * w;
    const guarded = Math.max(squared, MIN_SQUARED_LENGTH);
    const alongMatrix = scaledMatrix(x, y, z, w).reduce((sum, entry, i) => sum + entry * g[i], 0);
    const alongLength = squared >= MIN_SQUARED_LENGTH ? alongMatrix / guarded : 0;
    const toScaled = [
      x * (g[0] - g[4] - g[8]) + y * (g[1] + g[3]) + z * (g[2] + g[6]) + w * (g[7] - g[5]),
      y * (g[4] - g[0] - g[8]) + x * (g[1] + g[3]) + z * (g[5] + g[7]) + w * (g[2] - g[6]),
      z * (g[8] - g[0] - g[4]) + x * (g[2] + g[6]) + y * (g[5] + g[7]) + w * (g[3] - g[1]),
      w * (g[0] + g[4] + g[8]) + x * (g[7] - g[5]) + y * (g[2] - g[6]) + z * (g[3] - g[1]),
    ];
    [x, y, z, w].forEach((q, i) => { gradient[4 * b + i] = 2 * (toScaled[i] - q * alongLength) / guarded; });
  }
  return gradient;
}

/** @param rotation [B, 3, 3] @param translation [B, 3] @returns [B, 4, 4] */
export function poseMatrixLoops(rotation: Reals, translation: Reals, after: readonly number[]): Reals {
  const matrices = realsLike(rotation, (rotation.length / 9) * 16);
  for (let at = 0; at < matrices.length; at++) {
    const [b, r, c] = [at >> 4, (at >> 2) & 3, at & 3];
    let entry = c === 3 ? after[4 * r + 3] : 0;
    for (let k = 0; k < 3; k++) entry += after[4 * r + k] * (c === 3 ? translation[3 * b + k] : rotation[9 * b + 3 * k + c]);
    matrices[at] = entry;
  }
  return matrices;
}

/** What the upper three rows of the pose's matrix receive: entry (k, c) of afterᵀ·dy. */
const received = (dy: Reals, after: readonly number[], b: number, k: number, c: number): number =>
  [0, 1, 2, 3].reduce((sum, r) => sum + after[4 * r + k] * dy[16 * b + 4 * r + c], 0);

/** @param dy [B, 4, 4] @returns [B, 3, 3] */
export const poseMatrixGradRotationLoops = (dy: Reals, after: readonly number[]): Reals =>
  realsLike(dy, (dy.length / 16) * 9).map((_, i) => received(dy, after, Math.floor(i / 9), Math.floor((i % 9) / 3), i % 3));

/** @param dy [B, 4, 4] @returns [B, 3] */
export const poseMatrixGradTranslationLoops = (dy: Reals, after: readonly number[]): Reals =>
  realsLike(dy, (dy.length / 16) * 3).map((_, i) => received(dy, after, Math.floor(i / 3), i % 3, 3));

registerCpuKernel(QUATERNION_MATRIX, ['quaternions'], ({ quaternions }) =>
  ({ shape: [quaternions.shape[0], 3, 3], values: quaternionMatrixLoops(quaternions.reals) }));

registerCpuKernel(QUATERNION_MATRIX_GRAD, ['dy', 'quaternions'], ({ dy, quaternions }) =>
  ({ shape: quaternions.shape, values: quaternionMatrixGradLoops(dy.reals, quaternions.reals) }));

registerCpuKernel(POSE_MATRIX, ['rotation', 'translation'], ({ rotation, translation }, { after }: AfterAttrs) =>
  ({ shape: [rotation.shape[0], 4, 4], values: poseMatrixLoops(rotation.reals, translation.reals, after) }));

registerCpuKernel(POSE_MATRIX_GRAD_ROTATION, ['dy'], ({ dy }, { after }: AfterAttrs) =>
  ({ shape: [dy.shape[0], 3, 3], values: poseMatrixGradRotationLoops(dy.reals, after) }));

registerCpuKernel(POSE_MATRIX_GRAD_TRANSLATION, ['dy'], ({ dy }, { after }: AfterAttrs) =>
  ({ shape: [dy.shape[0], 3], values: poseMatrixGradTranslationLoops(dy.reals, after) }));
