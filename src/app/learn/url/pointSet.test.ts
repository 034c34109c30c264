import { expect, it } from 'vitest';
import { readPoints, writePoints } from './pointSet';

it.each([[[0]], [[5]], [[6]], [[3, 4, 511]], [[0, 1, 2, 3, 4, 5, 6, 4095]]])('%j comes back', (points) => {
  expect(readPoints(writePoints(points), 4096)).toEqual(points);
});

it('six points take a letter', () => {
  expect(writePoints([])).toBe('');
  expect(writePoints([0])).toBe('B');
  expect(writePoints([7])).toBe('AC');
});

it.each(['', 'A', 'a b', 'é', 'A'.repeat(20_000) + 'B'])('refuses what names none, or none that can be', (text) => {
  expect(() => readPoints(text, 4096)).toThrow(/points/);
});
