import { decimate, type Decimation, type DecimationOptions } from './decimate';
import { SceneError } from './errors';
import type { Mesh } from './mesh';

/**
 * Coarser and coarser meshes, each decimated from the one before: for networks that pool several times.
 * @param mesh positions [V, 3], faces [F, 3].
 * @param targets vertices of each level, falling.
 * @param options as for `decimate`.
 * @returns a level for each target; its `parents` and `pooling` lead from the level before, the first from `mesh`.
 * @throws SceneError 'malformed' where the targets do not fall, and as `decimate` does.
 * @example
 * ```ts
 * const positions = Float32Array.from([0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0, 1, 1, 0]);
 * const faces = Uint32Array.from([0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4]);
 * const levels = geometry.representation.mesh.decimationHierarchy({ positions, faces }, [4, 3]);
 * levels.map(({ parents }) => parents.length); // → [5, 4]
 * levels.map(({ mesh }) => mesh.positions.length / 3); // → [4, 3]
 * ```
 */
export function decimationHierarchy(
  mesh: Pick<Mesh, 'positions' | 'faces'> & { readonly name?: string }, targets: readonly number[], options: DecimationOptions = {},
): readonly Decimation[] {
  const bad = targets.findIndex((target, level) => level > 0 && !(target < targets[level - 1]));
  if (bad >= 0) throw new SceneError(`targets must fall, but ${targets[bad]} follows ${targets[bad - 1]}`, { code: 'malformed', place: `level ${bad}` });
  const levels: Decimation[] = [];
  for (const target of targets) levels.push(decimate(levels.at(-1)?.mesh ?? mesh, target, options));
  return levels;
}
