import { expect, it } from 'vitest';
import type { Mesh } from '../scene/mesh';
import { bakeTexture } from './bakeTexture';

const checker = { width: 2, height: 2, data: new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]) };
const meshAt = (...uvs: number[]): Mesh => ({
  name: 'm', positions: new Float32Array((uvs.length / 2) * 3), faces: new Uint32Array([0, 1, 2]), uvs: new Float32Array(uvs), texture: checker,
});
const colorsOf = (mesh: Mesh) => [...(bakeTexture(mesh).colors ?? [])].map((c) => Number(c.toFixed(4)));

it('takes the upper row of the image at high v and the lower one at low v', () => {
  expect(colorsOf(meshAt(0.25, 0.75, 0.75, 0.75, 0.25, 0.25))).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
});

it('interpolates between texels and repeats beyond the edges', () => {
  expect(colorsOf(meshAt(0.5, 0.75))).toEqual([0.5, 0.5, 0]);
  expect(colorsOf(meshAt(1.25, -0.25))).toEqual([1, 0, 0]);
});

it('decodes sRGB', () => {
  const grey = { width: 1, height: 1, data: new Uint8ClampedArray([188, 188, 188, 255]) };
  expect(colorsOf({ ...meshAt(0, 0), texture: grey })[0]).toBeCloseTo(0.5029, 3);
});

it('leaves a mesh without texture or coordinates as it is', () => {
  const plain: Mesh = { name: 'p', positions: new Float32Array(9), faces: new Uint32Array(3) };
  expect(bakeTexture(plain)).toBe(plain);
  expect(bakeTexture({ ...plain, texture: checker }).colors).toBeUndefined();
});
