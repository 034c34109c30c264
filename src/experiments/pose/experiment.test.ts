import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { geodesicAngle, multiplyQuaternions, quaternionFromAxisAngle } from '../../scene/rotation';
import { decimate } from '../../scene/decimate';
import type { Mesh } from '../../scene/mesh';
import { bird } from '../../scene/models';
import { sixColorCube } from '../../scene/primitives';
import { createPoseExperiment } from './experiment';
import { makePlan } from './plan';
import type { PoseExperiment, PoseExperimentOptions, PoseObject } from './protocol';
import { DEFAULT_POSE_SETTINGS, type PoseSettings } from './settings';
import { patternedBox } from './testing/patternedBox';

const object: PoseObject = { id: 'cube', mesh: sixColorCube(), coarser: [], diameter: Math.sqrt(3), symmetry: { kind: 'none' } };
const settings: PoseSettings = { ...DEFAULT_POSE_SETTINGS, seed: 5, resolution: 64, hypotheses: 24, refined: 2, useEncoder: false };
const open: PoseExperiment[] = [];

async function begin(options: Partial<PoseExperimentOptions> = {}): Promise<PoseExperiment> {
  const experiment = await createPoseExperiment({ object, settings, ...options });
  open.push(experiment);
  return experiment;
}

async function steps(experiment: PoseExperiment, count: number) {
  for (let i = 0; i < count; i++) await experiment.step();
  return experiment.current;
}

beforeAll(async () => {
  await tf.setBackend('cpu');
  await tf.ready();
});
afterEach(() => open.splice(0).forEach((experiment) => experiment.dispose()));

describe('a pose experiment on the cpu reference', () => {
  it('does the same twice, to the bit, and keeps no tensors', async () => {
    const before = tf.memory().numTensors;
    const first = await begin();
    const held = tf.memory().numTensors;
    const a = await steps(first, 8);
    expect(tf.memory().numTensors).toBe(held);
    const b = await steps(await begin(), 8);
    expect(b).toEqual(a);
    open.splice(0).forEach((experiment) => experiment.dispose());
    expect(tf.memory().numTensors).toBe(before);
  });

  it('goes back to any step, and from there the same way again', async () => {
    const experiment = await begin();
    const fifth = await steps(experiment, 5);
    const ninth = await steps(experiment, 4);
    expect(await experiment.rewind(5)).toEqual(fifth);
    expect(await steps(experiment, 4)).toEqual(ninth);
  });

  it('goes on from a checkpoint as if nothing had been', async () => {
    const experiment = await begin();
    await steps(experiment, 6);
    const checkpoint = structuredClone(experiment.checkpoint());
    const restored = await begin({ checkpoint });
    expect(restored.current).toEqual(experiment.current);
    expect(await steps(restored, 3)).toEqual(await steps(experiment, 3));
    await expect(begin({ checkpoint: { ...checkpoint, state: [] } })).rejects.toThrow(/checkpoint/);
  });

  it('refines from an edited pose', async () => {
    const experiment = await begin();
    await steps(experiment, 2);
    const truth = experiment.truth;
    if (!truth) throw new Error('a rendered target has a truth');
    const near = { ...truth, rotation: multiplyQuaternions(quaternionFromAxisAngle([1, 1, 0], 0.2), truth.rotation) };
    const edited = await experiment.edit(near);
    expect(edited.hypotheses).toHaveLength(1);
    expect(edited.hypotheses[0].source).toBe('edited');
    const later = await steps(experiment, 24);
    expect(geodesicAngle(later.estimate.rotation, truth.rotation)).toBeLessThan(0.03);
  });

  it('shows target, rendering and gradient, which agree at the truth', async () => {
    const experiment = await begin();
    await experiment.edit(experiment.truth ?? experiment.current.estimate);
    const images = await experiment.images();
    expect(images.target.data).toHaveLength(64 * 64 * 4);
    expect(Math.max(...images.difference.map(Math.abs))).toBeLessThan(1e-4);
    expect(Math.max(...images.rendering.data.map((v, i) => Math.abs(v - images.target.data[i])))).toBeLessThanOrEqual(1);
  });

  it('takes the encoder\'s guesses first', async () => {
    const truth = (await begin()).truth;
    if (!truth) throw new Error('a rendered target has a truth');
    const encoder = { guess: async () => [{ pose: truth, score: 1 }] };
    const experiment = await begin({ settings: { ...settings, useEncoder: true }, encoder });
    const after = await experiment.step();
    expect(after.hypotheses[0].source).toBe('encoder');
    expect(after.metrics.rotationErrorDeg).toBeLessThan(1e-3);
  });

  it('recovers a cube, and says when the images agree', async () => {
    const experiment = await begin({ settings: { ...settings, hypotheses: 64, refined: 4 } });
    let snapshot = experiment.current;
    while (!snapshot.done) snapshot = await experiment.step();
    expect(snapshot.metrics.rotationErrorDeg).toBeLessThan(1);
    expect(snapshot.metrics.imageMatched).toBe(true);
    expect(await experiment.step()).toBe(snapshot);
  }, 120_000);

  it('gets nearer by the renderer\'s gradient alone at every size', async () => {
    const open128 = { ...settings, resolution: 128, refined: 4 } as const;
    const experiment = await begin({ settings: open128 });
    const truth = experiment.truth!;
    await experiment.edit({ ...truth, rotation: multiplyQuaternions(quaternionFromAxisAngle([1, 2, -1], 0.1), truth.rotation) });
    const stages = makePlan(open128, 3, false).slice(1, 6);
    expect(stages.map(({ kind, level }) => `${kind} ${level}`)).toEqual(['refine 0', 'refine 1', 'newton 1', 'refine 2', 'newton 2']);
    for (const stage of stages) {
      if (stage.kind === 'score') throw new Error('no searching here');
      const first = await experiment.step();
      expect(first.kind).toBe(stage.kind);
      const last = await steps(experiment, stage.iterations - 1);
      if (stage.kind === 'refine') expect(last.metrics.loss, `size ${stage.level}`).toBeLessThan(first.metrics.loss);
    }
  }, 120_000);

  it('recovers a box whose colours are all in its texture', async () => {
    const mesh = patternedBox();
    const box: PoseObject = { id: 'box', mesh, coarser: [], diameter: 2 * Math.SQRT2, symmetry: { kind: 'none' } };
    const experiment = await begin({ object: box, settings: { ...settings, hypotheses: 64, refined: 4 } });
    let snapshot = experiment.current;
    while (!snapshot.done) snapshot = await experiment.step();
    expect(snapshot.metrics.rotationErrorDeg).toBeLessThan(5);
    expect(snapshot.metrics.imageMatched).toBe(true);
  }, 120_000);

  it('says so early where it draws a simplified mesh, and does not take a wrong pose for a right one', async () => {
    const mesh = bird();
    const engineObject: PoseObject = { id: 'bird', mesh, coarser: [simplified(mesh, 250)], diameter: diameterOf(mesh), symmetry: { kind: 'none' } };
    const experiment = await begin({ object: engineObject, settings: { ...DEFAULT_POSE_SETTINGS, seed: 2, resolution: 64, useEncoder: false } });
    let snapshot = experiment.current;
    while (!snapshot.done) {
      snapshot = await experiment.step();
      if (snapshot.metrics.imageMatched && snapshot.phase === 'polish') expect(snapshot.metrics.rotationErrorDeg).toBeLessThan(3);
    }
    expect(snapshot.metrics.imageMatched).toBe(true);
    expect(snapshot.metrics.rotationErrorDeg).toBeLessThan(2);
    // All four rounds of jumps would take some 200.
    expect(snapshot.step).toBeLessThan(60);
  }, 120_000);
});

/** With fewer vertices, each in the mean colour of those it was made of. */
function simplified(mesh: Mesh, vertices: number): Mesh {
  const { mesh: coarse, parents } = decimate(mesh, vertices);
  const [sums, counts] = [new Float32Array(coarse.positions.length), new Float32Array(coarse.positions.length / 3)];
  parents.forEach((parent, v) => {
    counts[parent]++;
    for (let c = 0; c < 3; c++) sums[3 * parent + c] += mesh.colors![3 * v + c];
  });
  return { ...coarse, colors: sums.map((sum, i) => sum / counts[Math.floor(i / 3)]) };
}

function diameterOf({ positions }: Mesh): number {
  let farthest = 0;
  for (let v = 0; v < positions.length; v += 3) farthest = Math.max(farthest, Math.hypot(positions[v], positions[v + 1], positions[v + 2]));
  return 2 * farthest;
}
