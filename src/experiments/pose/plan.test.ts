import { describe, expect, it } from 'vitest';
import { levelSizes, makePlan } from './plan';
import { DEFAULT_POSE_SETTINGS } from './settings';

const rendersOf = (levels: number, local = false) => makePlan(DEFAULT_POSE_SETTINGS, levels, local);

describe('a plan of a recovery', () => {
  it.each([2, 3])('follows the renderer\'s gradient at each of %i sizes, before any differences there', (levels) => {
    const first = rendersOf(levels).filter((stage) => stage.escape === undefined && stage.phase === 'refine');
    for (let level = 0; level < levels; level++) {
      const kinds = first.filter((stage) => stage.level === level).map(({ kind }) => kind);
      expect(kinds[0], `size ${level}`).toBe('refine');
      if (level > 0) expect(kinds).toEqual(['refine', 'newton']);
    }
    expect(first.map(({ level }) => level)).toEqual(first.map(({ level }) => level).sort());
  });

  it('takes shorter steps at larger sizes, and ever fewer hypotheses', () => {
    const refines = rendersOf(3).filter((stage) => stage.kind === 'refine').slice(0, 3);
    for (let i = 1; i < refines.length; i++) {
      expect(refines[i].from).toBeLessThan(refines[i - 1].from);
      expect(refines[i].count).toBeLessThan(refines[i - 1].count);
    }
  });

  it('does not jump where the pose is roughly known', () => {
    expect(rendersOf(3, true).some((stage) => stage.phase === 'escape')).toBe(false);
    expect(rendersOf(3).some((stage) => stage.phase === 'escape')).toBe(true);
  });

  it('ends at full size', () => {
    for (const resolution of [64, 128, 256] as const) {
      const levels = levelSizes(resolution).length;
      expect(rendersOf(levels).at(-1)).toMatchObject({ kind: 'newton', phase: 'polish', level: levels - 1, count: 1 });
    }
  });
});
