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
  const tent = [0.4, 0.6].map((u) => unprojectPixel(camera, camera.width * u, -0.03 * camera.height, depth));
  const apex = unprojectPixel(camera, camera.width / 2, -0.11 * camera.height, depth);
  return [...corners.map((c): Segment => [[0, 0, 0], c]), ...ring(corners), ...ring([tent[0], apex, tent[1]])];
}

/** On from the image plane through the object's place. */
export function beyondLines(camera: Camera, depth: number, farDepth: number): Segment[] {
  const near = imageCorners(camera, depth);
  const far = imageCorners(camera, farDepth);
  return [...near.map((c, i): Segment => [c, far[i]]), ...ring(far)];
}

/** The depth at which an object of this diameter fills 60 % of the image's shorter side: where to expect it before any pose is known. */
export function expectedDepth(camera: Camera, diameter: number): number {
  const tangent = Math.min(camera.width / camera.fx, camera.height / camera.fy);
  return diameter / (0.6 * tangent);
}
