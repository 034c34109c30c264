import { expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { sixColorCube } from '../../scene/primitives';
import { createPoseExperiment } from './experiment';
import { DEFAULT_POSE_SETTINGS } from './settings';

it('recovers the rotation of a cube on the GPU, and holds no tensors afterwards', async () => {
  await tf.setBackend('webgl');
  await tf.ready();
  const before = tf.memory().numTensors;
  const object = { id: 'cube', mesh: sixColorCube(), coarser: [], diameter: Math.sqrt(3), symmetry: { kind: 'none' } } as const;
  const settings = { ...DEFAULT_POSE_SETTINGS, seed: 4, resolution: 64, hypotheses: 64, refined: 4, useEncoder: false } as const;
  const experiment = await createPoseExperiment({ object, settings });
  let snapshot = experiment.current;
  while (!snapshot.done) snapshot = await experiment.step();
  expect(snapshot.metrics.rotationErrorDeg).toBeLessThan(1);
  expect(snapshot.metrics.imageMatched).toBe(true);
  const images = await experiment.images();
  expect(Math.max(...images.difference.map(Math.abs))).toBeLessThan(0.2);
  experiment.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
