import { describe, expect, it } from 'vitest';
import { multiplyQuaternions, quaternionFromAxisAngle } from '../../scene/rotation';
import { cubeSymmetry, NO_SYMMETRY } from '../../scene/symmetry';
import { sixColorCube } from '../../scene/primitives';
import type { Pose } from '../../scene/pose';
import { classifyFailure, measurePoseErrors } from './metrics';

const mesh = sixColorCube();
const diameter = Math.sqrt(3);
const truth: Pose = { rotation: quaternionFromAxisAngle([1, 2, 3], 0.7), translation: [0.1, -0.2, -4] };
const turned = (angle: number): Pose => ({ ...truth, rotation: multiplyQuaternions(truth.rotation, quaternionFromAxisAngle([0, 1, 0], angle)) });

describe('measurePoseErrors', () => {
  it('is zero at the truth', () => {
    const errors = measurePoseErrors(truth, truth, { mesh, diameter, symmetry: NO_SYMMETRY });
    expect(Object.values(errors).every((e) => Math.abs(e) < 1e-6)).toBe(true);
  });
  it('measures translation in diameters, the same for ADD', () => {
    const moved = { ...truth, translation: [0.1, -0.2, -4 + 0.1 * diameter] as const };
    const errors = measurePoseErrors(moved, truth, { mesh, diameter, symmetry: NO_SYMMETRY });
    expect(errors.translationErrorDiameters).toBeCloseTo(0.1, 6);
    expect(errors.addDiameters).toBeCloseTo(0.1, 6);
  });
  it('counts a quarter turn of a cube in full, unless the cube is known to be symmetric', () => {
    const quarter = turned(Math.PI / 2);
    const plain = measurePoseErrors(quarter, truth, { mesh, diameter, symmetry: NO_SYMMETRY });
    expect(plain.rotationErrorDeg).toBeCloseTo(90, 5);
    expect(plain.addDiameters).toBeGreaterThan(0.3);
    expect(plain.addSDiameters).toBeCloseTo(0, 6);
    const symmetric = measurePoseErrors(quarter, truth, { mesh, diameter, symmetry: cubeSymmetry() });
    expect(symmetric.rotationErrorDeg).toBeCloseTo(0, 5);
    expect(symmetric.addDiameters).toBeCloseTo(0, 6);
  });
  it('takes no notice of a spin about an axis of symmetry, but of a swing', () => {
    const symmetry = { kind: 'axial', axis: [0, 1, 0], flip: false } as const;
    expect(measurePoseErrors(turned(1.1), truth, { mesh, diameter, symmetry }).rotationErrorDeg).toBeCloseTo(0, 5);
    const swung = { ...truth, rotation: multiplyQuaternions(truth.rotation, quaternionFromAxisAngle([1, 0, 0], 0.1)) };
    expect(measurePoseErrors(swung, truth, { mesh, diameter, symmetry }).rotationErrorDeg).toBeCloseTo((0.1 * 180) / Math.PI, 5);
  });
});

describe('classifyFailure', () => {
  const at = (rotationErrorDeg: number, translationErrorDiameters = 0) => ({ rotationErrorDeg, translationErrorDiameters });
  it('tells success, symmetric views, wrong basins and unfinished descents apart', () => {
    expect(classifyFailure(at(4), false)).toBeUndefined();
    expect(classifyFailure(at(90), true)).toBe('symmetric view');
    expect(classifyFailure(at(90), false)).toBe('wrong basin');
    expect(classifyFailure(at(9), false)).toBe('not converged');
    expect(classifyFailure(at(1, 0.1), false)).toBe('not converged');
  });
});
