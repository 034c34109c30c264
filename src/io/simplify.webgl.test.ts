import { expect, it } from 'vitest';
import { faceCount } from '../scene/mesh';
import { icosphereMesh } from '../scene/primitives';
import { simplifyMesh } from './simplify';

it('simplifies in the browser as in Node', async () => {
  const { mesh } = await simplifyMesh(icosphereMesh(1, 4), 500);
  expect(faceCount(mesh)).toBe(500);
  expect(mesh.positions.every(Number.isFinite)).toBe(true);
});
