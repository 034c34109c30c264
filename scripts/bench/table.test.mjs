import { expect, it } from 'vitest';
import { formatTable } from './table.mjs';

it('sets numbers to the right and words to the left', () => {
  expect(formatTable([['name', 'ms'], ['a', '1.5'], ['long name', '−20'], ['b', '']])).toBe([
    'name        ms',
    '─────────  ───',
    'a          1.5',
    'long name  −20',
    'b',
  ].join('\n'));
});

it('is empty for no rows', () => {
  expect(formatTable([])).toBe('');
});
