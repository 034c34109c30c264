import type { PosePhase } from './protocol';
import type { PoseSettings } from './settings';

/** One part of a recovery. `level` counts image sizes from the smallest. */
export type Stage =
  /** Renders and scores the queued hypotheses, `chunk` a step. */
  | {
    readonly kind: 'score'; readonly phase: PosePhase; readonly level: number; readonly chunk: number;
    readonly escape?: number;
    /** Looks along valleys (valley.ts), not for other basins. */
    readonly valley?: boolean;
  }
  /** Adam down the renderer's own gradient from the best `count`. */
  | {
    readonly kind: 'refine'; readonly phase: PosePhase; readonly level: number; readonly count: number; readonly iterations: number;
    /** Factors on the learning rate at the first and the last step. */
    readonly from: number; readonly to: number;
    readonly escape?: number;
    readonly valley?: boolean;
  }
  /** Gauss–Newton on the best `count`, from central differences of whole renderings. */
  | {
    readonly kind: 'newton'; readonly phase: PosePhase; readonly level: number; readonly count: number; readonly iterations: number;
    /** Length of the differences at the first and the last step, in pixels of motion. */
    readonly from: number; readonly to: number;
    readonly escape?: number;
    readonly valley?: boolean;
  };

/** Image sizes of a run, ascending: 32², a middle one, and the resolution asked for. */
export function levelSizes(resolution: PoseSettings['resolution'], wholePicture = false): number[] {
  // Where the object is a small part of a picture, 32² shows too little of it.
  if (wholePicture && resolution >= 128) return [64, resolution === 192 ? 96 : 128, resolution].filter((size, i, all) => all.indexOf(size) === i);
  if (resolution === 64) return [32, 64];
  if (resolution === 96) return [32, 48, 96];
  return [32, 64, resolution];
}

/** Hypotheses rendered in one step of the search. */
const CHUNK = 32;

/** Rounds of jumps out of wrong basins, at most. */
const ROUNDS = 4;

/**
 * Search; the best few refined coarse to fine, where it shows whether the images agree; jumps out of wrong basins, refined likewise, as long
 * as they do not; a polish of the best at full size.
 *
 * At every size the renderer's gradient leads: Adam takes it as far as its steps reach. Gauss–Newton then closes in from differences of
 * whole renderings, a pixel or two of motion apart: antialiased images jump where an edge passes a pixel's centre, and where triangles are
 * smaller than pixels most silhouette edges go unseen, so that at the very end the gradient of a single view stops short of the best pose.
 * @param levels how many image sizes there are. @param local the pose is roughly known: no jumps.
 * Stages with `escape` n belong to the n-th round of jumps and are skipped once the images agree.
 */
export function makePlan(settings: PoseSettings, levels: number, local: boolean): Stage[] {
  const top = levels - 1;
  const { refined } = settings;
  // At each size: down the renderer's gradient, then Gauss–Newton from differences of renderings.
  const finer = (phase: PosePhase, escape: number | undefined, valley: boolean): Stage[] => {
    const [some, few] = [Math.ceil(refined * (valley ? 0.75 : 0.5)), Math.ceil(refined / 5)];
    return [
      ...(top > 1 ? [
        { kind: 'refine', phase, level: 1, count: some, iterations: 6, from: 0.12, to: 0.02, escape, valley } as const,
        { kind: 'newton', phase, level: 1, count: some, iterations: 4, from: 3, to: 1.5, escape, valley } as const,
      ] : []),
      { kind: 'refine', phase, level: top, count: few, iterations: 5, from: 0.04, to: 0.008, escape, valley },
      { kind: 'newton', phase, level: top, count: few, iterations: 5, from: 2, to: 1, escape, valley },
    ];
  };
  const descend = (phase: PosePhase, escape?: number): Stage[] => [
    { kind: 'refine', phase, level: 0, count: refined, iterations: 24, from: 1, to: 0.25, escape }, ...finer(phase, escape, false),
    ...(local ? [] : [
      { kind: 'score', phase: 'escape', level: Math.min(1, top), chunk: CHUNK, escape: escape ?? 0, valley: true } as const,
      ...finer('escape', escape ?? 0, true),
    ]),
  ];
  return [
    { kind: 'score', phase: 'search', level: 0, chunk: CHUNK },
    ...descend('refine'),
    ...Array.from({ length: local ? 0 : ROUNDS }, (_, round): Stage[] => [
      { kind: 'score', phase: 'escape', level: 0, chunk: CHUNK, escape: round + 1 }, ...descend('escape', round + 1),
    ]).flat(),
    { kind: 'newton', phase: 'polish', level: top, count: 1, iterations: 4, from: 1.5, to: 0.7 },
  ];
}
