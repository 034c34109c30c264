import type { Vector3 } from '../scene/pose';

const dot = (a: Vector3, b: Vector3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector3, b: Vector3): Vector3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a: Vector3): Vector3 => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};
const combine = (terms: readonly (readonly [number, Vector3])[]): Vector3 =>
  [0, 1, 2].map((k) => terms.reduce((sum, [s, v]) => sum + s * v[k], 0)) as unknown as Vector3;

/** Where to stand and what to look at. */
export interface ViewPoint {
  readonly eye: Vector3;
  readonly target: Vector3;
}

/**
 * The nearest place from which all spheres are seen, looking along `forward` with y up. In the view's axes every sphere gives one
 * linear bound for each side plane of the view, so the tightest bounds are the answer.
 * @param fovY the whole vertical angle, radians. @param aspect width over height.
 */
export function fitView(
  spheres: readonly { readonly center: Vector3; readonly radius: number }[], forward: Vector3, fovY: number, aspect: number,
): ViewPoint {
  const f = unit(forward);
  const r = unit(cross(f, [0, 1, 0]));
  const u = cross(r, f);
  const slopeY = Math.tan(fovY / 2);
  const bounds = (axis: Vector3, slope: number) => {
    const reach = Math.hypot(1, slope);
    const bound = (sign: 1 | -1) =>
      Math.max(...spheres.map(({ center, radius }) => sign * dot(axis, center) - slope * dot(f, center) + radius * reach));
    const [high, low] = [bound(1), bound(-1)];
    return { depth: -(high + low) / (2 * slope), middle: (high - low) / 2 };
  };
  const horizontal = bounds(r, slopeY * aspect);
  const vertical = bounds(u, slopeY);
  const depth = Math.min(horizontal.depth, vertical.depth);
  const middleDepth = spheres.reduce((sum, s) => sum + dot(f, s.center), 0) / spheres.length;
  const at = (along: number) => combine([[horizontal.middle, r], [vertical.middle, u], [along, f]]);
  return { eye: at(depth), target: at(Math.max(middleDepth, depth + 1e-3 * Math.abs(middleDepth - depth))) };
}
