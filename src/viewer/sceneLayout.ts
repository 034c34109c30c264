import type { Camera } from '../scene/camera';
import type { Pose, Vector3 } from '../scene/pose';
import { fitView, type ViewPoint } from './fitView';
import { expectedDepth, imageCorners } from './frustumGeometry';
import { FIELD_OF_VIEW } from './viewControls';

/** Where the parts of the scene are along the line of sight; object units. */
export interface SceneLayout {
  readonly diameter: number;
  readonly center: Vector3;
  /** Where the image plane is drawn: between camera and object, clear of the object. */
  readonly imageDepth: number;
  /** Where the frustum ends: behind the object. */
  readonly farDepth: number;
}

/**
 * Where the default view may look to, always from behind the camera, so that its image is the right way round: from its right, with camera,
 * image and object side by side, or from above, with one over the other, as suits a tall canvas.
 */
const FORWARDS: readonly Vector3[] = [[-0.8, -0.38, -0.62], [-0.36, -0.68, -0.55]];
const MARGIN = 1.08;

/** @param pose where the object is, as far as one knows. */
export function arrangeScene(camera: Camera | undefined, diameter: number, pose: Pose | undefined): SceneLayout {
  const known = pose && pose.translation[2] < 0 ? pose.translation : undefined;
  const expected = camera ? expectedDepth(camera, diameter) : 2.5 * diameter;
  const center: Vector3 = known ?? [0, 0, -expected];
  const depth = -center[2];
  // No larger than the object, however far off that is.
  const largest = camera ? (0.95 * diameter) / Math.max(camera.width / camera.fx, camera.height / camera.fy) : Infinity;
  return {
    diameter, center,
    imageDepth: Math.max(Math.min(0.42 * depth, depth - 0.8 * diameter, largest), 0.15 * depth),
    farDepth: depth + 0.6 * diameter,
  };
}

/** The view from which all of it is seen, as large as it goes. */
export function defaultView(camera: Camera | undefined, layout: SceneLayout, aspect: number): ViewPoint {
  const corners = camera ? imageCorners(camera, layout.imageDepth) : [];
  const spheres = [[0, 0, 0] as const, ...corners].map((center) => ({ center, radius: 0.05 * layout.diameter }));
  const all = [...spheres, { center: layout.center, radius: 0.68 * layout.diameter }];
  const views = FORWARDS.map((forward) => fitView(all, forward, FIELD_OF_VIEW / MARGIN, aspect));
  const distance = ({ eye }: ViewPoint) => Math.hypot(...eye.map((c, k) => c - layout.center[k]));
  return views.reduce((best, view) => (distance(view) < distance(best) ? view : best));
}
