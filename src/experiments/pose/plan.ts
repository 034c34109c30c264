import type { PosePhase } from './protocol';
import type { PoseSettings } from './settings';

/** One part of a recovery. `level` counts image sizes from the smallest. */
export type Stage =
  /** Renders and scores the queued hypotheses, `chunk` a step. */
  | { readonly kind: 'score'; readonly phase: PosePhase; readonly level: number; readonly chunk: number; readonly escape?: number }
  /** Follows the gradient from the best `count`. */
  | {
    readonly kind: 'refine'; readonly phase: PosePhase; readonly level: number; readonly count: number; readonly iterations: number;
    /** Factors on the learning rate at the first and the last step. */
    readonly from: number; readonly to: number;
    readonly escape?: number;
  }
  /** Gauss–Newton on the best `count`. */
  | {
    readonly kind: 'newton'; readonly phase: PosePhase; readonly level: number; readonly count: number; readonly iterations: number;
    /** Length of the differences at the first and the last step, in pixels of motion. */
    readonly from: number; readonly to: number;
    readonly escape?: number;
  };

/** Image sizes of a run, ascending: 32², a middle one, and the resolution asked for. */
export function levelSizes(resolution: PoseSettings['resolution']): number[] {
  if (resolution === 64) return [32, 64];
  if (resolution === 96) return [32, 48, 96];
  return [32, 64, resolution];
}

/** Hypotheses rendered in one step of the search. */
const CHUNK = 32;

/**
 * Search, refinement of the best few, jumps out of wrong basins as long as the images do not agree, and a polish at full size.
 * Stages with `escape` n belong to the n-th round of jumps and are skipped once the images agree.
 */
export function makePlan(settings: PoseSettings): Stage[] {
  const sizes = levelSizes(settings.resolution);
  const top = sizes.length - 1;
  const { refined } = settings;
  const rounds = [1, 2, 3];
  return [
    { kind: 'score', phase: 'search', level: 0, chunk: CHUNK },
    { kind: 'refine', phase: 'refine', level: 0, count: refined, iterations: 30, from: 1, to: 0.2 },
    ...rounds.flatMap((escape): Stage[] => [
      { kind: 'score', phase: 'escape', level: 0, chunk: CHUNK, escape },
      { kind: 'refine', phase: 'escape', level: 0, count: refined, iterations: 30, from: 1, to: 0.2, escape },
    ]),
    ...(top > 1 ? [{ kind: 'newton', phase: 'refine', level: 1, count: Math.min(4, refined), iterations: 5, from: 3, to: 1.5 } as const] : []),
    { kind: 'newton', phase: 'polish', level: top, count: 1, iterations: 6, from: 2, to: 1 },
  ];
}
