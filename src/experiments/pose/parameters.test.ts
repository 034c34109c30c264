import { describe, expect, it } from 'vitest';
import { createRandom } from '../../scene/random';
import { geodesicAngle, rotateVector } from '../../scene/rotation';
import { randomRotation } from '../../scene/so3Grid';
import type { Pose, Vector3 } from '../../scene/pose';
import { poseMatrix } from './camera';
import { contractPoseGradient, movePose, placeAt, POSE_PARAMETERS } from './parameters';

describe('movePose', () => {
  const pose: Pose = { rotation: randomRotation(createRandom(3)), translation: [0.3, -0.1, -5] };
  it('leaves the pose at a zero step, and turns by the increment', () => {
    const same = movePose(pose, [0, 0, 0, 0, 0, 0]);
    expect(geodesicAngle(same.rotation, pose.rotation)).toBeLessThan(1e-9);
    same.translation.forEach((x, k) => expect(x).toBeCloseTo(pose.translation[k], 12));
    expect(geodesicAngle(movePose(pose, [0.1, 0.2, -0.2, 0, 0, 0]).rotation, pose.rotation)).toBeCloseTo(0.3, 9);
  });
  it('moves the origin on the image and scales its distance', () => {
    const { translation: [x, y, z] } = movePose(pose, [0, 0, 0, 0.01, 0.02, Math.log(2)]);
    expect(z).toBeCloseTo(-10, 9);
    expect(x / -z).toBeCloseTo(0.07, 9);
    expect(y / -z).toBeCloseTo(0, 9);
  });
});

describe('contractPoseGradient', () => {
  it.each([1, 2, 3])('agrees with central differences of a random linear function of the matrix (seed %i)', (seed) => {
    const random = createRandom(seed);
    const pose: Pose = { rotation: randomRotation(random), translation: [random.normal(), random.normal(), -4] };
    const g = Array.from({ length: 12 }, () => random.normal());
    const value = (p: Pose): number => poseMatrix(p).reduce((sum, m, i) => sum + m * g[i], 0);
    const gradient = new Float64Array(POSE_PARAMETERS);
    contractPoseGradient(g, poseMatrix(pose), gradient);
    for (let i = 0; i < POSE_PARAMETERS; i++) {
      const step = new Array<number>(POSE_PARAMETERS).fill(0);
      step[i] = 1e-5;
      const numeric = (value(movePose(pose, step)) - value(movePose(pose, step.map((s) => -s)))) / 2e-5;
      expect(gradient[i]).toBeCloseTo(numeric, 6);
    }
  });
});

describe('placeAt', () => {
  it('keeps what the object turns towards the eye', () => {
    const pose: Pose = { rotation: randomRotation(createRandom(9)), translation: [0, 0, -4] };
    const to: Vector3 = [1, 0.5, -5];
    const placed = placeAt(pose, to);
    const towardsEye = (p: Pose): Vector3 => {
      const length = Math.hypot(...p.translation);
      const [x, y, z, w] = p.rotation;
      return rotateVector([-x, -y, -z, w], p.translation.map((t) => -t / length) as unknown as Vector3);
    };
    towardsEye(placed).forEach((c, k) => expect(c).toBeCloseTo(towardsEye(pose)[k], 9));
  });
});
