import { expect, it } from 'vitest';
import { MESH_EXTENSIONS } from '../../io/index';
import { isPicture, OBJECT_FILES } from './openable';

it('is every mesh that is read, what comes along with one, and every picture that is decoded', () => {
  for (const ending of [...MESH_EXTENSIONS, 'mtl', 'bin', 'png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp']) expect(OBJECT_FILES).toContain(ending);
  expect(['a.PNG', 'b.jpeg', 'c.webp', 'png.obj'].map((name) => isPicture({ name }))).toEqual([true, true, false, false]);
});
