import { Object3D, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Pose } from '../scene/pose';
import { createRandom } from '../scene/random';
import { geodesicAngle, normalizeQuaternion, rotateVector } from '../scene/rotation';
import { applyPose, mixPoses, readPose } from './poseObject3D';
import { createPoseTween } from './poseTween';

const seed = 5;
const random = createRandom(seed);
const randomPose = (): Pose => ({
  rotation: normalizeQuaternion([random.normal(), random.normal(), random.normal(), random.normal()]),
  translation: [random.normal(), random.normal(), random.normal()],
});

describe(`poses of three.js objects (seed ${seed})`, () => {
  it('reads back what it applied', () => {
    const pose = randomPose();
    const object = new Object3D();
    applyPose(object, pose);
    const back = readPose(object);
    pose.rotation.forEach((c, k) => expect(back.rotation[k]).toBeCloseTo(c));
    expect(back.translation).toEqual(pose.translation);
  });
  it('moves points as the pose is defined: R p + t', () => {
    const pose = randomPose();
    const object = new Object3D();
    applyPose(object, pose);
    const moved = new Vector3(0.3, -1, 2).applyMatrix4(object.matrix).toArray();
    const turned = rotateVector(pose.rotation, [0.3, -1, 2]);
    moved.forEach((c, k) => expect(c).toBeCloseTo(turned[k] + pose.translation[k]));
  });
  it('mixes along the shorter turn', () => {
    const [a, b] = [randomPose(), randomPose()];
    const whole = geodesicAngle(a.rotation, b.rotation);
    const middle = mixPoses(a, b, 0.25);
    expect(geodesicAngle(a.rotation, middle.rotation)).toBeCloseTo(0.25 * whole);
    expect(middle.translation[1]).toBeCloseTo(0.75 * a.translation[1] + 0.25 * b.translation[1]);
  });
});

describe('a pose on its way', () => {
  const [a, b, c] = [randomPose(), randomPose(), randomPose()];
  it('starts at its first pose and arrives exactly', () => {
    const tween = createPoseTween();
    expect(tween.at(0)).toBeUndefined();
    tween.moveTo(a, 0, 120);
    expect(tween.at(0)).toMatchObject({ translation: a.translation.map((x) => expect.closeTo(x)) });
    tween.moveTo(b, 1000, 120);
    expect(tween.moving(1060)).toBe(true);
    expect(tween.at(1120)).toBe(b);
    expect(tween.moving(1120)).toBe(false);
  });
  it('turns off from where it is', () => {
    const tween = createPoseTween();
    tween.moveTo(a, 0, 0);
    tween.moveTo(b, 0, 100);
    const midway = tween.at(50);
    tween.moveTo(c, 50, 100);
    expect(tween.at(50)?.translation[0]).toBeCloseTo(midway?.translation[0] ?? NaN);
    expect(tween.at(150)).toBe(c);
  });
  it('jumps when it has no time, and forgets when cleared', () => {
    const tween = createPoseTween();
    tween.moveTo(a, 0, 0);
    tween.moveTo(b, 5, 0);
    expect(tween.at(5)).toBe(b);
    tween.clear();
    expect(tween.at(6)).toBeUndefined();
  });
});
