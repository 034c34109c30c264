import { describe, expect, it } from 'vitest';
import { keyAction } from './viewControls';

describe('keys of the view', () => {
  it('turn, lift and zoom', () => {
    expect(keyAction('ArrowLeft')?.turn).toBe(-(keyAction('ArrowRight')?.turn ?? NaN));
    expect(keyAction('ArrowUp')?.lift).toBeGreaterThan(0);
    expect(keyAction('ArrowDown')?.lift).toBeLessThan(0);
    expect((keyAction('+')?.zoom ?? NaN) * (keyAction('-')?.zoom ?? NaN)).toBeCloseTo(1);
  });
  it('leave other keys to the page', () => {
    expect(['Tab', 'Enter', ' ', 'a', 'Escape'].map(keyAction)).toEqual(Array(5).fill(undefined));
  });
});
