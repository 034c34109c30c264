/** Ties within this many pixels go to the point nearer to the eye. */
const TIE_PIXELS = 2;

/**
 * The point nearest to a place on the screen, within a radius; −1 where there is none.
 * @param points [N, 3], world. @param matrix world → clip, column-major [16].
 * @param pointer pixels from the upper left corner of a canvas of `size` pixels. @param radius in the same pixels.
 * @param shown points for which it is false are passed over.
 */
export function pickPoint(
  points: Float32Array, matrix: ArrayLike<number>, size: { readonly width: number; readonly height: number },
  pointer: { readonly x: number; readonly y: number }, radius: number, shown: (point: number) => boolean = () => true,
): number {
  let best = -1;
  let bestDistance = radius;
  let bestDepth = Infinity;
  const at = projector(points, matrix, size);
  for (let i = 0; 3 * i < points.length; i++) {
    const { x, y, w } = at(i);
    if (w <= 0 || !shown(i)) continue;
    const distance = Math.hypot(x - pointer.x, y - pointer.y);
    if (distance > radius) continue;
    if (distance < bestDistance - TIE_PIXELS || (distance < bestDistance + TIE_PIXELS && w < bestDepth)) {
      [best, bestDistance, bestDepth] = [i, distance, w];
    }
  }
  return best;
}

/** All points within a radius of a place on the screen, however deep they lie. */
export function pointsWithin(
  points: Float32Array, matrix: ArrayLike<number>, size: { readonly width: number; readonly height: number },
  pointer: { readonly x: number; readonly y: number }, radius: number,
): number[] {
  const at = projector(points, matrix, size);
  return Array.from({ length: points.length / 3 }, (_, i) => i).filter((i) => {
    const { x, y, w } = at(i);
    return w > 0 && Math.hypot(x - pointer.x, y - pointer.y) <= radius;
  });
}

/** Where a point is seen, in pixels from the upper left corner, and its depth w before the eye. */
function projector(points: Float32Array, matrix: ArrayLike<number>, size: { readonly width: number; readonly height: number }) {
  return (i: number) => {
    const [x, y, z] = [points[3 * i], points[3 * i + 1], points[3 * i + 2]];
    const row = (k: number) => matrix[k] * x + matrix[k + 4] * y + matrix[k + 8] * z + matrix[k + 12];
    const w = row(3);
    return { x: (0.5 + (0.5 * row(0)) / w) * size.width, y: (0.5 - (0.5 * row(1)) / w) * size.height, w };
  };
}
