import { describe, expect, it } from 'vitest';
import { createRandom } from '../../scene/random';
import { geodesicAngle, rotateVector } from '../../scene/rotation';
import { randomRotation } from '../../scene/so3Grid';
import { anglesFromQuaternion, quaternionFromAngles } from './angles';

describe('yaw, pitch and roll', () => {
  it('turn about up, right and the line of sight', () => {
    const near = (v: readonly number[], expected: number[]) => v.forEach((c, i) => expect(c).toBeCloseTo(expected[i], 6));
    near(rotateVector(quaternionFromAngles({ yaw: 90, pitch: 0, roll: 0 }), [0, 0, 1]), [1, 0, 0]);
    near(rotateVector(quaternionFromAngles({ yaw: 0, pitch: 90, roll: 0 }), [0, 1, 0]), [0, 0, 1]);
    near(rotateVector(quaternionFromAngles({ yaw: 0, pitch: 0, roll: 90 }), [1, 0, 0]), [0, 1, 0]);
  });

  it('come back from 200 random rotations (seed 5)', () => {
    const random = createRandom(5);
    for (let i = 0; i < 200; i++) {
      const rotation = randomRotation(random);
      expect(geodesicAngle(quaternionFromAngles(anglesFromQuaternion(rotation)), rotation)).toBeLessThan(1e-3);
    }
  });

  it.each([90, -90])('describe the same rotation where the pitch is %i°', (pitch) => {
    const rotation = quaternionFromAngles({ yaw: 35, pitch, roll: 50 });
    expect(geodesicAngle(quaternionFromAngles(anglesFromQuaternion(rotation)), rotation)).toBeLessThan(0.01);
  });
});
