import { realsLike, registerCpuKernel, type Indices, type Reals } from '../cpuKernel';
import { checkFaces } from './checkFaces';
import type { ImageSize, RasterizeAttrs } from './rasterize';
import { RASTERIZE } from './names';

/** What the loops can do beside what the kernel's contract says. */
export interface CoverageOptions {
  /** Leaves out faces that the viewer sees clockwise. */
  readonly cullBack?: boolean;
  /** Surfaces kept behind each other, the nearest first; equal depths keep the order of the faces. */
  readonly numLayers?: number;
  /** A pixel's centre exactly on an edge belongs to both its sides, which may then be two layers; else to the one that owns the edge. */
  readonly sharedEdges?: boolean;
}

const sign = (x: number) => (x < 0 ? -1 : 1);

/** First and last pixel (inclusive) whose centre can lie in [lo, hi], from pixel coordinates; one pixel of slack for rounding. */
const pixelRange = (lo: number, hi: number, size: number): [number, number] =>
  [Math.max(0, Math.floor(lo - 0.5)), Math.min(size - 1, Math.ceil(hi - 0.5))];

/**
 * Rasterizes on plain arrays, in float64; contract in the kernels' README.
 *
 * @param clip [B, V, 4]
 * @param faces [F, 3]
 * @returns [B, L, H, W, 4] of clip's precision, with L = numLayers: u, v, z/w, face + 1; all 0 where there is no further surface.
 * @throws Error that names a face whose vertex does not exist.
 */
export function rasterizeLoops(clip: Reals, faces: Indices, batch: number, size: ImageSize, options: CoverageOptions = {}): Reals {
  const floats = (options.numLayers ?? 1) * size.height * size.width * 4;
  const raster = realsLike(clip, batch * floats);
  const vertexCount = clip.length / 4 / batch;
  checkFaces(faces, vertexCount);
  for (let b = 0; b < batch; b++) {
    const image = raster.subarray(b * floats, (b + 1) * floats);
    const vertices = clip.subarray(b * vertexCount * 4, (b + 1) * vertexCount * 4);
    for (let face = 0; face < faces.length / 3; face++) rasterizeFace(image, vertices, faces, face, size, options);
  }
  return raster;
}

/** Moves the samples of a pixel from layer `o` on one layer back; the last one is lost. `layer` is a layer's length. */
function moveBack(image: Reals, o: number, layer: number): void {
  let last = o;
  while (last + layer < image.length && image[last + 3] !== 0) last += layer;
  for (let to = last; to > o; to -= layer) image.copyWithin(to, to - layer, to - layer + 4);
}

function rasterizeFace(
  image: Reals, vertices: Reals, faces: Indices, face: number, { height, width }: ImageSize, { cullBack = false, sharedEdges = false }: CoverageOptions,
): void {
  const [i0, i1, i2] = [4 * faces[3 * face], 4 * faces[3 * face + 1], 4 * faces[3 * face + 2]];
  const [x0, y0, z0, w0] = [vertices[i0], vertices[i0 + 1], vertices[i0 + 2], vertices[i0 + 3]];
  const [x1, y1, z1, w1] = [vertices[i1], vertices[i1 + 1], vertices[i1 + 2], vertices[i1 + 3]];
  const [x2, y2, z2, w2] = [vertices[i2], vertices[i2 + 1], vertices[i2 + 2], vertices[i2 + 3]];
  // D = det[x, y, w]: its sign is the winding that the viewer sees, also where some w are negative.
  const determinant = x0 * (y1 * w2 - y2 * w1) + x1 * (y2 * w0 - y0 * w2) + x2 * (y0 * w1 - y1 * w0);
  if (!(Math.abs(determinant) > 0) || !Number.isFinite(determinant) || (cullBack && determinant < 0)) return;
  const s = sign(determinant);
  // An edge owns the pixel centres exactly on it if it points lexicographically up; its other face has it pointing down.
  const owns = (gx: number, gy: number) => sharedEdges || s * gx > 0 || (gx === 0 && s * gy > 0);
  const owns0 = owns(y1 * w2 - y2 * w1, x2 * w1 - x1 * w2) ? 0 : Number.MIN_VALUE;
  const owns1 = owns(y2 * w0 - y0 * w2, x0 * w2 - x2 * w0) ? 0 : Number.MIN_VALUE;
  const owns2 = owns(y0 * w1 - y1 * w0, x1 * w0 - x0 * w1) ? 0 : Number.MIN_VALUE;

  let [left, right] = [0, width - 1];
  let [top, bottom] = [0, height - 1];
  if (w0 > 0 && w1 > 0 && w2 > 0) {
    const column = (x: number, w: number) => (x / w + 1) * width / 2;
    const row = (y: number, w: number) => (1 - y / w) * height / 2;
    const columns = [column(x0, w0), column(x1, w1), column(x2, w2)];
    const rows = [row(y0, w0), row(y1, w1), row(y2, w2)];
    [left, right] = pixelRange(Math.min(...columns), Math.max(...columns), width);
    [top, bottom] = pixelRange(Math.min(...rows), Math.max(...rows), height);
  } else if (w0 <= 0 && w1 <= 0 && w2 <= 0) return;

  const rounded = realsLike(image, 1);
  const layer = 4 * height * width;
  for (let j = top; j <= bottom; j++) {
    const fy = 1 - (2 * j + 1) / height;
    const [py0, py1, py2] = [y0 - fy * w0, y1 - fy * w1, y2 - fy * w2];
    for (let i = left; i <= right; i++) {
      const fx = (2 * i + 1) / width - 1;
      const [px0, px1, px2] = [x0 - fx * w0, x1 - fx * w1, x2 - fx * w2];
      const a0 = s * (px1 * py2 - px2 * py1);
      const a1 = s * (px2 * py0 - px0 * py2);
      const a2 = s * (px0 * py1 - px1 * py0);
      if (a0 < owns0 || a1 < owns1 || a2 < owns2) continue;
      const area = a0 + a1 + a2;
      // Compared as stored, so that surfaces equal in the raster's precision tie (and the lower id wins).
      rounded[0] = (z0 * a0 + z1 * a1 + z2 * a2) / (s * determinant);
      const depth = rounded[0];
      let o = 4 * (j * width + i);
      if (!(depth >= -1 && depth <= 1) || !(area > 0)) continue;
      while (o < image.length && image[o + 3] !== 0 && depth >= image[o + 2]) o += layer;
      if (o >= image.length) continue;
      if (image[o + 3] !== 0) moveBack(image, o, layer);
      image[o] = a0 / area;
      image[o + 1] = a1 / area;
      image[o + 2] = depth;
      image[o + 3] = face + 1;
    }
  }
}

registerCpuKernel(RASTERIZE, ['clipVertices', 'faces'], ({ clipVertices, faces }, { cullBack, ...size }: RasterizeAttrs) => {
  const batch = clipVertices.shape[0];
  return { shape: [batch, size.height, size.width, 4], values: rasterizeLoops(clipVertices.reals, faces.indices, batch, size, { cullBack }) };
});
