import { expect, it } from 'vitest';
import { chooseExamples } from './chooseExamples';

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

it('shows shapes of parts with the worst first', () => {
  expect(indices(examples, { kind: 'part', part: 1 }, true)).toEqual([3, 1, 2, 0]);
  expect(indices(examples, { kind: 'all' }, true)).toEqual([0, 1, 2, 3]);
});
