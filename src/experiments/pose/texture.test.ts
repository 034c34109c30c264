import { describe, expect, it } from 'vitest';
import { patternedBox } from './testing/patternedBox';
import { isTextured, shrinkTexture, texelsPerPixel } from './texture';

const bytes = (...values: number[]) => new Uint8ClampedArray(values);
const strip = { width: 4, height: 1, data: bytes(255, 0, 0, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 255) };
const rounded = (data: Float32Array) => [...data].map((value) => Number(value.toFixed(4)));

describe('a texture for the decoder', () => {
  it('is decoded from sRGB and kept as it is where texels are no smaller than pixels', () => {
    const grey = { width: 1, height: 1, data: bytes(188, 188, 188, 255) };
    expect(shrinkTexture(grey, 0.1).data[0]).toBeCloseTo(0.5029, 3);
    expect(rounded(shrinkTexture(strip, 1).data)).toEqual([1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
  });

  it('is averaged over areas, in linear light, whole texels and parts', () => {
    expect(rounded(shrinkTexture(strip, 2).data)).toEqual([1, 0, 0, 0, 0.5, 0]);
    const thirds = shrinkTexture(strip, 4 / 3);
    expect(thirds.width).toBe(3);
    expect(rounded(thirds.data)).toEqual([1, 0, 0, 0.5, 0.5, 0, 0, 0.25, 0]);
    expect(rounded(shrinkTexture(strip, 100).data)).toEqual([0.5, 0.25, 0]);
  });

  it('has as many texels a pixel as the picture makes of its squares', () => {
    const box = patternedBox();
    // 23 texels along sides of 1.2 to 2 units; the bounding sphere, 2 · √2 units wide, fills the picture.
    expect(texelsPerPixel(box, 32)).toBeGreaterThan(((23 / 2) * 2 * Math.SQRT2) / 32);
    expect(texelsPerPixel(box, 32)).toBeLessThan(((23 / 1.2) * 2 * Math.SQRT2) / 32);
    expect(texelsPerPixel(box, 64)).toBeCloseTo(texelsPerPixel(box, 32) / 2, 9);
    expect(texelsPerPixel(box, Infinity)).toBe(0);
  });

  it('needs both coordinates and pixels', () => {
    const box = patternedBox();
    expect(isTextured(box)).toBe(true);
    expect(isTextured({ ...box, uvs: undefined })).toBe(false);
    expect(isTextured({ ...box, texture: undefined })).toBe(false);
    expect(isTextured({ ...box, texture: { width: 0, height: 0, data: bytes() } })).toBe(false);
  });
});
