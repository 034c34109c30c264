import { describe, expect, it } from 'vitest';
import { createRandom } from '../../scene/random';
import type { Pose } from '../../scene/pose';
import { LOSSES, RESOLUTIONS } from './fields';
import { readHash, writeHash, type LinkContext } from './hash';
import { MAX_HASH_LENGTH } from './link';
import { DEFAULT_PAGE_STATE, type PageState } from './pageState';

const context: LinkContext = { builtIns: ['cube', 'teapot', 'torus'], origin: 'http://127.0.0.1:4173' };
const read = (hash: string) => readHash(hash, context);

function randomState(seed: number): PageState {
  const random = createRandom(seed);
  const between = (min: number, max: number) => Number((min + random.uniform() * (max - min)).toFixed(6));
  const pose = (): Pose => {
    const q = [random.normal(), random.normal(), random.normal(), random.normal()];
    const n = Math.hypot(...q);
    const [x, y, z, w] = q.map((c) => Number((c / n).toFixed(6)));
    return { rotation: [x, y, z, w], translation: [between(-3, 3), between(-3, 3), between(-9, -1)] };
  };
  return {
    object: random.uniform() < 0.5 ? { kind: 'builtin', id: 'torus' } : { kind: 'url', url: 'https://example.org/a%20b/mesh.obj?x=1&y=2#part' },
    targetSeed: random.integer(1000),
    targetPose: random.uniform() < 0.5 ? pose() : undefined,
    settings: {
      seed: random.integer(1000),
      resolution: RESOLUTIONS[random.integer(RESOLUTIONS.length)],
      hypotheses: 8 + random.integer(500),
      refined: 1 + random.integer(16),
      learningRate: between(0.01, 0.3),
      loss: LOSSES[random.integer(LOSSES.length)],
      unknowns: random.uniform() < 0.5 ? 'rotation' : 'rotation+translation',
      unknownLight: random.uniform() < 0.5,
      useEncoder: random.uniform() < 0.5,
      target: {
        noise: between(0, 0.5), clutter: between(0, 1), occlusion: between(0, 0.6),
        light: { azimuthDeg: between(-180, 180), elevationDeg: between(-90, 90), ambient: between(0, 1) },
      },
    },
    ambientChosen: true,
    view: {
      mode: random.uniform() < 0.5 ? 'free' : 'camera', hypotheses: (['axes', 'shells', 'hidden'] as const)[random.integer(3)], trail: random.uniform() < 0.5,
      handle: (['none', 'truth', 'estimate'] as const)[random.integer(3)], moves: random.uniform() < 0.5,
      orbit: random.uniform() < 0.5 ? undefined : { eye: [1.5, -0.25, 3e-9], target: [random.integer(9), 0, -123_450] },
    },
    edits: random.uniform() < 0.5 ? [] : [{ step: 3, pose: pose() }, { step: 40, pose: pose() }],
    stopAt: random.uniform() < 0.5 ? undefined : random.integer(100),
  };
}

describe('the link', () => {
  it('of an untouched page is its version alone', () => {
    expect(writeHash(DEFAULT_PAGE_STATE, context)).toBe('#v=1');
    expect(read('#v=1')).toEqual({ state: DEFAULT_PAGE_STATE, problems: [] });
    expect(read('')).toEqual({ state: DEFAULT_PAGE_STATE, problems: [] });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('brings back the state it was written from (seed %i)', (seed) => {
    const state = randomState(seed);
    const { state: again, problems } = read(writeHash(state, context));
    expect(problems).toEqual([]);
    expect(again).toEqual(JSON.parse(JSON.stringify(state)));
    expect(writeHash(again, context)).toBe(writeHash(state, context));
  });

  it('gives the ambient share where it was chosen, though it be the default', () => {
    expect(writeHash({ ...DEFAULT_PAGE_STATE, ambientChosen: true }, context)).toBe('#v=1&ambient=1');
    expect(read('#v=1&ambient=1').state.ambientChosen).toBe(true);
  });

  it('leaves a local file out, because nobody else has it', () => {
    expect(writeHash({ ...DEFAULT_PAGE_STATE, object: { kind: 'file', name: 'secret.obj' } }, context)).toBe('#v=1');
  });

  it('keeps the part of a pose readable', () => {
    const hash = writeHash({ ...DEFAULT_PAGE_STATE, targetPose: { rotation: [0, 0, 0, 1], translation: [0, -0, -2.5] } }, context);
    expect(hash).toBe('#v=1&pose=0,0,0,1,0,0,-2.5');
  });
});

describe('a broken link', () => {
  it.each([
    ['#v=1&seed=NaN', 'not a number'], ['#v=1&seed=Infinity', 'not a number'], 
    ['#v=1&seed=1.5', 'whole'], ['#v=1&seed=0x10', 'not a number'], ['#v=1&seed=', 'not a number'],
    ['#v=1&size=127', 'one of'], ['#v=1&loss=constructor', 'one of'], ['#v=1&object=__proto__', 'one of'], ['#v=1&object=<img src=x>', 'one of'],
    ['#v=1&pose=1,2,3', 'seven'], ['#v=1&pose=0,0,0,0,0,0,0', 'unit quaternion'], ['#v=1&pose=0,0,0,1,0,0,1e13', 'between'],
    ['#v=1&mesh=javascript:alert(1)', 'https'], ['#v=1&mesh=http://example.org/a.obj', 'https'], ['#v=1&mesh=%E0%A4%A', 'escaped'],
    ['#v=1&mesh=https://me:pw@example.org/a.obj', 'password'], ['#v=1&mesh=nowhere', 'web address'],
    ['#v=1&edits=4:0,0,0,1,0,0,0;3:0,0,0,1,0,0,0', 'order'], ['#v=1&edits=x', 'step:pose'], ['#v=1&encoder=yes', 'one of'],
    ['#v=1&view=above', 'one of'], ['#v=1&shown=all', 'one of'], ['#v=1&trail=no', 'one of'], ['#v=1&drag=none', 'one of'], ['#v=1&move=2', 'one of'],
    ['#v=1&orbit=1,2,3', 'six'], ['#v=1&orbit=1,2,3,1,2,3', 'looks to'], ['#v=1&orbit=1,2,3,4,5,1e13', 'between'], ['#v=1&orbit=1,2,3,4,5,Infinity', 'not a number'],
    ['#v=1&wat=1', 'unknown'], ['#v=1&__proto__=1', 'unknown'], ['#v=1&seed=1&seed=2', 'twice'], ['#seed=1', 'version'], ['#v=99&seed=3', 'version'],
    [`#v=1&mesh=https://e.org/${'a'.repeat(2000)}`, 'longer'], [`#${'x'.repeat(MAX_HASH_LENGTH)}`, 'longer'],
  ])('%s keeps the defaults and says why', (hash, word) => {
    const { state, problems } = read(hash);
    expect(state).toEqual(DEFAULT_PAGE_STATE);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(word);
  });

  it('keeps what is good beside what is not', () => {
    const { state, problems } = read('#v=1&seed=7&noise=9&object=teapot');
    expect(state.settings.seed).toBe(7);
    expect(state.object).toEqual({ kind: 'builtin', id: 'teapot' });
    expect(state.settings.target.noise).toBe(0.5);
    expect(problems).toEqual(['The link\'s “noise” must lie between 0 and 0.5; 0.5 was taken.']);
  });

  it.each([['seed=1e99', 'seed', 999_999], ['seed=-1', 'seed', 0], ['hypotheses=100000000', 'hypotheses', 1024], ['rate=0', 'learningRate', 0.005]] as const)('%s is taken to the nearest limit', (entry, name, expected) => {
    const { state, problems } = read(`#v=1&${entry}`);
    expect(state.settings[name]).toBe(expected);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${expected} was taken`);
  });

  it('never throws on noise', () => {
    const random = createRandom(3);
    for (let i = 0; i < 300; i++) {
      const text = Array.from({ length: random.integer(60) }, () => String.fromCharCode(32 + random.integer(500))).join('');
      const { state } = read(`#v=1&${text}`);
      expect(readHash(writeHash(state, context), context).problems).toEqual([]);
    }
  });
});
