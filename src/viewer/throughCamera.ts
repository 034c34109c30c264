import { PerspectiveCamera } from 'three';
import type { Camera } from '../scene/camera';

/** The sides of a view as tangents: x/−z at left and right, y/−z at bottom and top. */
export interface TangentWindow {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/**
 * The recovery camera's view widened to a canvas of another shape: its image is centred, keeps its proportions and fills the
 * canvas but for a margin, a share of the image's size on each side.
 */
export function imageWindow(camera: Camera, aspect: number, margin: number): TangentWindow {
  const left = -camera.cx / camera.fx;
  const right = (camera.width - camera.cx) / camera.fx;
  const top = camera.cy / camera.fy;
  const bottom = -(camera.height - camera.cy) / camera.fy;
  const height = (top - bottom) * (1 + 2 * margin);
  const width = (right - left) * (1 + 2 * margin);
  const halfHeight = Math.max(height, width / aspect) / 2;
  const halfWidth = halfHeight * aspect;
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  return { left: x - halfWidth, right: x + halfWidth, bottom: y - halfHeight, top: y + halfHeight };
}

/** Makes a three.js camera at the origin see what the window holds, off-centre principal point included. */
export function setWindow(view: PerspectiveCamera, window: TangentWindow, near: number, far: number): void {
  const { left, right, bottom, top } = window;
  view.near = near;
  view.far = far;
  // The gizmo takes its size from the angle of view.
  view.fov = (2 * Math.atan((top - bottom) / 2) * 180) / Math.PI;
  view.projectionMatrix.makePerspective(left * near, right * near, top * near, bottom * near, near, far, view.coordinateSystem);
  view.projectionMatrixInverse.copy(view.projectionMatrix).invert();
}
