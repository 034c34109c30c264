import type { Indices, Reals } from '../cpuKernel';

/** Edges that reach behind this w (a camera plane's neighbourhood) are not antialiased: their projection is no segment. */
const MIN_W = 1e-6;
/** Crossings this far (in pixels) outside the span between two centres still count, clamped: it covers rounding. */
const SLACK = 1 / 16;

/** Least extent (pixels) of an edge across the pair in the gradient, so that an edge seen end-on does not explode. */
export const MIN_EXTENT = 1e-3;

/** One blend of two neighbouring pixels: the pixel written receives alpha·(C1 − C0). */
export interface SilhouettePair {
  /** Flat indices over [B, H, W]: left or upper, right or lower. */
  pixel0: number;
  pixel1: number;
  /** The one of them whose triangle's edge it is. */
  owner: number;
  /** In [−½, ½]: positive writes pixel 0, else pixel 1. */
  alpha: number;
  /** The crossing was clamped: the blend does not depend on the vertices there. */
  clamped: boolean;
  horizontal: boolean;
  /** Flat offsets of the edge's ends in [B, V, 4]. */
  end1: number;
  end2: number;
  /** The ends relative to the owner's centre in pixels: along the pair's axis (right or down), and across it. */
  along1: number; across1: number;
  along2: number; across2: number;
}

export interface AntialiasDims { readonly batch: number; readonly height: number; readonly width: number; readonly vertexCount: number }

/** Finds every pixel pair that an antialiased silhouette crosses (kernels' README) and calls `visit`; the pair object is reused. */
export function forEachSilhouettePair(
  raster: Reals, clip: Reals, faces: Indices, opposites: Indices, dims: AntialiasDims, visit: (pair: Readonly<SilhouettePair>) => void,
): void {
  const { batch, height, width } = dims;
  const pair: SilhouettePair = {
    pixel0: 0, pixel1: 0, owner: 0, alpha: 0, clamped: false, horizontal: true, end1: 0, end2: 0, along1: 0, across1: 0, along2: 0, across2: 0,
  };
  const consider = (pixel0: number, pixel1: number, horizontal: boolean) => {
    if (raster[4 * pixel0 + 3] === raster[4 * pixel1 + 3]) return;
    if (findCrossing(pair, pixel0, pixel1, horizontal, raster, clip, faces, opposites, dims)) visit(pair);
  };
  for (let b = 0; b < batch; b++) {
    for (let j = 0; j < height; j++) {
      for (let i = 0; i < width; i++) {
        const pixel = (b * height + j) * width + i;
        if (i + 1 < width) consider(pixel, pixel + 1, true);
        if (j + 1 < height) consider(pixel, pixel + width, false);
      }
    }
  }
}

/** Writes the pair's blend into `pair`; false if no silhouette of the owner's triangle crosses between the centres. */
function findCrossing(
  pair: SilhouettePair, pixel0: number, pixel1: number, horizontal: boolean,
  raster: Reals, clip: Reals, faces: Indices, opposites: Indices, { height, width, vertexCount }: AntialiasDims,
): boolean {
  const [id0, id1] = [raster[4 * pixel0 + 3], raster[4 * pixel1 + 3]];
  const firstOwns = id1 === 0 || (id0 !== 0 && raster[4 * pixel0 + 2] <= raster[4 * pixel1 + 2]);
  const owner = firstOwns ? pixel0 : pixel1;
  const face = (firstOwns ? id0 : id1) - 1;
  const s = firstOwns ? 1 : -1;
  const base = 4 * vertexCount * Math.floor(owner / (height * width));
  const centreX = (owner % width) + 0.5;
  const centreY = (Math.floor(owner / width) % height) + 0.5;

  let best = -Infinity;
  for (let k = 0; k < 3; k++) {
    const end1 = base + 4 * faces[3 * face + ((k + 1) % 3)];
    const end2 = base + 4 * faces[3 * face + ((k + 2) % 3)];
    if (!(clip[end1 + 3] >= MIN_W && clip[end2 + 3] >= MIN_W)) continue;
    const x1 = (clip[end1] / clip[end1 + 3] + 1) * width / 2 - centreX;
    const x2 = (clip[end2] / clip[end2 + 3] + 1) * width / 2 - centreX;
    const y1 = (1 - clip[end1 + 1] / clip[end1 + 3]) * height / 2 - centreY;
    const y2 = (1 - clip[end2 + 1] / clip[end2 + 3]) * height / 2 - centreY;
    const [along1, across1, along2, across2] = horizontal ? [x1, y1, x2, y2] : [y1, x1, y2, x2];
    if (across1 < 0 === across2 < 0) continue;
    const [da, dc] = [Math.abs(along2 - along1), Math.abs(across2 - across1)];
    if (horizontal ? dc < da : dc <= da) continue;
    const distance = s * (along1 * across2 - along2 * across1) / (across2 - across1);
    if (!(distance > best)) continue;
    if (!isSilhouette(clip, end1, end2, base + 4 * faces[3 * face + k], opposites[3 * face + k], base)) continue;
    best = distance;
    Object.assign(pair, { end1, end2, along1, across1, along2, across2 });
  }
  if (!(best > -SLACK && best < 1 + SLACK)) return false;
  const clampedDistance = Math.min(1, Math.max(0, best));
  pair.pixel0 = pixel0;
  pair.pixel1 = pixel1;
  pair.owner = owner;
  pair.horizontal = horizontal;
  pair.alpha = s * (0.5 - clampedDistance);
  pair.clamped = best <= 0 || best >= 1;
  return true;
}

/** True if nothing continues the surface beyond the edge as seen: an open edge, or a neighbour that folds back under it. */
function isSilhouette(clip: Reals, end1: number, end2: number, apex: number, opposite: number, base: number): boolean {
  if (opposite < 0) return true;
  // The edge's line in homogeneous (x, y, w): its sign tells the side, also for points behind the camera.
  const lx = clip[end1 + 1] * clip[end2 + 3] - clip[end2 + 1] * clip[end1 + 3];
  const ly = clip[end1 + 3] * clip[end2] - clip[end2 + 3] * clip[end1];
  const lw = clip[end1] * clip[end2 + 1] - clip[end2] * clip[end1 + 1];
  const side = (o: number) => lx * clip[o] + ly * clip[o + 1] + lw * clip[o + 3];
  return side(apex) * side(base + 4 * opposite) >= 0;
}
