import type { Pose, Vector3 } from '../../scene/pose';
import { expSo3, inverseQuaternion, multiplyQuaternions, normalizeQuaternion, quaternionFromAxisAngle } from '../../scene/rotation';

// The coordinates in which a pose is refined: a left-multiplied so(3) increment (radians, camera frame), the image position of the object's
// origin as tangents of the angle off the optical axis, and the logarithm of its depth. All six are of the size of an angle.

export const POSE_PARAMETERS = 6;

/** A pose moved by [ωx, ωy, ωz, Δu, Δv, Δlog depth]. */
export function movePose(pose: Pose, step: ArrayLike<number>): Pose {
  const [x, y, z] = pose.translation;
  const depth = -z * Math.exp(step[5]);
  return {
    rotation: normalizeQuaternion(multiplyQuaternions(expSo3([step[0], step[1], step[2]]), pose.rotation)),
    translation: [(x / -z + step[3]) * depth, (y / -z + step[4]) * depth, -depth],
  };
}

/**
 * The chain rule from a pose's matrix to its six parameters.
 * @param gradient ∂L/∂[R | t], row-major [12]. @param matrix [R | t]. @param out receives six numbers.
 */
export function contractPoseGradient(gradient: ArrayLike<number>, matrix: ArrayLike<number>, out: Float64Array | number[], at = 0): void {
  const g = gradient;
  const m = matrix;
  // δR = [ω]× R: each column r of R moves by ω × r, so ∂L/∂ω = Σ columns r × ∂L/∂r.
  let [wx, wy, wz] = [0, 0, 0];
  for (let c = 0; c < 3; c++) {
    wx += m[4 + c] * g[8 + c] - m[8 + c] * g[4 + c];
    wy += m[8 + c] * g[c] - m[c] * g[8 + c];
    wz += m[c] * g[4 + c] - m[4 + c] * g[c];
  }
  const depth = -m[11];
  out[at] = wx;
  out[at + 1] = wy;
  out[at + 2] = wz;
  out[at + 3] = g[3] * depth;
  out[at + 4] = g[7] * depth;
  out[at + 5] = g[3] * m[3] + g[7] * m[7] + g[11] * m[11];
}

/** The same look from another place: the object keeps its orientation towards the line of sight to its origin. */
export function placeAt(pose: Pose, translation: Vector3): Pose {
  const turn = multiplyQuaternions(swingTo(translation), inverseQuaternion(swingTo(pose.translation)));
  return { rotation: normalizeQuaternion(multiplyQuaternions(turn, pose.rotation)), translation };
}

/** The least turn that takes the optical axis to the direction of a point before the camera. */
function swingTo([x, y, z]: Vector3) {
  const sine = Math.hypot(x, y);
  return sine === 0 ? ([0, 0, 0, 1] as const) : quaternionFromAxisAngle([y, -x, 0], Math.atan2(sine, -z));
}
