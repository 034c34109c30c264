import { describe, expect, it } from 'vitest';
import { createEncoderTrainer } from '../experiments/pose/encoder/trainer';
import { cubeObject, TINY_SETTINGS } from '../experiments/pose/encoder/testing/tiny';
import { DEFAULT_POSE_SETTINGS } from '../experiments/pose/settings';
import * as tf from '../graphics/tf';
import { IDENTITY_POSE } from '../scene/pose';
import { createPoseService } from './poseService';
import { createTrainerService } from './trainerService';

const quietly = () => undefined;

describe('the training behind the page', () => {
  it('lets the training before go when another begins', async () => {
    const service = createTrainerService('cpu');
    const request = { object: cubeObject(), settings: TINY_SETTINGS, seed: 1 };
    expect((await service.open(request, quietly)).ok).toBe(true);
    const { numTensors } = tf.memory();
    expect((await service.open({ ...request, seed: 2 }, quietly)).ok).toBe(true);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe('the engine behind the page', () => {
  it('keeps nothing of a run that could not begin, its encoder least of all', async () => {
    await tf.setBackend('cpu');
    const trainer = await createEncoderTrainer({ object: cubeObject(), settings: TINY_SETTINGS, seed: 1, heldBack: 1 });
    const encoder = await trainer.artifacts();
    trainer.dispose();
    const { numTensors } = tf.memory();
    const service = createPoseService();
    const answer = await service.open({
      object: cubeObject(), settings: { ...DEFAULT_POSE_SETTINGS, resolution: 64, hypotheses: 8 }, target: { kind: 'rendered', pose: IDENTITY_POSE }, baseUrl: '/',
      backend: 'cpu', encoder, checkpoint: { version: 1, history: [], state: 'nonsense' },
    }, quietly);
    expect(answer).toMatchObject({ ok: false, trouble: { code: 'engine', message: expect.stringContaining('checkpoint') as string } });
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
