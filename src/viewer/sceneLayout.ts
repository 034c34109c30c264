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

/** From behind the camera, to its right and above: camera, image and object are seen side by side, the image the right way round. */
const FORWARD: Vector3 = [-0.8, -0.38, -0.62];
const MARGIN = 1.08;

/** @param pose where the object is, as far as one knows. */
export function arrangeScene(camera: Camera | undefined, diameter: number, pose: Pose | undefined): SceneLayout {
  const known = pose && pose.translation[2] < 0 ? pose.translation : undefined;
  const expected = camera ? expectedDepth(camera, diameter) : 2.5 * diameter;
  const center: Vector3 = known ?? [0, 0, -expected];
  const depth = -center[2];
  return {
    diameter, center,
    imageDepth: Math.max(Math.min(0.42 * depth, depth - 0.8 * diameter), 0.15 * depth),
    farDepth: depth + 0.6 * diameter,
  };
}

/** The view from which all of it is seen, as large as it goes. */
export function defaultView(camera: Camera | undefined, layout: SceneLayout, aspect: number): ViewPoint {
  const corners = camera ? imageCorners(camera, layout.imageDepth) : [];
  const spheres = [[0, 0, 0] as const, ...corners].map((center) => ({ center, radius: 0.05 * layout.diameter }));
  return fitView([...spheres, { center: layout.center, radius: 0.68 * layout.diameter }], FORWARD, FIELD_OF_VIEW / MARGIN, aspect);
}
