import { describe, expect, it } from 'vitest';
import type { Pose } from '../../scene/pose';
import { createRandom } from '../../scene/random';
import { linkedEdits, MAX_EDITS } from './edits';
import { readHash, writeHash, type LinkContext } from './hash';
import { MAX_HASH_LENGTH } from './link';
import { DEFAULT_PAGE_STATE, type EditAt } from './pageState';

const context: LinkContext = { builtIns: ['cube'], origin: 'http://127.0.0.1:4173' };

/** Rotations as long as text can make them, of an object whose units may be anything. */
function poseAt(seed: number, scale: number): Pose {
  const random = createRandom(seed);
  const q = [0, 0, 0, 0].map(() => -0.2 - random.uniform());
  const length = Math.hypot(...q);
  const [x, y, z, w] = q.map((c) => c / length);
  return { rotation: [x, y, z, w], translation: [-scale * random.uniform(), -scale * random.uniform(), -scale * (1 + random.uniform())] };
}

const editsOf = (count: number, scale = 1): EditAt[] => Array.from({ length: count }, (_, i) => ({ step: 99_000 + i, pose: poseAt(i + 1, scale) }));
const through = (edits: readonly EditAt[]) => readHash(writeHash({ ...DEFAULT_PAGE_STATE, edits }, context), context);

describe('edits in a link', () => {
  it.each([1, 16, 17, MAX_EDITS - 1, MAX_EDITS])('come back, %i of them', (count) => {
    const edits = editsOf(count);
    const { state, problems } = through(edits);
    expect(problems).toEqual([]);
    expect(state.edits.map(({ step }) => step)).toEqual(edits.map(({ step }) => step));
    state.edits.forEach(({ pose }, i) => [...pose.rotation, ...pose.translation].forEach((x, k) => {
      expect(x).toBeCloseTo([...edits[i].pose.rotation, ...edits[i].pose.translation][k], 5);
    }));
    expect(writeHash(state, context)).toBe(writeHash({ ...DEFAULT_PAGE_STATE, edits }, context));
  });

  it.each([1e-9, 1e11])('come back at the bound beside the longest address of a mesh, in units of which an object has %d', (scale) => {
    const url = `https://example.org/${'ä'.repeat(150)}.obj`;
    const edits = editsOf(MAX_EDITS, scale);
    const hash = writeHash({ ...DEFAULT_PAGE_STATE, object: { kind: 'url', url: new URL(url).href }, edits }, context);
    expect(hash.length).toBeLessThan(MAX_HASH_LENGTH);
    const { state, problems } = readHash(hash, context);
    expect(problems).toEqual([]);
    state.edits.forEach(({ pose }, i) => pose.translation.forEach((x, k) => expect(x / edits[i].pose.translation[k]).toBeCloseTo(1, 5)));
  });

  it('past the bound are the first ones, and how many are left out is known', () => {
    const edits = editsOf(MAX_EDITS + 5);
    const { state, problems } = through(edits);
    expect(problems).toEqual([]);
    expect(state.edits).toEqual(through(edits.slice(0, MAX_EDITS)).state.edits);
    expect(linkedEdits(edits)).toEqual({ edits: edits.slice(0, MAX_EDITS), left: 5 });
    expect(linkedEdits(edits.slice(0, MAX_EDITS)).left).toBe(0);
  });

  it('that somebody wrote by hand past the bound are refused, and said', () => {
    const hash = `#v=1&edits=${Array.from({ length: MAX_EDITS + 1 }, (_, i) => `${i + 1}:0,0,0,1,0,0,-1`).join(';')}`;
    const { state, problems } = readHash(hash, context);
    expect(state).toEqual(DEFAULT_PAGE_STATE);
    expect(problems.join()).toContain(`more than ${MAX_EDITS}`);
  });
});
