import { rotateVector } from '../scene/rotation';
import type { Pose, Vector3 } from '../scene/pose';
import { stepColor, type ColorRange } from './colorMap';

/** How far from the object's centre its axes' tips are drawn, in diameters: just outside of it. */
export const TIP_DIAMETERS = 0.62;

const AXES: readonly Vector3[] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

/** Where the tips of the object's three axes are, at a distance from its centre. */
export function axisTips({ rotation, translation }: Pose, length: number): Vector3[] {
  return AXES.map((axis) => {
    const [x, y, z] = rotateVector(rotation, axis);
    return [translation[0] + length * x, translation[1] + length * y, translation[2] + length * z];
  });
}

/** [3 N, 3]: three tips for each of N poses, step by step. */
export function trailPoints(poses: readonly Pose[], length: number): Float32Array {
  const points = new Float32Array(9 * poses.length);
  poses.forEach((pose, step) => axisTips(pose, length).forEach((tip, axis) => points.set(tip, 9 * step + 3 * axis)));
  return points;
}

/** [3 N, 3] linear RGB for {@link trailPoints}. */
export function trailColors(steps: number, range: ColorRange): Float32Array {
  const colors = new Float32Array(9 * steps);
  for (let step = 0; step < steps; step++) {
    const color = stepColor(step, steps, range);
    for (let tip = 0; tip < 3; tip++) colors.set(color, 9 * step + 3 * tip);
  }
  return colors;
}

/** [3 (N − 1), 6]: from each tip to the same tip a step later; works for points and for colours. */
export function trailSegments(perTip: Float32Array): Float32Array {
  const segments = new Float32Array(Math.max(0, 2 * (perTip.length - 9)));
  for (let tip = 0; 6 * tip < segments.length; tip++) {
    segments.set(perTip.subarray(3 * tip, 3 * tip + 3), 6 * tip);
    segments.set(perTip.subarray(3 * tip + 9, 3 * tip + 12), 6 * tip + 3);
  }
  return segments;
}

/** Which step a point of {@link trailPoints} belongs to. */
export const stepOfPoint = (point: number): number => Math.floor(point / 3);
