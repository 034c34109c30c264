import { expect, it } from 'vitest';
import { roundedSize } from './roundedSize';

it('leaves few sizes, none smaller and none more than an eighth larger', () => {
  const sizes = Array.from({ length: 5000 }, (_, count) => roundedSize(count));
  sizes.forEach((size, count) => {
    expect(size).toBeGreaterThanOrEqual(count);
    expect(size).toBeLessThanOrEqual(count * 9 / 8);
    expect(Number.isInteger(size)).toBe(true);
  });
  expect(new Set(sizes.filter((size) => size > 1024 && size <= 2048)).size).toBe(8);
});
