/** Ties within this many pixels go to the point nearer to the eye. */
const TIE_PIXELS = 2;

/**
 * The point nearest to a place on the screen, within a radius; −1 where there is none.
 * @param points [N, 3], world. @param matrix world → clip, column-major [16].
 * @param pointer pixels from the upper left corner of a canvas of `size` pixels. @param radius in the same pixels.
 */
export function pickPoint(
  points: Float32Array, matrix: ArrayLike<number>, size: { readonly width: number; readonly height: number },
  pointer: { readonly x: number; readonly y: number }, radius: number,
): number {
  let best = -1;
  let bestDistance = radius;
  let bestDepth = Infinity;
  for (let i = 0; 3 * i < points.length; i++) {
    const [x, y, z] = points.subarray(3 * i, 3 * i + 3);
    const row = (k: number) => matrix[k] * x + matrix[k + 4] * y + matrix[k + 8] * z + matrix[k + 12];
    const w = row(3);
    if (w <= 0) continue;
    const distance = Math.hypot((0.5 + (0.5 * row(0)) / w) * size.width - pointer.x, (0.5 - (0.5 * row(1)) / w) * size.height - pointer.y);
    if (distance > radius) continue;
    if (distance < bestDistance - TIE_PIXELS || (distance < bestDistance + TIE_PIXELS && w < bestDepth)) {
      [best, bestDistance, bestDepth] = [i, distance, w];
    }
  }
  return best;
}
