import type { Camera } from '../../scene/camera';
import type { Pose } from '../../scene/pose';
import { quaternionToMatrix } from '../../scene/rotation';
import type { PoseObject } from './protocol';

/** Narrow, as product photographs are: perspective hides fewer of an object's sides. */
export const FIELD_OF_VIEW = (20 * Math.PI) / 180;

/** Largest distance of a vertex from the object's origin, in its units. */
export function objectRadius(object: Pick<PoseObject, 'mesh'>): number {
  const { positions } = object.mesh;
  let largest = 0;
  for (let i = 0; i < positions.length; i += 3) largest = Math.max(largest, Math.hypot(positions[i], positions[i + 1], positions[i + 2]));
  return largest;
}

/** Where the object's bounding sphere just fills the picture, in front of {@link poseCamera}. */
export const fittingDistance = (radius: number): number => (1.02 * radius) / Math.sin(FIELD_OF_VIEW / 2);

/** A square camera with a 20° field of view, its clip planes around an object of this radius at any distance it may be sought at. */
export function poseCamera(radius: number, resolution: number): Camera {
  const focal = resolution / 2 / Math.tan(FIELD_OF_VIEW / 2);
  const distance = fittingDistance(radius);
  return {
    height: resolution, width: resolution, fx: focal, fy: focal, cx: resolution / 2, cy: resolution / 2, near: 0.1 * distance, far: 10 * distance,
  };
}

/** OpenGL's projection of a pinhole camera, row-major [16], for column vectors in the OpenGL camera frame. */
export function projectionMatrix({ width, height, fx, fy, cx, cy, near, far }: Camera): number[] {
  return [
    (2 * fx) / width, 0, 1 - (2 * cx) / width, 0,
    0, (2 * fy) / height, (2 * cy) / height - 1, 0,
    0, 0, -(far + near) / (far - near), (-2 * far * near) / (far - near),
    0, 0, -1, 0,
  ];
}

/** [R | t] of a pose, row-major [12]. */
export function poseMatrix({ rotation, translation }: Pose): number[] {
  const r = quaternionToMatrix(rotation);
  return [r[0], r[1], r[2], translation[0], r[3], r[4], r[5], translation[1], r[6], r[7], r[8], translation[2]];
}
