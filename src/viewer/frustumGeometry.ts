import type { Camera } from '../scene/camera';
import type { Vector3 } from '../scene/pose';

export type Segment = readonly [Vector3, Vector3];

/** Where pixel position (column, row) lies at a depth before the camera, in the camera's OpenGL frame. */
export function unprojectPixel(camera: Camera, column: number, row: number, depth: number): Vector3 {
  return [((column - camera.cx) / camera.fx) * depth, (-(row - camera.cy) / camera.fy) * depth, -depth];
}

/** The image's corners at a depth: upper left, upper right, lower right, lower left. */
export function imageCorners(camera: Camera, depth: number): readonly [Vector3, Vector3, Vector3, Vector3] {
  const at = (column: number, row: number) => unprojectPixel(camera, column, row, depth);
  return [at(0, 0), at(camera.width, 0), at(camera.width, camera.height), at(0, camera.height)];
}

const ring = (corners: readonly Vector3[]): Segment[] => corners.map((c, i) => [c, corners[(i + 1) % corners.length]]);

/** From the eye to the image plane, the image's border, and a small tent on its upper edge that shows which way is up. */
export function pyramidLines(camera: Camera, depth: number): Segment[] {
  const corners = imageCorners(camera, depth);
  const foot = (u: number) => unprojectPixel(camera, camera.width * u, 0, depth);
  const apex = unprojectPixel(camera, camera.width / 2, -0.09 * camera.height, depth);
  return [...corners.map((c): Segment => [[0, 0, 0], c]), ...ring(corners), [foot(0.42), apex], [apex, foot(0.58)]];
}

/** The frustum's edges on from the image plane past the object. */
export function beyondLines(camera: Camera, depth: number, farDepth: number): Segment[] {
  const far = imageCorners(camera, farDepth);
  return imageCorners(camera, depth).map((c, i) => [c, far[i]]);
}

/** The depth at which an object of this diameter fills 60 % of the image's shorter side: where to expect it before any pose is known. */
export function expectedDepth(camera: Camera, diameter: number): number {
  const tangent = Math.min(camera.width / camera.fx, camera.height / camera.fy);
  return diameter / (0.6 * tangent);
}
