import type { Object3D } from 'three';
import { slerp } from '../scene/rotation';
import type { Pose } from '../scene/pose';

// The view's world is the recovery camera's own OpenGL frame, so a pose is an object's transform as it stands.

/** Moves an object to a pose. */
export function applyPose(object: Object3D, pose: Pose): void {
  object.quaternion.set(...pose.rotation);
  object.position.set(...pose.translation);
  object.updateMatrix();
}

/** The pose at which an object stands. */
export function readPose(object: Object3D): Pose {
  const { x, y, z, w } = object.quaternion.clone().normalize();
  return { rotation: [x, y, z, w], translation: [object.position.x, object.position.y, object.position.z] };
}

/** The pose a share t (0…1) of the way from one to the other: the short turn and the straight line. */
export function mixPoses(from: Pose, to: Pose, t: number): Pose {
  const mix = (k: 0 | 1 | 2) => from.translation[k] + t * (to.translation[k] - from.translation[k]);
  return { rotation: slerp(from.rotation, to.rotation, t), translation: [mix(0), mix(1), mix(2)] };
}
