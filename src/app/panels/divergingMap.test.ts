import { describe, expect, it } from 'vitest';
import { colorSigned, divergingTable, robustScale, strongestChannel } from './divergingMap';

const lightness = ([r, g, b]: number[]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

describe('the diverging map', () => {
  it.each(['light', 'dark'] as const)('is blue below and orange above zero (%s)', (theme) => {
    const [less, none, more] = [-1, 0, 1].map((value) => [...colorSigned(new Float32Array([value]), 1, divergingTable(theme))]);
    expect(less[2]).toBeGreaterThan(less[0]);
    expect(more[0]).toBeGreaterThan(more[2]);
    expect(Math.abs(lightness(none) - lightness(less))).toBeGreaterThan(60);
    expect(Math.abs(lightness(none) - lightness(more))).toBeGreaterThan(60);
  });

  it('is symmetric about zero in strength and clamps beyond the scale', () => {
    const table = divergingTable('light');
    expect([...colorSigned(new Float32Array([5]), 1, table)]).toEqual([...table.subarray(-4)]);
    expect([...colorSigned(new Float32Array([-5]), 1, table)]).toEqual([...table.subarray(0, 4)]);
  });

  it('paints an image without differences in the middle colour', () => {
    const [r, g, b] = colorSigned(new Float32Array(1), 0, divergingTable('dark'));
    expect([r, g, b]).toEqual([20, 24, 28]);
  });
});

it('keeps the strongest channel with its sign', () => {
  expect([...strongestChannel(new Float32Array([0.25, -0.5, 0, 0, 0, 0]))]).toEqual([-0.5, 0]);
});

it('takes no notice of a few extreme pixels, but of a lone one', () => {
  const values = new Float32Array(1000).fill(0.25);
  values[3] = 99;
  expect(robustScale(values)).toBe(0.25);
  const lone = new Float32Array(1000);
  lone[3] = -2;
  expect(robustScale(lone)).toBe(2);
});
