import type { Mesh } from '../../src/scene/mesh';
import { torusMesh } from '../../src/scene/primitives';

/** One line of the bench: square images of `size` pixels a side, of a mesh of about `faces` triangles, in `batch` poses. */
export interface RenderCase {
  readonly size: number;
  readonly faces: number;
  readonly batch: number;
}

/** Every combination, cheap ones first. */
export function allCases(sizes: readonly number[], faces: readonly number[], batches: readonly number[]): RenderCase[] {
  const cases = sizes.flatMap((size) => faces.flatMap((count) => batches.map((batch) => ({ size, faces: count, batch }))));
  return cases.sort((a, b) => workingBytes(a) - workingBytes(b));
}

/** Image-sized float tensors alive at once when gradients are taken: raster, colours, their gradients, and their textures' other layouts. */
const LIVE_IMAGES = 10;
/** Vertex-sized ones: positions, clip positions, colours, and the gradient of each. */
const LIVE_VERTEX_TENSORS = 8;
const FOUR_FLOATS = 16;

/** About how much GPU memory a case takes with its gradients. */
export function workingBytes({ size, faces, batch }: RenderCase): number {
  const vertices = faces / 2;
  return batch * FOUR_FLOATS * (LIVE_IMAGES * size * size + LIVE_VERTEX_TENSORS * vertices);
}

/** Why a case is left out, or undefined. */
export function refuseCase(entry: RenderCase, { budgetBytes, maxTextureSize }: { budgetBytes: number; maxTextureSize: number }): string | undefined {
  const mebi = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;
  if (workingBytes(entry) > budgetBytes) return `needs about ${mebi(workingBytes(entry))} of GPU memory, the budget is ${mebi(budgetBytes)}`;
  if (entry.size > maxTextureSize) return `textures reach ${maxTextureSize} pixels here`;
  return undefined;
}

/** A torus with about that many triangles, twice as many around as across. */
export function torusOfFaces(faces: number): Mesh {
  const across = Math.max(3, Math.round(Math.sqrt(faces / 4)));
  return torusMesh(0.75, 0.3, Math.max(3, Math.round(faces / (2 * across))), across);
}
