import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { readLearnLink, writeLearnLink } from './fields';
import { BACKENDS, COLOR_MODES, defaultPageState, MODELS, ROTATIONS, type LearnPageState } from './pageState';

const TASKS = ['classify', 'segment'] as const;

function randomState(task: (typeof TASKS)[number], seed: number): LearnPageState {
  const random = createRandom(seed);
  const share = (most: number) => Number((random.uniform() * most).toFixed(6));
  const one = <T>(list: readonly T[]): T => list[random.integer(list.length)];
  const maybe = <T>(value: T): T | undefined => (random.uniform() < 0.5 ? value : undefined);
  return {
    settings: {
      task, model: one(MODELS), families: task === 'segment' ? ['lamp'] : ['airplane', 'mug', 'table'], trainPerClass: 2 + random.integer(100),
      testPerClass: 1 + random.integer(50), points: 32 + random.integer(1000), noise: share(0.1), holes: random.integer(5), width: 0.0625 + share(1),
      batchSize: 1 + random.integer(60), learningRate: 0.0001 + share(0.04), labelSmoothing: share(0.5), classWeights: random.uniform() < 0.5,
      augmentation: { rotation: one(ROTATIONS), jitter: share(0.1), scale: share(1), dropout: share(0.9), up: maybe('z' as const), mirror: maybe(true) }, normals: maybe(true), epochs: 1 + random.integer(90),
      evaluateEvery: 1 + random.integer(90), seed: random.integer(999),
    },
    fromNothing: random.uniform() < 0.5, compare: maybe(one(MODELS)), backend: one(BACKENDS), color: one(COLOR_MODES), shape: random.integer(50),
    layer: maybe('conv2'), level: maybe('pool1'), field: maybe(true), surface: maybe(true), channel: maybe(random.integer(64)), away: maybe({ order: 'least' as const, percent: 15 }), point: maybe(random.integer(500)), brush: maybe(true), orbit: maybe({ eye: [1.5, -2, 0.25] as const, target: [0, 0, 0.125] as const }), brushed: maybe([3, 70, random.integer(400) + 100]), seen: maybe('second' as const), stopAt: maybe(random.integer(100)),
  };
}

describe.each(TASKS)('the link to the %s page', (task) => {
  it('says nothing of an untouched page but which it is', () => {
    expect(writeLearnLink(defaultPageState(task))).toBe(`#lab=${task}&v=1`);
    expect(readLearnLink(`#lab=${task}&v=1`, task)).toEqual({ state: defaultPageState(task), problems: [] });
  });

  it.each([1, 2, 3, 4, 5, 6])('brings back the state it was written from (seed %i)', (seed) => {
    const written = writeLearnLink(randomState(task, seed));
    const { state, problems } = readLearnLink(written, task);
    expect(problems).toEqual([]);
    expect(writeLearnLink(state)).toBe(written);
    expect(Number(state.settings.width)).toBeCloseTo(randomState(task, seed).settings.width, 5);
  });

  it('carries augmentation that the page does not speak of along unchanged', () => {
    expect(readLearnLink('#v=1&jitter=0.05', task).state.settings.augmentation).toEqual({ ...defaultPageState(task).settings.augmentation, jitter: 0.05 });
  });
});

describe('a broken link', () => {
  it.each(TASKS)('is none that only names the %s page', (task) => {
    expect(readLearnLink(`#lab=${task}`, task)).toEqual({ state: defaultPageState(task), problems: [] });
    expect(readLearnLink(`#lab=${task}&seed=2`, task).problems[0]).toContain('version');
  });

  it.each([
    ['families=chair', 'two families'], ['families=chair,chair,lamp', 'twice'], ['families=chair,<b>', 'one of'], ['points=1', 'between'], ['points=1e9', 'between'],
    ['model=resnet', 'one of'], ['layer=<img>', 'no name'], ['away=most', 'not a number'], ['away=all:5', 'one of'], ['backend=webgpu', 'one of'], ['family=mug', 'unknown'], ['brush=yes', 'one of'], ['orbit=1,2', 'six'], ['wat=1', 'unknown'], ['seed=1&seed=2', 'twice'],
  ])('%s is said and ignored', (entry, word) => {
    const { state, problems } = readLearnLink(`#lab=classify&v=1&${entry}`, 'classify');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(word);
    expect({ ...state.settings, seed: 1 }).toEqual(defaultPageState('classify').settings);
  });

  it('to segment names one family', () => {
    expect(readLearnLink('#lab=segment&v=1&family=mug,lamp', 'segment').problems[0]).toContain('one family');
    expect(readLearnLink('#lab=segment&v=1&family=lamp', 'segment').state.settings.families).toEqual(['lamp']);
  });
});
