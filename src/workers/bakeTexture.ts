import type { Mesh } from '../scene/mesh';
import { linearFromByte } from '../scene/srgb';

/**
 * Gives each vertex of a textured mesh the texture's colour there, linear RGB: the pose's renderer interpolates colours over faces. The
 * texture repeats beyond 0…1 and stays with the mesh for the 3D view.
 */
export function bakeTexture(mesh: Mesh): Mesh {
  const { texture, uvs } = mesh;
  if (!texture || !uvs || !texture.width || !texture.height) return mesh;
  const { width, height, data } = texture;
  const colors = new Float32Array((uvs.length / 2) * 3);
  const wrap = (i: number, n: number) => ((i % n) + n) % n;
  for (let vertex = 0; vertex < uvs.length / 2; vertex++) {
    // Texel centres lie at half numbers; v counts from the lower edge, rows from the upper one.
    const x = uvs[2 * vertex] * width - 0.5;
    const y = (1 - uvs[2 * vertex + 1]) * height - 0.5;
    const [left, top] = [Math.floor(x), Math.floor(y)];
    for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
      const weight = (dx ? x - left : 1 - x + left) * (dy ? y - top : 1 - y + top);
      const texel = 4 * (wrap(top + dy, height) * width + wrap(left + dx, width));
      for (let c = 0; c < 3; c++) colors[3 * vertex + c] += weight * linearFromByte(data[texel + c]);
    }
  }
  return { ...mesh, colors };
}
