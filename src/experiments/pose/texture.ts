import type { ImageRecord, Mesh } from '../../scene/mesh';
import { linearFromByte } from '../../scene/srgb';

// Textures as the decoder samples them: linear, and with texels about as large as pixels, since a finer one would be sampled here and
// there only, and flicker from pose to pose (Williams 1983, "Pyramidal Parametrics"; here one level for a whole picture, its object being
// everywhere about as far away).

/** Linear RGB, [height, width, 3], row 0 at the top. */
export interface LinearTexture {
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

type TexturedMesh = Mesh & Required<Pick<Mesh, 'uvs' | 'texture'>>;

export const isTextured = (mesh: Mesh): mesh is TexturedMesh => Boolean(mesh.uvs && mesh.texture && mesh.texture.width > 0 && mesh.texture.height > 0);

/** Longest side on the device: finer ones show nowhere. */
const LONGEST = 2048;

/** Texels that fall into one pixel's width where the mesh's bounding sphere fills a picture of `size` pixels; the mean over its surface. */
export function texelsPerPixel({ positions, faces, uvs, texture }: TexturedMesh, size: number): number {
  let [surface, texels, farthest] = [0, 0, 0];
  const edge = (data: Float32Array, width: number, from: number, to: number) => [0, 1, 2].map((k) => (k < width ? data[width * to + k] - data[width * from + k] : 0));
  const area = ([ax, ay, az]: number[], [bx, by, bz]: number[]) => Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx) / 2;
  for (let f = 0; f < faces.length; f += 3) {
    const [a, b, c] = faces.subarray(f, f + 3);
    surface += area(edge(positions, 3, a, b), edge(positions, 3, a, c));
    texels += area(edge(uvs, 2, a, b), edge(uvs, 2, a, c)) * texture.width * texture.height;
  }
  for (let v = 0; v < positions.length; v += 3) farthest = Math.max(farthest, Math.hypot(positions[v], positions[v + 1], positions[v + 2]));
  return surface > 0 ? Math.sqrt(texels / surface) * ((2 * farthest) / size) : 0;
}

/** The texture decoded, its sides `factor` times shorter (never longer) by averaging areas. */
export function shrinkTexture(texture: ImageRecord, factor: number): LinearTexture {
  const { height, width, data } = texture;
  const divisor = Math.max(1, factor, Math.max(height, width) / LONGEST);
  const rows = overlaps(height, Math.max(1, Math.round(height / divisor)));
  const columns = overlaps(width, Math.max(1, Math.round(width / divisor)));
  const out = new Float32Array(3 * rows.length * columns.length);
  const line = new Float64Array(3 * width);
  rows.forEach((row, y) => {
    line.fill(0);
    for (const { index, share } of row) {
      for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) line[3 * x + c] += share * linearFromByte(data[4 * (index * width + x) + c]);
    }
    columns.forEach((column, x) => {
      for (const { index, share } of column) for (let c = 0; c < 3; c++) out[3 * (y * columns.length + x) + c] += share * line[3 * index + c];
    });
  });
  return { height: rows.length, width: columns.length, data: out };
}

/** For each of `target` equal parts of a line of `source` texels, the texels in it and their shares. */
function overlaps(source: number, target: number): { readonly index: number; readonly share: number }[][] {
  const length = source / target;
  return Array.from({ length: target }, (_, i) => {
    const [from, to] = [i * length, (i + 1) * length];
    const [first, last] = [Math.floor(from), Math.min(source, Math.ceil(to))];
    return Array.from({ length: last - first }, (__, k) => ({
      index: first + k, share: Math.max(0, Math.min(to, first + k + 1) - Math.max(from, first + k)) / length,
    }));
  });
}
