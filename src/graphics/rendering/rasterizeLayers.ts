import type { ImageSize } from '../kernels';

/** One pose of a mesh, and the image into which its samples go. */
interface Drawing {
  /** [V, 4] */ readonly vertices: Float32Array;
  /** [F, 3] */ readonly faces: ArrayLike<number>;
  readonly size: ImageSize;
  readonly cullBack: boolean;
}

export interface LayerOptions {
  readonly numLayers: number;
  /** Leaves out faces that the viewer sees clockwise. */
  readonly cullBack: boolean;
}

/** Called for each pixel centre that a face covers: barycentrics u, v of its corners 0 and 1, and z/w as float32. */
type Visit = (pixel: number, u: number, v: number, depth: number) => void;

/**
 * The nearest `numLayers` surfaces of every pixel, by plain loops in float64: the same on every device, where the kernel `rasterize` follows
 * the GPU's sub-pixel grid and keeps the nearest surface alone. Barycentrics and depth are as in that kernel's contract. As in TensorFlow
 * Graphics, a pixel's centre exactly on an edge belongs to both sides, which are then two layers; equal depths keep the order of the faces.
 *
 * @param clip [B, V, 4]
 * @param faces [F, 3]
 * @returns [B, L, H, W, 4]: u, v, z/w, face + 1; all 0 where there is no further surface.
 * Source: Olano and Greer 1997, "Triangle Scan Conversion using 2D Homogeneous Coordinates".
 */
export function rasterizeLayers(
  clip: Float32Array, faces: ArrayLike<number>, batch: number, size: ImageSize, { numLayers, cullBack }: LayerOptions,
): Float32Array {
  const pixels = size.height * size.width;
  const layers = new Float32Array(batch * numLayers * pixels * 4);
  for (let b = 0; b < batch; b++) {
    const image = layers.subarray(b * numLayers * pixels * 4, (b + 1) * numLayers * pixels * 4);
    const vertices = clip.subarray((b * clip.length) / batch, ((b + 1) * clip.length) / batch);
    for (let face = 0; face < faces.length / 3; face++) {
      forEachSample({ vertices, faces, size, cullBack }, face, (pixel, u, v, depth) => insert(image, pixel, pixels, [u, v, depth, face + 1]));
    }
  }
  return layers;
}

/** Puts a sample in its place by depth; those behind it move one layer back. */
function insert(image: Float32Array, pixel: number, pixels: number, sample: number[]): void {
  let moving = sample;
  for (let o = 4 * pixel; o < image.length; o += 4 * pixels) {
    if (image[o + 3] !== 0 && moving[2] >= image[o + 2]) continue;
    const displaced = Array.from(image.subarray(o, o + 4));
    image.set(moving, o);
    if (displaced[3] === 0) return;
    moving = displaced;
  }
}

/** The range of pixels whose centres can lie between places in pixels; all of them where a corner is not before the eye. */
function pixelRange(places: readonly number[], size: number, bounded: boolean): [number, number] {
  if (!bounded) return [0, size - 1];
  return [Math.max(0, Math.floor(Math.min(...places) - 0.5)), Math.min(size - 1, Math.ceil(Math.max(...places) - 0.5))];
}

function forEachSample({ vertices, faces, size: { height, width }, cullBack }: Drawing, face: number, visit: Visit): void {
  const corners = [0, 1, 2].map((k) => Array.from(vertices.subarray(4 * faces[3 * face + k], 4 * faces[3 * face + k] + 4)));
  const [[x0, y0, z0, w0], [x1, y1, z1, w1], [x2, y2, z2, w2]] = corners;
  const determinant = x0 * (y1 * w2 - y2 * w1) + x1 * (y2 * w0 - y0 * w2) + x2 * (y0 * w1 - y1 * w0);
  if (!Number.isFinite(determinant) || determinant === 0 || (cullBack && determinant < 0) || corners.every(([, , , w]) => w <= 0)) return;
  const s = Math.sign(determinant);
  const bounded = corners.every(([, , , w]) => w > 0);
  const [left, right] = pixelRange(corners.map(([x, , , w]) => ((x / w + 1) * width) / 2), width, bounded);
  const [top, bottom] = pixelRange(corners.map(([, y, , w]) => ((1 - y / w) * height) / 2), height, bounded);
  for (let j = top; j <= bottom; j++) {
    const fy = 1 - (2 * j + 1) / height;
    for (let i = left; i <= right; i++) {
      const fx = (2 * i + 1) / width - 1;
      const [px0, px1, px2] = [x0 - fx * w0, x1 - fx * w1, x2 - fx * w2];
      const [py0, py1, py2] = [y0 - fy * w0, y1 - fy * w1, y2 - fy * w2];
      const [a0, a1, a2] = [s * (px1 * py2 - px2 * py1), s * (px2 * py0 - px0 * py2), s * (px0 * py1 - px1 * py0)];
      const area = a0 + a1 + a2;
      const depth = Math.fround((z0 * a0 + z1 * a1 + z2 * a2) / Math.abs(determinant));
      if (a0 < 0 || a1 < 0 || a2 < 0 || !(area > 0) || !(depth >= -1 && depth <= 1)) continue;
      visit(j * width + i, a0 / area, a1 / area, depth);
    }
  }
}
