import { describe, expect, it } from 'vitest';
import type { Filter } from '../model/choices';
import { chooseExamples, overlapOf, pointsTaken } from './chooseExamples';

const examples = [
  { index: 0, truth: 0, predicted: 0, confidence: 0.9 }, { index: 1, truth: 0, predicted: 1, confidence: 0.6 },
  { index: 2, truth: 1, predicted: 0, confidence: 0.8 }, { index: 3, truth: 1, predicted: 1, confidence: 0.5 },
];
const indices = (...args: Parameters<typeof chooseExamples>) => chooseExamples(...args).map(({ index }) => index);

it('shows all, those of a cell, or the wrong ones with the surest first', () => {
  expect(indices(examples, { kind: 'all' }, false)).toEqual([0, 1, 2, 3]);
  expect(indices(examples, { kind: 'cell', truth: 0, predicted: 1, lens: 'first' }, false)).toEqual([1]);
  expect(indices(examples, { kind: 'wrong' }, false)).toEqual([2, 1]);
});

describe('of parts', () => {
  const shape = (index: number, confidence: number, ...pairs: number[]) => ({ index, predicted: 0, confidence, pairs });
  const shapes = [shape(0, 0.9, 0, 0, 90, 0, 1, 10), shape(1, 0.5, 0, 0, 40, 0, 1, 30, 1, 0, 20, 1, 1, 10), shape(2, 0.2, 0, 0, 20, 1, 0, 80)];
  const found = (filter: Filter) => chooseExamples(shapes, filter, true).map(({ index }) => index);

  it('a cell shows the shapes that have such points, most first', () => {
    expect(found({ kind: 'cell', truth: 0, predicted: 1, lens: 'first' })).toEqual([1, 0]);
    expect(found({ kind: 'cell', truth: 1, predicted: 0, lens: 'first' })).toEqual([2, 1]);
    expect(found({ kind: 'cell', truth: 1, predicted: 2, lens: 'first' })).toEqual([]);
    expect(pointsTaken(shapes[1], 0, 1)).toBe(30);
    expect(pointsTaken(shapes[2], 0, 1)).toBe(0);
  });

  it('a bar shows the shapes that have or were given the part, the worst found first', () => {
    expect(found({ kind: 'part', part: 0, lens: 'first' })).toEqual([2, 1, 0]);
    expect(found({ kind: 'part', part: 1, lens: 'first' })).toEqual([2, 0, 1]);
    expect(overlapOf(shapes[1], 1)).toBeCloseTo(1 / 6);
    expect(found({ kind: 'part', part: 2, lens: 'first' })).toEqual([]);
  });

  it('worst first is by points that are right', () => {
    expect(found({ kind: 'wrong' })).toEqual([2, 1, 0]);
    expect(found({ kind: 'all' })).toEqual([0, 1, 2]);
  });
});
