import { expect, it } from 'vitest';
import { percent, percentWithInterval, short } from './numberText';

it('writes shares', () => {
  expect(percent(0.975)).toBe('97.5 %');
  expect(percent(NaN)).toBe('–');
  expect(percentWithInterval(0.5, [0.25, 0.75])).toBe('50.0 % (25.0–75.0)');
});

it.each([[0, '0.00'], [1234.56, '1235'], [12.345, '12.3'], [0.012345, '0.0123'], [-3, '-3.00'], [Infinity, '–']])('writes %f with three digits', (value, text) => {
  expect(short(value)).toBe(text);
});
