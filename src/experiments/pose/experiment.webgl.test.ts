import { expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { sixColorCube } from '../../scene/primitives';
import { createPoseExperiment } from './experiment';
import { DEFAULT_POSE_SETTINGS } from './settings';

const object = { id: 'cube', mesh: sixColorCube(), coarser: [], diameter: Math.sqrt(3), symmetry: { kind: 'none' } } as const;
const settings = { ...DEFAULT_POSE_SETTINGS, seed: 4, resolution: 64, hypotheses: 64, refined: 4, useEncoder: false } as const;

it('recovers the rotation of a cube on the GPU, and holds no tensors afterwards', async () => {
  await tf.setBackend('webgl');
  await tf.ready();
  const before = tf.memory().numTensors;
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

/** All there is to see of a run: its steps to the end, and the images of the last. @param onStep after each step. */
async function runToEnd(onStep: () => void = () => undefined) {
  const experiment = await createPoseExperiment({ object, settings: { ...settings, hypotheses: 32, refined: 2 } });
  const steps = [experiment.current];
  while (!experiment.current.done && steps.length < 40) {
    steps.push(await experiment.step());
    onStep();
  }
  const images = await experiment.images();
  experiment.dispose();
  return { steps, images };
}

it('is the same to the bit for the same seed, seed 4', async () => {
  await tf.setBackend('webgl');
  const [first, second] = [await runToEnd(), await runToEnd()];
  expect(first.steps.length).toBeGreaterThan(10);
  expect(second).toEqual(first);
});

it('holds no more after a step than after the step before', async () => {
  await tf.setBackend('webgl');
  const backend = tf.backend() as tf.MathBackendWebGL;
  const held: { tensors: number[]; bytes: number }[] = [];
  await runToEnd(() => {
    const memory = tf.memory() as ReturnType<typeof tf.memory> & { numBytesInGPU: number };
    held.push({ tensors: [memory.numTensors, backend.numDataIds()], bytes: memory.numBytesInGPU });
  });
  expect(held.length).toBeGreaterThan(10);
  expect(held.map(({ tensors }) => tensors)).toEqual(held.map(() => held[0].tensors));
  // Tensors made on the processor reach the graphics card when they are first needed there, and stay: two such rises, not one a step.
  expect(new Set(held.map(({ bytes }) => bytes)).size).toBeLessThanOrEqual(3);
});
