import { describe, expect, it } from 'vitest';
import { median, quantile, shareUnder, wilsonInterval } from './statistics';

describe('median and quantile', () => {
  it('takes the middle, whatever the order, and leaves its input alone', () => {
    const values = [3, 1, 2];
    expect(median(values)).toBe(2);
    expect(values).toEqual([3, 1, 2]);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([10, 9])).toBe(9.5);
    expect(median([])).toBeNaN();
  });
  it('interpolates between neighbours', () => {
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([1, 2, 3], 1)).toBe(3);
    expect(quantile([1, 2, 3], 0)).toBe(1);
  });
});

it('counts the limit itself, and what is no number, as not under it', () => {
  expect(shareUnder([1, 5, NaN, 4.9], 5)).toBe(0.5);
  expect(shareUnder([], 5)).toBeNaN();
});

describe('wilsonInterval', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });
  it('says nothing of nothing', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });
});
