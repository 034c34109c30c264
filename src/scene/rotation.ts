import type { Quaternion, Vector3 } from './pose';

// Rotations as plain numbers, for records, searches and metrics; the differentiable ones live in graphics.
// Quaternions are [x, y, z, w], Hamilton; matrices are row-major [9] and act on column vectors; angles are radians.

export const IDENTITY_ROTATION: Quaternion = [0, 0, 0, 1];

/** The rotation b first, then a: R(a · b) = R(a) R(b). */
export function multiplyQuaternions(a: Quaternion, b: Quaternion): Quaternion {
  const [ax, ay, az, aw] = a;
  const [bx, by, bz, bw] = b;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

/** The inverse of a unit quaternion. */
export const inverseQuaternion = ([x, y, z, w]: Quaternion): Quaternion => [-x, -y, -z, w];

/** Scaled to unit length; the identity where there is no direction. */
export function normalizeQuaternion(q: Quaternion): Quaternion {
  const length = Math.hypot(...q);
  return length > 0 && Number.isFinite(length) ? [q[0] / length, q[1] / length, q[2] / length, q[3] / length] : IDENTITY_ROTATION;
}

/** R(q) v for a unit quaternion. */
export function rotateVector(q: Quaternion, v: Vector3): Vector3 {
  const [x, y, z, w] = q;
  const [tx, ty, tz] = [2 * (y * v[2] - z * v[1]), 2 * (z * v[0] - x * v[2]), 2 * (x * v[1] - y * v[0])];
  return [v[0] + w * tx + y * tz - z * ty, v[1] + w * ty + z * tx - x * tz, v[2] + w * tz + x * ty - y * tx];
}

/** A turn by `angle` about `axis`, of any length but zero. */
export const quaternionFromAxisAngle = (axis: Vector3, angle: number): Quaternion => {
  const scale = Math.sin(angle / 2) / Math.hypot(...axis);
  return [axis[0] * scale, axis[1] * scale, axis[2] * scale, Math.cos(angle / 2)];
};

/** Row-major [9]. */
export function quaternionToMatrix([x, y, z, w]: Quaternion): number[] {
  return [
    1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w),
    2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w),
    2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y),
  ];
}

/** The unit quaternion (w ≥ 0) of a row-major rotation matrix [9]; the largest component is found first, so that nothing cancels (Shepperd 1978). */
export function quaternionFromMatrix(m: ArrayLike<number>): Quaternion {
  const [xx, yy, zz] = [m[0], m[4], m[8]];
  const squares = [1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz, 1 + xx + yy + zz];
  const largest = squares.indexOf(Math.max(...squares));
  const q: Quaternion = [
    [squares[0], m[3] + m[1], m[2] + m[6], m[7] - m[5]] as const,
    [m[3] + m[1], squares[1], m[7] + m[5], m[2] - m[6]] as const,
    [m[2] + m[6], m[7] + m[5], squares[2], m[3] - m[1]] as const,
    [m[7] - m[5], m[2] - m[6], m[3] - m[1], squares[3]] as const,
  ][largest];
  const unit = normalizeQuaternion(q);
  return unit[3] < 0 ? [-unit[0], -unit[1], -unit[2], -unit[3]] : unit;
}

/** The angle in 0 … π of the turn that leads from one rotation to the other. */
export function geodesicAngle(a: Quaternion, b: Quaternion): number {
  const [x, y, z, w] = multiplyQuaternions(inverseQuaternion(a), b);
  return 2 * Math.atan2(Math.hypot(x, y, z), Math.abs(w));
}

/** SO(3) exponential: a turn by |v| about v. */
export function expSo3(v: Vector3): Quaternion {
  const angle = Math.hypot(...v);
  // sin(a/2)/a by its series where the quotient would lose digits.
  const scale = angle < 1e-4 ? 0.5 - (angle * angle) / 48 : Math.sin(angle / 2) / angle;
  return [v[0] * scale, v[1] * scale, v[2] * scale, Math.cos(angle / 2)];
}

/** SO(3) logarithm: axis · angle with the angle in 0 … π. */
export function logSo3(q: Quaternion): Vector3 {
  const sign = q[3] < 0 ? -1 : 1;
  const sine = Math.hypot(q[0], q[1], q[2]);
  const w = Math.abs(q[3]);
  const scale = sign * (sine < 1e-8 ? 2 / w : (2 * Math.atan2(sine, w)) / sine);
  return [q[0] * scale, q[1] * scale, q[2] * scale];
}

/** The rotation a share t of the short way from a to b. */
export function slerp(a: Quaternion, b: Quaternion, t: number): Quaternion {
  const [x, y, z] = logSo3(multiplyQuaternions(inverseQuaternion(a), b));
  return normalizeQuaternion(multiplyQuaternions(a, expSo3([x * t, y * t, z * t])));
}
