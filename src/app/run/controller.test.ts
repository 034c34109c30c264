import { describe, expect, it, vi } from 'vitest';
import type { PoseCheckpoint, PoseObject } from '../../experiments/pose/protocol';
import { DEFAULT_POSE_SETTINGS } from '../../experiments/pose/settings';
import { IDENTITY_POSE, type Pose } from '../../scene/pose';
import { RunController } from './controller';
import type { RunPlan } from './runPlan';
import { ScriptedEngine } from './testing/scriptedEngine';

const object: PoseObject = {
  id: 'dot', mesh: { name: 'dot', positions: new Float32Array(3), faces: new Uint32Array(3) }, coarser: [], diameter: 1, symmetry: { kind: 'none' },
};
const plan: RunPlan = {
  object, settings: DEFAULT_POSE_SETTINGS, target: { kind: 'rendered', pose: IDENTITY_POSE }, baseUrl: '/', backend: 'cpu', edits: [], autoplay: false, resume: false, key: 'k',
};
const turned: Pose = { rotation: [1, 0, 0, 0], translation: [0, 0, -1] };

function setUp(engines = [new ScriptedEngine()], store?: Map<string, PoseCheckpoint>) {
  let next = 0;
  const controller = new RunController({
    connect: async () => engines[Math.min(next++, engines.length - 1)].link,
    imagesEveryMs: 0, checkpointEveryMs: 0, patienceMs: 50,
    store: store && { load: async (key) => store.get(key), save: async (key, checkpoint) => void store.set(key, checkpoint) },
  });
  const state = controller.state.get;
  const until = (condition: () => boolean) => vi.waitFor(() => { if (!condition()) throw new Error(JSON.stringify(state())); }, { interval: 1, timeout: 20_000 });
  return { controller, state, until, engines };
}
const losses = (state: ReturnType<RunController['state']['get']>) => state.history.map(({ metrics }) => metrics.loss);

describe('RunController', () => {
  it('opens, waits, and steps when asked', async () => {
    const { controller, state, until } = setUp();
    await controller.open(plan);
    expect(state()).toMatchObject({ status: 'ready', shown: 0, playing: false });
    controller.step();
    await until(() => state().shown === 1 && state().images?.step === 1);
    expect(losses(state())).toEqual([0, 1]);
  });

  it('keeps the record of a target that comes again the same, so that nothing draws it again', async () => {
    const { controller, state, until } = setUp();
    await controller.open(plan);
    await until(() => state().images?.step === 0);
    const target = state().images?.target;
    controller.step();
    await until(() => state().images?.step === 1);
    expect(target).toBeDefined();
    expect(state().images?.target).toBe(target);
  });

  it('plays to the end, then Play begins again', async () => {
    const { controller, state, until } = setUp([new ScriptedEngine(5)]);
    await controller.open({ ...plan, autoplay: true });
    await until(() => !state().playing);
    expect(state().shown).toBe(5);
    controller.play();
    expect(state()).toMatchObject({ playing: true, shown: 0 });
    await until(() => !state().playing);
    expect(losses(state())).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('steps back and forth on record, and forgets what lies ahead once it goes on otherwise', async () => {
    const { controller, state, until } = setUp();
    await controller.open(plan);
    for (const wanted of [1, 2, 3]) {
      controller.step();
      await until(() => state().shown === wanted);
    }
    controller.stepBack();
    controller.stepBack();
    await until(() => state().images?.step === 1);
    expect(state().history).toHaveLength(4);
    controller.step();
    await until(() => state().images?.step === 2);
    expect(state().history).toHaveLength(4);
    expect(controller.paused).toBe(true);
    controller.stepBack();
    controller.edit(turned);
    await until(() => state().history.length === 3);
    expect(state().shown).toBe(2);
  });

  it('stops at the step on screen when paused while the next is under way', async () => {
    const { controller, state, until, engines } = setUp();
    let answer = () => undefined as void;
    engines[0].gate = new Promise((resolve) => { answer = resolve; });
    await controller.open(plan);
    controller.play();
    await until(() => engines[0].calls.at(-1) === 'step');
    controller.pause();
    answer();
    await until(() => state().history.length === 2 && engines[0].calls.at(-1) === 'images');
    expect(engines[0].calls.slice(-2)).toEqual(['rewind 0', 'images']);
    expect(state()).toMatchObject({ shown: 0, playing: false });
    controller.step();
    await until(() => state().images?.step === 1);
    expect(state().shown).toBe(1);
  });

  it('asks the engine for the last place of a dragged slider only', async () => {
    const { controller, state, until, engines } = setUp([new ScriptedEngine(6)]);
    await controller.open({ ...plan, autoplay: true });
    await until(() => state().shown === 6 && state().images?.step === 6);
    for (const step of [5, 4, 3, 2]) controller.seek(step);
    await until(() => state().images?.step === 2);
    expect(state().shown).toBe(2);
    expect(engines[0].calls.filter((call) => call.startsWith('rewind')).length).toBeLessThanOrEqual(2);
  });

  it('shows the step sought, whatever step was under way', async () => {
    const { controller, state, until } = setUp();
    await controller.open(plan);
    for (const wanted of [1, 2, 3]) {
      controller.step();
      await until(() => state().shown === wanted);
    }
    controller.step();
    controller.seek(1);
    const shown = new Set<number>();
    controller.state.subscribe(() => shown.add(state().shown));
    await until(() => state().images?.step === 1);
    expect(shown).toEqual(new Set([1]));
    expect(state().history).toHaveLength(5);
  });

  it('keeps a seek inside what is known', async () => {
    const { controller, state } = setUp();
    await controller.open(plan);
    controller.seek(99);
    expect(state().shown).toBe(0);
    controller.seek(-5);
    expect(state().shown).toBe(0);
  });

  it('notes an edit and forgets it when an earlier step is taken again', async () => {
    const { controller, state, until } = setUp();
    await controller.open(plan);
    controller.step();
    await until(() => state().shown === 1);
    controller.edit(turned);
    await until(() => state().shown === 2);
    expect(state().edits).toEqual([{ step: 2, pose: turned }]);
    expect(state().history[2].estimate).toEqual(turned);
    controller.reset();
    await until(() => state().shown === 0);
    expect(state().edits).toHaveLength(1);
    controller.step();
    await until(() => state().shown === 1);
    expect(state().edits).toHaveLength(1);
    controller.reset();
    await until(() => state().shown === 0);
    controller.play();
    await until(() => !state().playing);
    expect(state().edits).toEqual([]);
  });

  it('makes the edits of a link at their steps and stops where it says', async () => {
    const { controller, state, until } = setUp();
    await controller.open({ ...plan, autoplay: true, edits: [{ step: 3, pose: turned }], stopAt: 4 });
    await until(() => !state().playing);
    expect(losses(state())).toEqual([0, 1, 2, 1000, 1001]);
    expect(state().edits).toEqual([{ step: 3, pose: turned }]);
    controller.play();
    await until(() => state().shown === 20);
  });

  it('replaces an engine that loses its context, and goes on from the checkpoint', async () => {
    const [first, second] = [new ScriptedEngine(), new ScriptedEngine()];
    const { controller, state, until } = setUp([first, second]);
    await controller.open(plan);
    controller.step();
    await until(() => state().shown === 1);
    controller.step();
    await until(() => state().shown === 2);
    first.trouble = { code: 'context-lost', message: 'lost' };
    controller.play();
    await until(() => state().shown === 20);
    expect(first.terminated).toBe(true);
    expect(second.calls[0]).toBe('open at 2');
    expect(state()).toMatchObject({ status: 'ready', recoveries: 1, trouble: undefined });
    expect(losses(state())[20]).toBe(20);
  });

  it('replaces an engine that is killed in the middle of a call', async () => {
    const [first, second] = [new ScriptedEngine(), new ScriptedEngine(6)];
    const { controller, state, until } = setUp([first, second]);
    await controller.open(plan);
    first.hangs = true;
    controller.play();
    await until(() => first.calls.includes('step'));
    first.die();
    await until(() => state().shown === 6);
    expect(state().recoveries).toBe(1);
  });

  it.each(['in flight', 'after it'])('makes an edit that was wished for while the engine died (%s) on the next engine', async (when) => {
    const [first, second] = [new ScriptedEngine(), new ScriptedEngine()];
    const { controller, state, until } = setUp([first, second]);
    await controller.open(plan);
    controller.step();
    await until(() => state().shown === 1 && state().images?.step === 1);
    first.hangs = true;
    controller.edit(IDENTITY_POSE);
    await until(() => first.calls.includes('edit'));
    if (when === 'after it') controller.edit(turned);
    first.die();
    await until(() => state().status === 'ready' && state().shown === 2);
    expect(state().edits).toEqual([{ step: 2, pose: when === 'after it' ? turned : IDENTITY_POSE }]);
  });

  it('lets the newest edit count where the engine dies between two', async () => {
    const [first, second] = [new ScriptedEngine(), new ScriptedEngine()];
    const { controller, state, until } = setUp([first, second]);
    await controller.open(plan);
    controller.step();
    await until(() => state().shown === 1);
    controller.edit(IDENTITY_POSE);
    await until(() => state().shown === 2);
    first.trouble = { code: 'context-lost', message: 'lost' };
    controller.edit(turned);
    await until(() => state().recoveries === 1 && state().history.at(-1)?.metrics.loss === 1000 && state().shown === 2);
    controller.step();
    await until(() => state().shown === 3);
    expect(state().edits).toEqual([{ step: 2, pose: turned }]);
    expect(losses(state())).toEqual([0, 1, 1000, 1001]);
  });

  it('forgets an edit that the engine refuses', async () => {
    const engine = new ScriptedEngine(3);
    engine.trouble = { code: 'engine', message: 'no such pose' };
    const { controller, state, until } = setUp([engine]);
    await controller.open(plan);
    controller.edit(turned);
    await until(() => state().status === 'failed');
    engine.trouble = undefined;
    controller.retry();
    await until(() => state().status === 'ready');
    controller.play();
    await until(() => state().shown === 3);
    expect(state().edits).toEqual([]);
  });

  it('gives up on an engine that keeps dying, says why, and can be asked again', async () => {
    const engine = new ScriptedEngine(3);
    engine.trouble = { code: 'context-lost', message: 'lost again' };
    const { controller, state, until } = setUp([engine]);
    await controller.open({ ...plan, autoplay: true });
    await until(() => state().status === 'failed');
    expect(state()).toMatchObject({ playing: false, trouble: { message: 'lost again' } });
    engine.trouble = undefined;
    controller.retry();
    await until(() => state().status === 'ready');
    controller.play();
    await until(() => state().shown === 3);
  });

  it('does not repeat what the engine itself refuses', async () => {
    const engine = new ScriptedEngine();
    engine.trouble = { code: 'out-of-memory', message: 'too large' };
    const { controller, state, until } = setUp([engine]);
    await controller.open({ ...plan, autoplay: true });
    await until(() => state().status === 'failed');
    expect(engine.calls.filter((call) => call === 'step')).toHaveLength(1);
  });

  it('goes on from a kept checkpoint of the same run, and not of another', async () => {
    const kept = new Map<string, PoseCheckpoint>();
    const first = setUp([new ScriptedEngine(4)], kept);
    await first.controller.open({ ...plan, autoplay: true });
    await first.until(() => first.state().shown === 4);
    const second = setUp([new ScriptedEngine(4)], kept);
    await second.controller.open({ ...plan, resume: true });
    expect(second.state().shown).toBe(4);
    const other = setUp([new ScriptedEngine(4)], kept);
    await other.controller.open({ ...plan, key: 'another', resume: true });
    expect(other.state().shown).toBe(0);
  });

  it('begins another run on the same engine, whose shaders are compiled', async () => {
    const [first, second] = [new ScriptedEngine(4), new ScriptedEngine()];
    const { controller, state, until } = setUp([first, second]);
    await controller.open({ ...plan, autoplay: true });
    await controller.open({ ...plan, autoplay: true });
    await until(() => state().shown === 4);
    expect(first.calls.filter((call) => call === 'open')).toHaveLength(2);
    expect(second.calls).toEqual([]);
    expect(losses(state())).toEqual([0, 1, 2, 3, 4]);
  });

  it('takes another engine where the one before does not answer', async () => {
    const [first, second] = [new ScriptedEngine(), new ScriptedEngine(2)];
    const { controller, state, until } = setUp([first, second]);
    await controller.open(plan);
    first.hangs = true;
    controller.play();
    await until(() => first.calls.includes('step'));
    await controller.open({ ...plan, autoplay: true });
    await until(() => state().shown === 2);
    expect(first.terminated).toBe(true);
    expect(losses(state())).toEqual([0, 1, 2]);
  });

  it('begins only the last of several runs asked for at once', async () => {
    const engines = [new ScriptedEngine(2), new ScriptedEngine(2), new ScriptedEngine(2)];
    const { controller, state, until } = setUp(engines);
    await Promise.all([controller.open(plan), controller.open(plan), controller.open({ ...plan, autoplay: true })]);
    await until(() => state().shown === 2);
    expect(engines.filter((engine) => !engine.terminated && engine.calls.includes('step'))).toHaveLength(1);
  });
});
