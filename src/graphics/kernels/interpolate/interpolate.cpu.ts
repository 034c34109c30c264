import { realsLike, registerCpuKernel, roundLike, type Indices, type Reals } from '../cpuKernel';
import { INTERPOLATE, INTERPOLATE_GRAD_ATTRIBUTES, INTERPOLATE_GRAD_POSITIONS } from './names';

/** Of [x, y, w] of a triangle's corners: below it the triangle is seen edge-on, and its position gradient is taken as 0. */
const MIN_DETERMINANT = 1e-30;

/** Sizes of one call: B poses of V vertices, attributes for each pose or one set for all, C channels, H × W pixels. */
export interface InterpolateDims {
  readonly batch: number; readonly attributeBatch: number; readonly vertexCount: number;
  readonly channels: number; readonly height: number; readonly width: number;
}

/** Calls `visit` for every pixel that sees a triangle: its flat index over [B, H, W], its pose, the triangle's three vertices. */
function forEachCovered(
  raster: Reals, faces: Indices, dims: InterpolateDims,
  visit: (pixel: number, b: number, v0: number, v1: number, v2: number) => void,
): void {
  const perImage = dims.height * dims.width;
  for (let pixel = 0; pixel < dims.batch * perImage; pixel++) {
    const face = raster[4 * pixel + 3] - 1;
    if (face < 0) continue;
    visit(pixel, Math.floor(pixel / perImage), faces[3 * face], faces[3 * face + 1], faces[3 * face + 2]);
  }
}

/** @returns [B, H, W, C] */
export function interpolateLoops(attributes: Reals, faces: Indices, raster: Reals, dims: InterpolateDims): Reals {
  const { batch, attributeBatch, vertexCount, channels, height, width } = dims;
  const image = realsLike(attributes, batch * height * width * channels);
  forEachCovered(raster, faces, dims, (pixel, b, v0, v1, v2) => {
    const base = (attributeBatch === 1 ? 0 : b) * vertexCount;
    const [u, v] = [raster[4 * pixel], raster[4 * pixel + 1]];
    for (let c = 0; c < channels; c++) {
      const at = (vertex: number) => attributes[(base + vertex) * channels + c];
      image[pixel * channels + c] = u * at(v0) + v * at(v1) + (1 - u - v) * at(v2);
    }
  });
  return image;
}

/** @returns [B or 1, V, C]: what each vertex's attributes receive. */
export function interpolateGradAttributesLoops(dy: Reals, faces: Indices, raster: Reals, dims: InterpolateDims): Reals {
  const { attributeBatch, vertexCount, channels } = dims;
  const sums = new Float64Array(attributeBatch * vertexCount * channels);
  forEachCovered(raster, faces, dims, (pixel, b, v0, v1, v2) => {
    const base = (attributeBatch === 1 ? 0 : b) * vertexCount;
    const [u, v] = [raster[4 * pixel], raster[4 * pixel + 1]];
    for (let c = 0; c < channels; c++) {
      const g = dy[pixel * channels + c];
      sums[(base + v0) * channels + c] += u * g;
      sums[(base + v1) * channels + c] += v * g;
      sums[(base + v2) * channels + c] += (1 - u - v) * g;
    }
  });
  return roundLike(dy, sums);
}

/** @returns [B, V, 4]: what each clip vertex receives through the barycentrics; z is 0. */
export function interpolateGradPositionsLoops(
  dy: Reals, attributes: Reals, clip: Reals, faces: Indices, raster: Reals, dims: InterpolateDims,
): Reals {
  const { batch, attributeBatch, vertexCount, channels, height, width } = dims;
  const sums = new Float64Array(batch * vertexCount * 4);
  forEachCovered(raster, faces, dims, (pixel, b, v0, v1, v2) => {
    const base = (attributeBatch === 1 ? 0 : b) * vertexCount;
    let [du, dv] = [0, 0];
    for (let c = 0; c < channels; c++) {
      const g = dy[pixel * channels + c];
      const a2 = attributes[(base + v2) * channels + c];
      du += g * (attributes[(base + v0) * channels + c] - a2);
      dv += g * (attributes[(base + v1) * channels + c] - a2);
    }
    const fx = (2 * (pixel % width) + 1) / width - 1;
    const fy = 1 - (2 * (Math.floor(pixel / width) % height) + 1) / height;
    const [o0, o1, o2] = [v0, v1, v2].map((vertex) => 4 * (b * vertexCount + vertex));
    const [x0, y0] = [clip[o0] - fx * clip[o0 + 3], clip[o0 + 1] - fy * clip[o0 + 3]];
    const [x1, y1] = [clip[o1] - fx * clip[o1 + 3], clip[o1 + 1] - fy * clip[o1 + 3]];
    const [x2, y2] = [clip[o2] - fx * clip[o2 + 3], clip[o2 + 1] - fy * clip[o2 + 3]];
    const a0 = x1 * y2 - x2 * y1;
    const a1 = x2 * y0 - x0 * y2;
    const area = a0 + a1 + x0 * y1 - x1 * y0;
    // The area times w at the pixel: the same for all pixels, as in the WebGL kernel.
    const determinant = a0 * clip[o0 + 3] + a1 * clip[o1 + 3] + (area - a0 - a1) * clip[o2 + 3];
    if (!(Math.abs(determinant) > MIN_DETERMINANT)) return;
    // u = a0/A and v = a1/A: the quotient rule, then the cross products.
    const shared = (du * a0 + dv * a1) / (area * area);
    const [d0, d1, d2] = [du / area - shared, dv / area - shared, -shared];
    const add = (o: number, dx: number, dyy: number) => {
      sums[o] += dx;
      sums[o + 1] += dyy;
      sums[o + 3] -= fx * dx + fy * dyy;
    };
    add(o0, d2 * y1 - d1 * y2, d1 * x2 - d2 * x1);
    add(o1, d0 * y2 - d2 * y0, d2 * x0 - d0 * x2);
    add(o2, d1 * y0 - d0 * y1, d0 * x1 - d1 * x0);
  });
  return roundLike(dy, sums);
}

const dimsOf = (image: readonly number[], attributeBatch: number, vertexCount: number, channels: number): InterpolateDims =>
  ({ batch: image[0], height: image[1], width: image[2], attributeBatch, vertexCount, channels });

registerCpuKernel(INTERPOLATE, ['attributes', 'faces', 'raster'], ({ attributes, faces, raster }) => {
  const [attributeBatch, vertexCount, channels] = attributes.shape;
  const dims = dimsOf(raster.shape, attributeBatch, vertexCount, channels);
  return { shape: [...raster.shape.slice(0, 3), channels], values: interpolateLoops(attributes.reals, faces.indices, raster.reals, dims) };
});

registerCpuKernel(
  INTERPOLATE_GRAD_ATTRIBUTES, ['dy', 'faces', 'raster'],
  ({ dy, faces, raster }, { batch, vertexCount }: { batch: number; vertexCount: number }) => {
    const dims = dimsOf(raster.shape, batch, vertexCount, dy.shape[3]);
    return { shape: [batch, vertexCount, dy.shape[3]], values: interpolateGradAttributesLoops(dy.reals, faces.indices, raster.reals, dims) };
  },
);

registerCpuKernel(
  INTERPOLATE_GRAD_POSITIONS, ['dy', 'attributes', 'clipVertices', 'faces', 'raster'],
  ({ dy, attributes, clipVertices, faces, raster }) => {
    const [attributeBatch, vertexCount, channels] = attributes.shape;
    const dims = dimsOf(raster.shape, attributeBatch, vertexCount, channels);
    return {
      shape: clipVertices.shape,
      values: interpolateGradPositionsLoops(dy.reals, attributes.reals, clipVertices.reals, faces.indices, raster.reals, dims),
    };
  },
);
