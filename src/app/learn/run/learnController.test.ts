import { describe, expect, it, vi } from 'vitest';
import type { LearnCheckpoint } from '../../../experiments/learn/protocol';
import { learnSettingsFor } from '../../../experiments/learn/settings';
import type { CheckpointStore } from '../../run/checkpoints';
import { ScriptedLearner } from '../testing/scriptedLearner';
import { LearnController } from './learnController';
import type { LearnControllerOptions, LearnPlan } from './learnPlan';
import { Superseded } from './queries';

const plan: LearnPlan = { settings: learnSettingsFor('classify'), baseUrl: '/', autoplay: false, key: 'a' };
const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 2 });

/** A controller over engines that are made as they are needed. */
function setUp({ doneAt = 20, ...options }: Partial<LearnControllerOptions> & { doneAt?: number } = {}) {
  const engines: ScriptedLearner[] = [];
  const run = new LearnController({
    connect: async () => {
      const engine = new ScriptedLearner(doneAt);
      engines.push(engine);
      return engine.link;
    },
    checkpointEveryMs: Infinity, ...options,
  });
  const state = () => run.state.get();
  return { run, engines, state };
}

function memoryStore(): CheckpointStore<LearnCheckpoint> & { readonly saved: Map<string, LearnCheckpoint> } {
  const saved = new Map<string, LearnCheckpoint>();
  return { saved, load: async (key) => saved.get(key), save: async (key, checkpoint) => void saved.set(key, checkpoint) };
}

describe('a training', () => {
  it('waits until it is played, and stops by itself at its end', async () => {
    const { run, state } = setUp({ doneAt: 4 });
    await run.open(plan);
    expect(state()).toMatchObject({ status: 'ready', playing: false, shown: 0 });
    run.play();
    await until(() => expect(state()).toMatchObject({ shown: 4, playing: false }));
    expect(state().history.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
  });

  it('trains to the step of a link, then waits', async () => {
    const { run, state } = setUp();
    await run.open({ ...plan, autoplay: true, stopAt: 3 });
    await until(() => expect(state()).toMatchObject({ shown: 3, playing: false }));
    run.play();
    await until(() => expect(state().shown).toBe(20));
  });

  it('takes one step at a time, and steps on record are shown without computing them again', async () => {
    const { run, state, engines } = setUp();
    await run.open(plan);
    run.step();
    await until(() => expect(state().shown).toBe(1));
    run.seek(0);
    run.step();
    await until(() => expect(state().shown).toBe(1));
    expect(engines[0].calls.filter((call) => call === 'advance')).toHaveLength(1);
    expect(engines[0].calls).not.toContain('rewind 1');
  });

  it('goes back when it is asked something there, or plays on from there', async () => {
    const { run, state, engines } = setUp();
    await run.open({ ...plan, autoplay: true, stopAt: 5 });
    await until(() => expect(state()).toMatchObject({ shown: 5, playing: false }));
    run.seek(2);
    run.seek(3);
    await run.ask((api) => api.predict({ name: '', positions: new Float32Array(3) }));
    expect(engines[0].calls.slice(-2)).toEqual(['rewind 3', 'predict at 3']);
    run.step();
    expect(state()).toMatchObject({ shown: 4, history: { length: 6 } });
    run.play();
    await until(() => expect(state().shown).toBe(20));
    expect(engines[0].calls).toContain('rewind 4');
  });

  it('a seek during a step stays on screen', async () => {
    const { run, state, engines } = setUp();
    await run.open({ ...plan, autoplay: true, stopAt: 3 });
    await until(() => expect(state()).toMatchObject({ shown: 3, playing: false }));
    let release = () => undefined as void;
    engines[0].gate = new Promise((resolve) => { release = resolve; });
    run.step();
    await until(() => expect(engines[0].calls.filter((call) => call === 'advance')).toHaveLength(4));
    run.seek(1);
    release();
    await until(() => expect(state().history).toHaveLength(5));
    expect(state().shown).toBe(1);
  });
});

describe('questions', () => {
  it('come before the next step; of those with a name only the last is answered', async () => {
    const { run, engines } = setUp();
    await run.open(plan);
    let release = () => undefined as void;
    engines[0].gate = new Promise((resolve) => { release = resolve; });
    run.play();
    const first = run.ask((api) => api.example('test', 1), 'look');
    const second = run.ask((api) => api.example('test', 2), 'look');
    await expect(first).rejects.toBeInstanceOf(Superseded);
    release();
    expect((await second).name).toBe('test 2');
    expect(engines[0].calls).not.toContain('example 1');
    run.end();
  });

  it('end with the training that they were asked of', async () => {
    const { run, engines } = setUp();
    await run.open(plan);
    engines[0].hangs = true;
    const asked = run.ask((api) => api.inspect({ name: '', positions: new Float32Array(3) }));
    run.end();
    await expect(asked).rejects.toBeInstanceOf(Superseded);
  });

  it('measure a step once', async () => {
    const { run, engines, state } = setUp();
    await run.open(plan);
    await run.evaluate();
    await run.evaluate();
    expect(engines[0].calls.filter((call) => call.startsWith('evaluate'))).toHaveLength(1);
    expect(state().extra.get(0)?.accuracy).toBe(0.5);
  });
});

describe('checkpoints', () => {
  it('are kept when it pauses, and gone on from after a reload', async () => {
    const store = memoryStore();
    const { run, state } = setUp({ store });
    await run.open({ ...plan, autoplay: true, stopAt: 6 });
    await until(() => expect(store.saved.get('a')?.history).toHaveLength(7));
    run.end();
    const again = setUp({ store });
    await again.run.open({ ...plan, resume: true, stopAt: 4, autoplay: true });
    expect(again.engines[0].calls[0]).toBe('open at 6');
    expect(again.state()).toMatchObject({ shown: 4, playing: false, history: { length: 7 } });
    await again.run.open({ ...plan, resume: true, stopAt: 6, autoplay: true });
    expect(again.state(), 'paused where it was paused').toMatchObject({ status: 'ready', shown: 6, playing: false });
    expect(state().status).toBe('idle');
  });

  it('are played on after a reload where they had begun, and nowhere else', async () => {
    const store = memoryStore();
    const fresh = setUp({ store });
    await fresh.run.open({ ...plan, resume: true, autoplay: 'resumed' });
    expect(fresh.state()).toMatchObject({ playing: false, shown: 0 });
    await fresh.run.open({ ...plan, autoplay: true, stopAt: 3 });
    await until(() => expect(store.saved.get('a')?.history).toHaveLength(4));
    const again = setUp({ store });
    await again.run.open({ ...plan, resume: true, autoplay: 'resumed' });
    await until(() => expect(again.state().shown).toBe(20));
  });

  it('of an earlier version do not keep it from training', async () => {
    const store = memoryStore();
    const { run, engines, state } = setUp({ store });
    store.saved.set('a', { version: 1, settings: plan.settings, history: [], weights: new Map(), optimizer: new Map() });
    await run.open({ ...plan, resume: true });
    expect(engines.map(({ calls }) => calls)).toEqual([[], ['open']]);
    expect(state()).toMatchObject({ status: 'ready', shown: 0 });
  });

  it('bring a training back whose engine died, and the question it died over is answered', async () => {
    const { run, engines, state } = setUp({ checkpointEveryMs: 0 });
    await run.open({ ...plan, autoplay: true, stopAt: 5 });
    await until(() => expect(state()).toMatchObject({ shown: 5, playing: false }));
    engines[0].hangs = true;
    const asked = run.ask((api) => api.inspect({ name: '', positions: new Float32Array(3) }));
    await until(() => expect(engines[0].calls).toContain('inspect at 5'));
    engines[0].die();
    expect((await asked).layers).toEqual([]);
    expect(engines[0].terminated).toBe(true);
    expect(engines[1].calls[0]).toBe('open at 5');
    expect(state()).toMatchObject({ status: 'ready', recoveries: 1, shown: 5 });
  });

  it('do not help against what cannot be cured', async () => {
    const { run, engines, state } = setUp();
    await run.open(plan);
    engines[0].trouble = { code: 'out-of-memory', message: 'too large' };
    run.play();
    await until(() => expect(state()).toMatchObject({ status: 'failed', playing: false, trouble: { message: 'too large' } }));
    run.retry();
    await until(() => expect(state()).toMatchObject({ status: 'ready' }));
  });
});

it('two trainings side by side keep step with each other', async () => {
  const shown = { first: 0, second: 0 };
  const first: ReturnType<typeof setUp> = setUp({ doneAt: 8, leash: () => shown.second });
  const second: ReturnType<typeof setUp> = setUp({ doneAt: 8, leash: () => shown.first });
  const apart: number[] = [];
  for (const [name, one, other] of [['first', first, second], ['second', second, first]] as const) {
    one.run.state.subscribe(() => {
      shown[name] = one.state().shown;
      apart.push(Math.abs(shown.first - shown.second));
      other.run.kick();
    });
  }
  await Promise.all([first.run.open({ ...plan, autoplay: true }), second.run.open({ ...plan, autoplay: true })]);
  await until(() => expect([first.state().shown, second.state().shown]).toEqual([8, 8]));
  expect(Math.max(...apart)).toBe(1);
});
