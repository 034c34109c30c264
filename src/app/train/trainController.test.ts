import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_ENCODER_SETTINGS } from '../../experiments/pose/encoder/settings';
import type { PoseObject } from '../../experiments/pose/protocol';
import type { Answer, EngineTrouble } from '../../workers/poseApi';
import type { EncoderArtifacts, TrainerApi } from '../../workers/trainerApi';
import type { EngineLink } from '../run/engineLink';
import { TrainController } from './trainController';

const object: PoseObject = {
  id: 'dot', mesh: { name: 'dot', positions: new Float32Array(3), faces: new Uint32Array(3) }, coarser: [], diameter: 1, symmetry: { kind: 'none' },
};
const plan = { object, settings: DEFAULT_ENCODER_SETTINGS, seed: 1 };
const ok = <T>(value: T): Answer<T> => ({ ok: true, value });

type Trainer = ReturnType<typeof scriptedTrainer>['trainer'];

/** A trainer that speaks the protocol and learns nothing; its checkpoints tell its step. */
function scriptedTrainer() {
  const trainer = {
    opened: 0, step: 0, ended: false, trouble: undefined as EngineTrouble | undefined, everAgain: false, refuses: false, silent: false, die: (_: EngineTrouble) => undefined as void,
  };
  const checkpointOf = (steps: number): EncoderArtifacts => ({ userDefinedMetadata: { steps, settings: DEFAULT_ENCODER_SETTINGS } });
  const api: TrainerApi = {
    async open({ checkpoint }) {
      if (checkpoint && trainer.refuses) return { ok: false, trouble: { code: 'engine', message: 'other settings' } };
      trainer.opened++;
      trainer.step = checkpoint ? (checkpoint.userDefinedMetadata as { steps: number }).steps : 0;
      return ok({ step: trainer.step, loss: undefined });
    },
    async advance(batches) {
      if (trainer.silent) return new Promise(() => undefined);
      const { trouble } = trainer;
      if (!trainer.everAgain) trainer.trouble = undefined;
      if (trouble) return { ok: false, trouble };
      trainer.step += batches;
      await new Promise((resolve) => setImmediate(resolve));
      return ok({ step: trainer.step, loss: 1 / trainer.step });
    },
    evaluate: async () => ok({ step: trainer.step, medianDeg: 90, shareUnder30: 0, shareAnyUnder30: 0, pictures: [] }),
    artifacts: async () => ok({ format: 'now' }),
    checkpoint: async () => ok(checkpointOf(trainer.step)),
    close: async () => undefined,
  };
  const link: EngineLink<TrainerApi> = { api, place: 'worker', onDeath: (callback) => { trainer.die = callback; }, terminate: () => { trainer.ended = true; } };
  return { trainer, link, checkpointOf };
}

function setUp(kept = new Map<string, EncoderArtifacts>()) {
  const { trainer, link, checkpointOf } = scriptedTrainer();
  const controller = new TrainController({
    connect: async () => link, checkpointEveryMs: 0, evaluateEveryMs: 0, batches: 2,
    store: {
      load: async (key) => kept.get(key), save: async (key, checkpoint) => void kept.set(key, checkpoint), remove: async (key) => void kept.delete(key),
    },
  });
  const state = controller.state.get;
  const until = (condition: () => boolean) => vi.waitFor(() => { if (!condition()) throw new Error(JSON.stringify(state())); }, { interval: 1, timeout: 20_000 });
  return { controller, trainer, state, until, kept, checkpointOf };
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

  it('goes on from the checkpoint of an earlier visit, and says so before', async () => {
    const first = setUp();
    void first.controller.start(plan);
    await first.until(() => first.kept.size === 1 && first.state().step >= 6);
    first.controller.end();
    const second = setUp(first.kept);
    await second.controller.lookFor(plan);
    const { keptStep } = second.state();
    expect(keptStep).toBeGreaterThanOrEqual(4);
    void second.controller.start(plan);
    await second.until(() => second.state().status === 'training');
    expect(second.state().step).toBeGreaterThanOrEqual(keptStep ?? Infinity);
    second.controller.end();
  });

  it('offers nothing of other settings', async () => {
    const { controller, state, checkpointOf } = setUp();
    await controller.lookFor(plan);
    expect(state().keptStep).toBeUndefined();
    const other = setUp(new Map([['dot/1', checkpointOf(8)]]));
    await other.controller.lookFor({ ...plan, settings: { ...DEFAULT_ENCODER_SETTINGS, batch: 3 } });
    expect(other.state().keptStep).toBeUndefined();
  });

  it('begins anew where a checkpoint does not fit', async () => {
    const { checkpointOf } = scriptedTrainer();
    const { controller, trainer, state, until } = setUp(new Map([['dot/1', checkpointOf(99)]]));
    trainer.refuses = true;
    void controller.start(plan);
    await until(() => state().losses.length > 0);
    expect(state().losses[0][0]).toBe(2);
    controller.end();
  });

  it('forgets all on a reset, and can begin again though a call was never answered', async () => {
    const { controller, trainer, state, until, kept } = setUp();
    void controller.start(plan);
    await until(() => kept.size === 1);
    trainer.silent = true;
    await controller.reset(plan);
    expect(trainer.ended).toBe(true);
    expect(kept.size).toBe(0);
    expect(state()).toMatchObject({ status: 'idle', step: 0, losses: [] });
    trainer.silent = false;
    void controller.start(plan);
    await until(() => state().step > 2);
    controller.end();
  });
});

describe('a trainer in trouble', () => {
  const CURABLE: readonly [string, (trainer: Trainer) => void][] = [
    ['whose graphics context is lost', (trainer) => { trainer.trouble = { code: 'context-lost', message: 'lost' }; }],
    ['that dies', (trainer) => {
      trainer.silent = true;
      trainer.die({ code: 'died', message: 'killed' });
    }],
  ];
  it.each(CURABLE)('%s is replaced, and goes on from the last checkpoint', async (_, harm) => {
    const { controller, trainer, state, until } = setUp();
    void controller.start(plan);
    await until(() => state().step >= 6);
    harm(trainer);
    trainer.silent = false;
    await until(() => state().recoveries === 1 && state().status === 'training');
    const resumed = state().step;
    expect(resumed).toBeGreaterThanOrEqual(4);
    expect(state().trouble).toBeUndefined();
    await until(() => state().step > resumed);
    const steps = state().losses.map(([step]) => step);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    controller.end();
  });

  it('stays paused where it was', async () => {
    const { controller, trainer, state, until } = setUp();
    void controller.start(plan);
    await until(() => state().step >= 4);
    controller.pause();
    const { opened } = trainer;
    trainer.die({ code: 'died', message: 'killed' });
    expect(state().status).toBe('recovering');
    await until(() => state().status === 'paused' && trainer.opened > opened);
    expect(await controller.artifacts()).toEqual({ format: 'now' });
    controller.end();
  });

  it('is given up after three losses without a batch between them, and can be started again', async () => {
    const { controller, trainer, state, until } = setUp();
    Object.assign(trainer, { trouble: { code: 'context-lost', message: 'lost' }, everAgain: true });
    void controller.start(plan);
    await until(() => state().status === 'failed');
    expect(trainer.opened).toBe(4);
    expect(state().trouble?.message).toBe('lost');
    trainer.trouble = undefined;
    void controller.start(plan);
    await until(() => state().step > 2);
    controller.end();
  });

  it('that no fresh one can mend ends it at once', async () => {
    const { controller, trainer, state, until } = setUp();
    trainer.trouble = { code: 'out-of-memory', message: 'full' };
    void controller.start(plan);
    await until(() => state().status === 'failed');
    expect(trainer.opened).toBe(1);
    expect(state().trouble?.message).toBe('full');
  });
});
