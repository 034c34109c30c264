import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { multiplyQuaternions, quaternionFromAxisAngle } from '../../scene/rotation';
import { boxMesh } from '../../scene/primitives';
import { createPoseExperiment } from './experiment';
import { splitPatches } from './patches';
import { DEFAULT_POSE_SETTINGS } from './settings';

const plainBox = () => {
  const { name, positions, faces } = boxMesh([1, 0.7, 0.5]);
  return { name, positions, faces };
};

describe('splitPatches', () => {
  it('finds the six sides of a box, with vertices of their own', () => {
    const patched = splitPatches(plainBox());
    expect(patched.count).toBe(6);
    expect(patched.mesh.positions).toHaveLength(3 * 24);
    patched.mesh.faces.forEach((vertex, corner) => {
      expect(patched.patchOfVertex[vertex]).toBe(patched.patchOfFace[Math.floor(corner / 3)]);
    });
  });
});

describe('a picture of an object whose colours are unknown', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
    await tf.ready();
  });
  it('leads from a rough start to the pose', async () => {
    const mesh = plainBox();
    const object = { id: 'box', mesh, coarser: [], diameter: Math.hypot(1, 0.7, 0.5), symmetry: { kind: 'none' } } as const;
    const colored = boxMesh([1, 0.7, 0.5]);
    // One grey a side, by the direction of its normal.
    const normals = colored.normals ?? new Float32Array();
    const colors = Float32Array.from(normals, (_, i) => 0.45 + 0.3 * normals[i - (i % 3)] + 0.15 * normals[i - (i % 3) + 1]);
    const settings = { ...DEFAULT_POSE_SETTINGS, seed: 2, resolution: 64, useEncoder: false, hypotheses: 24, refined: 3, learningRate: 0.03, unknowns: 'rotation+translation' } as const;
    const maker = await createPoseExperiment({ object: { ...object, mesh: { ...colored, colors } }, settings });
    const { target: image } = await maker.images();
    const { camera, truth: pose } = maker;
    maker.dispose();
    if (!pose) throw new Error('a rendered target has a truth');
    const off = { ...pose, rotation: multiplyQuaternions(quaternionFromAxisAngle([1, 2, 0], 0.15), pose.rotation) };
    const experiment = await createPoseExperiment({
      object, settings, target: { kind: 'image', image, camera, pose }, start: { pose: off, turn: 0.2, shift: 0.05 },
    });
    let snapshot = experiment.current;
    while (!snapshot.done) snapshot = await experiment.step();
    experiment.dispose();
    expect(snapshot.metrics.rotationErrorDeg).toBeLessThan(2);
    expect(snapshot.metrics.translationErrorDiameters).toBeLessThan(0.03);
  }, 120_000);
});
