import { expect, it } from 'vitest';
import { allCases, refuseCase, torusOfFaces, workingBytes } from './cases';

it('combines sizes, faces and batches, the cheapest first', () => {
  const cases = allCases([512, 64], [1000, 10_000], [8, 1]);
  expect(cases).toHaveLength(8);
  expect(cases[0]).toEqual({ size: 64, faces: 1000, batch: 1 });
  const bytes = cases.map(workingBytes);
  expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
});

it('says why a case is left out', () => {
  const limits = { budgetBytes: 2 ** 30, maxTextureSize: 256 };
  expect(refuseCase({ size: 64, faces: 1000, batch: 1 }, limits)).toBeUndefined();
  expect(refuseCase({ size: 512, faces: 1000, batch: 32 }, limits)).toMatch(/needs about \d+ MiB of GPU memory, the budget is 1024 MiB/);
  expect(refuseCase({ size: 512, faces: 1000, batch: 1 }, limits)).toMatch(/textures reach 256/);
});

it.each([1000, 10_000, 100_000])('makes a torus of %i faces, within 3 %%', (faces) => {
  const mesh = torusOfFaces(faces);
  expect(Math.abs(mesh.faces.length / 3 - faces) / faces).toBeLessThan(0.03);
  expect(mesh.normals).toHaveLength(mesh.positions.length);
});
