import type { Camera } from '../../scene/camera';
import { broadcastMatMul, poseMatrix, quaternionMatrix } from '../kernels';
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

const IDENTITY4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** The pose as matrices, one for each image. */
export interface PoseMatrices {
  readonly batch: number;
  /** [B, 3, 3] */
  readonly rotation: tf.Tensor3D;
  /** [B, 3] */
  readonly translation: tf.Tensor2D;
}

/** @throws Error that names the argument, axis and shape. */
export function poseMatrices({ rotation, translation }: PoseTensors): PoseMatrices {
  const batch = rotation.shape[0];
  checkShape('rotation', rotation, rotation.rank === 3 ? [null, 3, 3] : [null, 4]);
  checkShape('translation', translation, [translation.shape[0] === 1 ? 1 : batch, 3]);
  const each = translation.shape[0] === batch ? translation : tf.tile(translation, [batch, 1]);
  return { batch, rotation: rotation.rank === 3 ? rotation as tf.Tensor3D : quaternionMatrix(rotation as tf.Tensor2D), translation: each as tf.Tensor2D };
}

/**
 * Object frame → clip coordinates; acts on column vectors. Differentiable in the pose and in intrinsics that are tensors.
 * @returns [B, 4, 4]; B = 1 without a pose and with shared intrinsics.
 */
export function clipMatrix(camera: Camera | CameraTensors, pose?: PoseMatrices): tf.Tensor3D {
  const posed = (after: readonly number[]) => pose && poseMatrix(pose.rotation, pose.translation, after);
  if (!('intrinsics' in camera)) {
    const projection = projectionMatrix(camera);
    return posed(projection) ?? tf.tensor3d(projection, [1, 4, 4]);
  }
  const projection = tf.reshape(projectionFromIntrinsics(camera.intrinsics, camera), [-1, 4, 4]) as tf.Tensor3D;
  const matrix = posed(IDENTITY4);
  return matrix ? broadcastMatMul(projection, matrix) : projection;
}
