import { expect, it } from 'vitest';
import { byteFromLinear, linearFromByte, linearToSrgb, srgbToLinear } from './srgb';

it('goes to sRGB and back', () => {
  for (const c of [0, 0.002, 0.04, 0.2, 0.5, 1]) expect(srgbToLinear(linearToSrgb(c))).toBeCloseTo(c, 9);
  expect(linearToSrgb(0.2140411)).toBeCloseTo(0.5, 5);
});

it('brings every byte back, and what is out of range to the ends', () => {
  for (let byte = 0; byte < 256; byte++) expect(byteFromLinear(linearFromByte(byte))).toBe(byte);
  expect([-1, 2].map(byteFromLinear)).toEqual([0, 255]);
});
