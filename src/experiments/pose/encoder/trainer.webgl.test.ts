import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../graphics/tf';
import { cubeObject, TINY_SETTINGS } from './testing/tiny';
import { createEncoderTrainer } from './trainer';

beforeAll(async () => {
  await tf.setBackend('webgl');
  await tf.ready();
});

const create = (checkpoint?: tf.io.ModelArtifacts) =>
  createEncoderTrainer({ object: cubeObject(), settings: TINY_SETTINGS, seed: 3, heldBack: 4, checkpoint });

const bytesOnGpu = () => (tf.memory() as unknown as { numBytesInGPU: number }).numBytesInGPU;

describe('training an encoder on WebGL', () => {
  it('works in flat memory', async () => {
    const trainer = await create();
    // Trusting the drawn hypotheses begins within these steps.
    while (trainer.step < 12) await trainer.advance();
    const backend = tf.backend() as tf.MathBackendWebGL;
    const before = [tf.memory().numTensors, backend.numDataIds(), bytesOnGpu()];
    while (trainer.step < 24) await trainer.advance();
    expect([tf.memory().numTensors, backend.numDataIds(), bytesOnGpu()]).toEqual(before);
    expect(trainer.loss).toBeGreaterThan(0);
    trainer.dispose();
  });

  it('goes on from a checkpoint to the bit, as the browser gives it back', async () => {
    const trainer = await create();
    for (let i = 0; i < 3; i++) await trainer.advance();
    // A structured clone is what IndexedDB keeps.
    const resumed = await create(structuredClone(await trainer.checkpoint()));
    expect(resumed.step).toBe(3);
    for (const each of [trainer, resumed]) for (let i = 0; i < 2; i++) await each.advance();
    const [a, b] = [await trainer.checkpoint(), await resumed.checkpoint()];
    expect(new Uint8Array(b.weightData as ArrayBuffer)).toEqual(new Uint8Array(a.weightData as ArrayBuffer));
    trainer.dispose();
    resumed.dispose();
  });
});
