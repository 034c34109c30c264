/** A unit quaternion [x, y, z, w], Hamilton convention. */
export type Quaternion = readonly [number, number, number, number];
export type Vector3 = readonly [number, number, number];

/**
 * Where an object stands before the camera: p_camera = R(rotation) · p_object + translation.
 * The camera frame is OpenGL's: x right, y up, the camera looks down −z.
 */
export interface Pose {
  readonly rotation: Quaternion;
  /** In the object's units. */
  readonly translation: Vector3;
}

export const IDENTITY_POSE: Pose = { rotation: [0, 0, 0, 1], translation: [0, 0, 0] };
