import type { Quaternion } from '../../scene/pose';
import { multiplyQuaternions, normalizeQuaternion, quaternionFromAxisAngle } from '../../scene/rotation';

/** Degrees: first a turn about the camera's upward axis, then about the axis to its right, then about its line of sight. */
export interface Angles {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

const RADIANS = Math.PI / 180;

/** R = Rz(roll) · Rx(pitch) · Ry(yaw). */
export function quaternionFromAngles({ yaw, pitch, roll }: Angles): Quaternion {
  const y = quaternionFromAxisAngle([0, 1, 0], yaw * RADIANS);
  const x = quaternionFromAxisAngle([1, 0, 0], pitch * RADIANS);
  const z = quaternionFromAxisAngle([0, 0, 1], roll * RADIANS);
  return normalizeQuaternion(multiplyQuaternions(z, multiplyQuaternions(x, y)));
}

/** Beyond this sine of the pitch, yaw and roll turn about the same axis; the roll is then called zero. */
const GIMBAL_LOCK = 0.999999;

/** The inverse of {@link quaternionFromAngles}, pitch within ±90°. */
export function anglesFromQuaternion([x, y, z, w]: Quaternion): Angles {
  const r21 = 2 * (y * z + x * w);
  const pitch = Math.asin(Math.min(Math.max(r21, -1), 1)) / RADIANS;
  if (Math.abs(r21) > GIMBAL_LOCK) {
    const r00 = 1 - 2 * (y * y + z * z);
    const r02 = 2 * (x * z + y * w);
    return { yaw: Math.atan2(r02, r00) / RADIANS, pitch, roll: 0 };
  }
  const [r20, r22] = [2 * (x * z - y * w), 1 - 2 * (x * x + y * y)];
  const [r01, r11] = [2 * (x * y - z * w), 1 - 2 * (x * x + z * z)];
  return { yaw: Math.atan2(-r20, r22) / RADIANS, pitch, roll: Math.atan2(-r01, r11) / RADIANS };
}
