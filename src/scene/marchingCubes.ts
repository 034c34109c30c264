import { SceneError } from './errors';
import { findLevelSet, type LevelSetOptions } from './levelSet';
import type { Mesh } from './mesh';

export interface MarchingCubesOptions extends LevelSetOptions {
  /** Where the first value lies; (0, 0, 0) if left out. */
  readonly origin?: readonly [number, number, number];
  /** Distances between neighbouring values along the axes, above 0; 1 if left out. */
  readonly spacing?: readonly [number, number, number];
  /** The mesh's name. */
  readonly name?: string;
}

/**
 * How near to an end of its edge a vertex may lie, as a share of the edge. Where a value equals the level, the vertices of all edges that
 * meet there would fall together, and their faces would have no area; at this distance, float32 keeps them apart in grids of 2¹² cells.
 */
export const NEAREST_SHARE = 2 ** -10;

/** Values closer than this have no slope worth dividing by; its square is still a float32. */
export const SMALLEST_DIFFERENCE = 1e-12;

/**
 * The surface on which a grid of values has a level, by marching cubes. Vertices lie on the grid's edges, by linear interpolation, and are
 * shared by their faces; each edge of the mesh belongs to two faces in opposite directions, except at the grid's border, where the surface
 * is open unless capped. Faces point away from what is inside: to lower values, or with `inside: 'low'` to higher ones. No face is
 * without area: vertices keep 1/1024 of an edge away from its ends. A level that is not met gives a mesh without faces.
 * Source: Lorensen and Cline 1987, "Marching cubes"; ambiguous cells as in Montani, Scateni and Scopigno 1994.
 * @param values [N0, N1, N2], the last axis fastest; axis 0 is x, axis 1 is y, axis 2 is z. Up to 2²⁴.
 * @param shape [N0, N1, N2]
 * @throws SceneError 'malformed', 'too-large', 'not-finite'.
 */
export function marchingCubes(values: ArrayLike<number>, shape: readonly [number, number, number], level: number, options: MarchingCubesOptions = {}): Mesh {
  const { origin, spacing } = checkPlacement(options);
  const { inner, outer, starts, steps, faces } = findLevelSet(values, shape, level, options);
  const positions = starts.map((start, i) => {
    const vertex = Math.floor(i / 3);
    const share = shareOfEdge(values[inner[vertex]], values[outer[vertex]], level);
    return origin[i % 3] + spacing[i % 3] * (start + share * steps[i]);
  });
  return { name: options.name ?? 'level set', positions, faces };
}

/** Where on its edge the level lies, from the inner end. */
function shareOfEdge(inner: number, outer: number, level: number): number {
  const difference = inner - outer;
  if (Math.abs(difference) < SMALLEST_DIFFERENCE) return NEAREST_SHARE;
  return Math.min(1 - NEAREST_SHARE, Math.max(NEAREST_SHARE, (inner - level) / difference));
}

/** The placement with its defaults; refuses one that is not three finite numbers, or a spacing that is not above 0. */
export function checkPlacement(
  { origin = [0, 0, 0], spacing = [1, 1, 1] }: MarchingCubesOptions,
): Required<Pick<MarchingCubesOptions, 'origin' | 'spacing'>> {
  for (const [name, triple] of [['origin', origin], ['spacing', spacing]] as const) {
    if (triple.length !== 3) throw new SceneError(`the ${name} must be three numbers, but it has ${triple.length}`, { code: 'malformed' });
    if (!triple.every(Number.isFinite)) throw new SceneError(`the ${name} must be finite, but it is [${triple.join(', ')}]`, { code: 'not-finite' });
  }
  if (!spacing.every((step) => step > 0)) throw new SceneError(`the spacing must be above 0, but it is [${spacing.join(', ')}]`, { code: 'malformed' });
  return { origin, spacing };
}
