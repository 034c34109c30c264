import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_ENCODER_SETTINGS } from '../../experiments/pose/encoder/settings';
import type { PoseObject } from '../../experiments/pose/protocol';
import type { Answer, EngineTrouble } from '../../workers/poseApi';
import type { EncoderArtifacts, TrainerApi } from '../../workers/trainerApi';
import { TrainController, type TrainerLink } from './trainController';

const object: PoseObject = {
  id: 'dot', mesh: { name: 'dot', positions: new Float32Array(3), faces: new Uint32Array(3) }, coarser: [], diameter: 1, symmetry: { kind: 'none' },
};
const plan = { object, settings: DEFAULT_ENCODER_SETTINGS, seed: 1 };
const ok = <T>(value: T): Answer<T> => ({ ok: true, value });

/** A trainer that speaks the protocol and learns nothing; its checkpoints tell its step. */
function scriptedTrainer() {
  const trainer = { step: 0, ended: false, trouble: undefined as EngineTrouble | undefined, refuses: false, die: (_: EngineTrouble) => undefined as void };
  const api: TrainerApi = {
    async open({ checkpoint }) {
      if (checkpoint && trainer.refuses) return { ok: false, trouble: { code: 'engine', message: 'other settings' } };
      trainer.step = checkpoint ? Number(checkpoint.format) : 0;
      return ok({ step: trainer.step, loss: undefined });
    },
    async advance(batches) {
      if (trainer.trouble) return { ok: false, trouble: trainer.trouble };
      trainer.step += batches;
      await new Promise((resolve) => setImmediate(resolve));
      return ok({ step: trainer.step, loss: 1 / trainer.step });
    },
    evaluate: async () => ok({ step: trainer.step, medianDeg: 90, shareUnder30: 0, shareAnyUnder30: 0, pictures: [] }),
    artifacts: async () => ok({ format: 'now' }),
    checkpoint: async () => ok({ format: String(trainer.step) }),
  };
  const link: TrainerLink = { api, onDeath: (callback) => { trainer.die = callback; }, terminate: () => { trainer.ended = true; } };
  return { trainer, link };
}

function setUp(kept = new Map<string, EncoderArtifacts>()) {
  const { trainer, link } = scriptedTrainer();
  const controller = new TrainController({
    connect: () => link, checkpointEveryMs: 0, evaluateEveryMs: 0, batches: 2,
    store: {
      load: async (key) => kept.get(key), save: async (key, checkpoint) => void kept.set(key, checkpoint), remove: async (key) => void kept.delete(key),
    },
  });
  const state = controller.state.get;
  const until = (condition: () => boolean) => vi.waitFor(() => { if (!condition()) throw new Error(JSON.stringify(state())); }, { interval: 1, timeout: 20_000 });
  return { controller, trainer, state, until, kept };
}

describe('TrainController', () => {
  it('trains, notes losses and held-back errors, pauses and goes on', async () => {
    const { controller, state, until } = setUp();
    void controller.start(plan);
    await until(() => state().losses.length >= 3 && state().evaluations.length >= 2);
    controller.pause();
    const paused = state().step;
    expect(state().status).toBe('paused');
    void controller.start(plan);
    await until(() => state().step > paused + 4);
    controller.pause();
    expect(state().losses[0]).toEqual([2, 0.5]);
  });

  it('goes on from the checkpoint of an earlier visit', async () => {
    const first = setUp();
    void first.controller.start(plan);
    await first.until(() => first.kept.size === 1 && first.state().step >= 6);
    first.controller.end();
    const second = setUp(first.kept);
    void second.controller.start(plan);
    await second.until(() => second.state().status === 'training');
    expect(second.state().step).toBeGreaterThanOrEqual(4);
    second.controller.end();
  });

  it('begins anew where a checkpoint does not fit', async () => {
    const { controller, trainer, state, until } = setUp(new Map([['dot/1', { format: '99' }]]));
    trainer.refuses = true;
    void controller.start(plan);
    await until(() => state().losses.length > 0);
    expect(state().losses[0][0]).toBe(2);
    controller.end();
  });

  it('forgets all on a reset', async () => {
    const { controller, trainer, state, until, kept } = setUp();
    void controller.start(plan);
    await until(() => kept.size === 1);
    await controller.reset();
    expect(trainer.ended).toBe(true);
    expect(kept.size).toBe(0);
    expect(state()).toMatchObject({ status: 'idle', step: 0, losses: [] });
  });

  it('says what went wrong, and can be started again', async () => {
    const { controller, trainer, state, until } = setUp();
    trainer.trouble = { code: 'context-lost', message: 'lost' };
    void controller.start(plan);
    await until(() => state().status === 'failed');
    expect(state().trouble?.message).toBe('lost');
    trainer.trouble = undefined;
    void controller.start(plan);
    await until(() => state().step > 2);
    trainer.die({ code: 'died', message: 'killed' });
    expect(state()).toMatchObject({ status: 'failed', trouble: { message: 'killed' } });
  });
});
