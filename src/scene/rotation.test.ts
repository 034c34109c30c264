import { describe, expect, it } from 'vitest';
import type { Quaternion, Vector3 } from './pose';
import { createRandom } from './random';
import {
  expSo3, geodesicAngle, inverseQuaternion, logSo3, multiplyQuaternions, normalizeQuaternion, quaternionFromAxisAngle, quaternionFromMatrix,
  quaternionToMatrix, rotateVector, slerp,
} from './rotation';
import { randomRotation, spreadRotations } from './so3Grid';
import { cubeSymmetry, cyclicSymmetry, dihedralSymmetry, generateGroup, icosahedralSymmetry, symmetryAwareAngle, tetrahedralSymmetry } from './symmetry';

const SEED = 7;
const random = createRandom(SEED);
const rotations = Array.from({ length: 50 }, () => randomRotation(random));
const close = (a: readonly number[], b: readonly number[], digits = 10) => a.forEach((x, i) => expect(x).toBeCloseTo(b[i], digits));
const multiplyMatrices = (a: number[], b: number[]) =>
  a.map((_, i) => [0, 1, 2].reduce((sum, k) => sum + a[3 * Math.floor(i / 3) + k] * b[3 * k + (i % 3)], 0));

describe(`rotations, seed ${SEED}`, () => {
  it('turns x into y by a quarter about z', () => {
    close(rotateVector(quaternionFromAxisAngle([0, 0, 3], Math.PI / 2), [1, 0, 0]), [0, 1, 0]);
  });

  it('multiplies as matrices do', () => {
    for (let i = 1; i < rotations.length; i++) {
      const [a, b] = [rotations[i - 1], rotations[i]];
      close(quaternionToMatrix(multiplyQuaternions(a, b)), multiplyMatrices(quaternionToMatrix(a), quaternionToMatrix(b)));
      const m = quaternionToMatrix(a);
      close(rotateVector(a, [1, 2, 3]), [0, 3, 6].map((r) => m[r] + 2 * m[r + 1] + 3 * m[r + 2]));
    }
  });

  it('goes to a matrix, to a rotation vector and back', () => {
    const halfTurns: Quaternion[] = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0.6, 0.8, 0, 0]];
    for (const q of [...rotations, ...halfTurns, [0, 0, 0, 1] as Quaternion]) {
      expect(geodesicAngle(quaternionFromMatrix(quaternionToMatrix(q)), q)).toBeLessThan(1e-7);
      expect(geodesicAngle(expSo3(logSo3(q)), q)).toBeLessThan(1e-7);
    }
    close(logSo3(expSo3([1e-6, -2e-6, 0])), [1e-6, -2e-6, 0], 15);
  });

  it('measures the angle between rotations, whatever the sign', () => {
    const base = rotations[0];
    const turned = multiplyQuaternions(base, quaternionFromAxisAngle([1, 2, -1], 0.3));
    expect(geodesicAngle(base, turned)).toBeCloseTo(0.3, 10);
    expect(geodesicAngle(base, turned.map((x) => -x) as unknown as Quaternion)).toBeCloseTo(0.3, 10);
    expect(geodesicAngle(base, base)).toBeCloseTo(0, 7);
    expect(geodesicAngle(multiplyQuaternions(inverseQuaternion(base), base), [0, 0, 0, 1])).toBeCloseTo(0, 7);
  });

  it('goes the short way', () => {
    const [a, b] = [rotations[1], rotations[2]];
    const middle = slerp(a, b, 0.5);
    expect(geodesicAngle(a, middle)).toBeCloseTo(geodesicAngle(a, b) / 2, 8);
    expect(geodesicAngle(slerp(a, b, 1), b)).toBeLessThan(1e-7);
  });

  it('makes the identity of nothing', () => {
    expect(normalizeQuaternion([0, 0, 0, 0])).toEqual([0, 0, 0, 1]);
    expect(normalizeQuaternion([NaN, 0, 0, 1])).toEqual([0, 0, 0, 1]);
  });
});

describe('spreads over SO(3)', () => {
  it('are unit, repeatable and leave no large hole', () => {
    const spread = spreadRotations(500);
    expect(spread).toEqual(spreadRotations(500));
    for (const q of spread) expect(Math.hypot(...q)).toBeCloseTo(1, 10);
    // 500 balls of equal volume that tile SO(3) have a radius of about 15.7°; a good cover stays within twice that.
    const farthest = Math.max(...rotations.map((r) => Math.min(...spread.map((q) => geodesicAngle(q, r)))));
    expect(farthest).toBeLessThan((31 * Math.PI) / 180);
  });

  it('draws uniformly: the mean angle from the identity is π/2 + 2/π', () => {
    const r = createRandom(3);
    const angles = Array.from({ length: 20_000 }, () => geodesicAngle(randomRotation(r), [0, 0, 0, 1]));
    expect(angles.reduce((a, b) => a + b) / angles.length).toBeCloseTo(Math.PI / 2 + 2 / Math.PI, 1);
  });
});

describe('symmetries', () => {
  it('have their groups\' orders', () => {
    const order = (s: ReturnType<typeof cubeSymmetry>) => (s.kind === 'discrete' ? s.rotations.length : 0);
    expect([cubeSymmetry(), tetrahedralSymmetry(), icosahedralSymmetry(), cyclicSymmetry([0, 1, 0], 5), dihedralSymmetry([0, 1, 0], 3, [1, 0, 0])].map(order))
      .toEqual([24, 12, 60, 5, 6]);
    expect(() => generateGroup([quaternionFromAxisAngle([0, 0, 1], 1)])).toThrow(RangeError);
  });

  it('make equivalent rotations equal', () => {
    const [a, axis]: [Quaternion, Vector3] = [rotations[4], [0, 2, 0]];
    const about = (angle: number) => multiplyQuaternions(a, quaternionFromAxisAngle(axis, angle));
    expect(symmetryAwareAngle(a, about(Math.PI / 2), cubeSymmetry())).toBeLessThan(1e-7);
    expect(symmetryAwareAngle(a, about(1), { kind: 'none' })).toBeCloseTo(1, 10);
    const axial = { kind: 'axial', axis, flip: false } as const;
    expect(symmetryAwareAngle(a, about(2.5), axial)).toBeLessThan(1e-7);
    const tilted = multiplyQuaternions(a, quaternionFromAxisAngle([1, 0, 0], 0.4));
    expect(symmetryAwareAngle(a, multiplyQuaternions(tilted, quaternionFromAxisAngle(axis, 2)), axial)).toBeCloseTo(0.4, 8);
    const upside = multiplyQuaternions(a, quaternionFromAxisAngle([0.6, 0, 0.8], Math.PI));
    expect(symmetryAwareAngle(a, upside, axial)).toBeCloseTo(Math.PI, 6);
    expect(symmetryAwareAngle(a, upside, { ...axial, flip: true })).toBeLessThan(1e-7);
  });
});
