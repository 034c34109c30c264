/**
 * A pinhole camera. Pixel (column i, row j) covers [i, i+1] × [j, j+1] with row 0 at the top, so its centre is (i+½, j+½).
 * A point at z_cv metres before the camera falls on (fx·x/z + cx, fy·y/z + cy) with y down and z forward.
 */
export interface Camera {
  readonly height: number;
  readonly width: number;
  /** Focal lengths in pixels. */
  readonly fx: number;
  readonly fy: number;
  /** Principal point in pixels from the image's upper left corner. */
  readonly cx: number;
  readonly cy: number;
  /** Distances to the clip planes, in the object's units. */
  readonly near: number;
  readonly far: number;
}

/** The same camera with its image at another size. */
export function resizeCamera(camera: Camera, size: { height: number; width: number }): Camera {
  const sx = size.width / camera.width;
  const sy = size.height / camera.height;
  return { ...camera, ...size, fx: camera.fx * sx, cx: camera.cx * sx, fy: camera.fy * sy, cy: camera.cy * sy };
}
