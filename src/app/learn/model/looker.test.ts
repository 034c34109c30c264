import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { learnSettingsFor } from '../../../experiments/learn/settings';
import { LearnController } from '../run/learnController';
import { ScriptedLearner } from '../testing/scriptedLearner';
import { Looker } from './looker';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function setUp() {
  const engine = new ScriptedLearner();
  const run = new LearnController({ connect: () => Promise.resolve(engine.link), now: () => 0 });
  const looker = new Looker(run, () => 0);
  const begin = async (seed: number) => {
    await run.open({ settings: { ...learnSettingsFor('classify'), seed }, baseUrl: '', autoplay: false });
    await vi.runAllTimersAsync();
  };
  const asked = () => engine.calls.filter((call) => call.startsWith('example'));
  return { looker, begin, asked, engine };
}

it('asks another training for its own test shape: the same number may be another shape', async () => {
  const { looker, begin, asked } = setUp();
  looker.showTest(0);
  await begin(1);
  const { example } = looker.state.get();
  expect(example?.name).toBe('test 0');
  await begin(2);
  expect(asked()).toEqual(['example 0', 'example 0']);
  expect(looker.state.get().example).not.toBe(example);
  looker.end();
});

it('keeps a shape of one\'s own through another training', async () => {
  const { looker, begin, asked } = setUp();
  await begin(1);
  const own = { name: 'my scan', cloud: { name: 'my scan', positions: new Float32Array(3) } };
  looker.showOwn(own);
  await vi.runAllTimersAsync();
  await begin(2);
  expect(looker.state.get().example).toBe(own);
  expect(looker.state.get().inspection).toBeDefined();
  expect(asked()).toEqual(['example 0']);
  looker.end();
});

it('asks what the network says of the same shape without the points that were taken away, and forgets it when they are back', async () => {
  const { looker, begin, engine } = setUp();
  looker.showTest(0);
  await begin(1);
  looker.remove([2, 1]);
  await vi.runAllTimersAsync();
  expect(engine.without).toEqual([2, 1]);
  expect(looker.state.get().without).toBeDefined();
  looker.remove([0, 1, 2]);
  expect([...looker.state.get().removed], 'something must be left').toEqual([2, 1]);
  looker.remove([]);
  expect(looker.state.get().without).toBeUndefined();
  looker.end();
});
