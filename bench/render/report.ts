import { short } from '../numberText';
import type { RenderCase } from './cases';
import type { Measured } from './interleave';

export type Way = 'threeRead' | 'threeWait' | 'forwardRead' | 'forward' | 'pose' | 'vertices';

/** What was found of one case: times, or why there are none. */
export interface RenderTrial extends RenderCase {
  readonly skipped?: string;
  /** Milliseconds for the whole batch, with all trials. */
  readonly milliseconds?: Readonly<Record<Way, Measured>>;
  readonly ratios?: Ratios;
}

/** How many times as long as three.js, by medians. */
export interface Ratios {
  /** Forward with its images read back, against three.js with its images read back. */
  readonly forwardRead: number;
  /** Both only finished, nothing but one value read. */
  readonly forward: number;
  /** Forward and backward to pose or vertices, against three.js drawing and reading back. */
  readonly pose: number;
  readonly vertices: number;
}

export function ratiosOf(ms: Readonly<Record<Way, Measured>>): Ratios {
  return {
    forwardRead: ms.forwardRead.median / ms.threeRead.median,
    forward: ms.forward.median / ms.threeWait.median,
    pose: ms.pose.median / ms.threeRead.median,
    vertices: ms.vertices.median / ms.threeRead.median,
  };
}

/** What the renderer should reach at 256² and 10k faces. */
const GOAL = { size: 256, faces: 10_000, forward: 3, backward: 10 };

export function summarize(trials: readonly RenderTrial[]): Readonly<Record<string, unknown>> {
  const goals = trials.filter(({ size, faces, ratios }) => size === GOAL.size && faces === GOAL.faces && ratios).map(({ batch, ratios }) => ({
    batch, ...ratios,
    forwardReached: ratios !== undefined && ratios.forwardRead <= GOAL.forward,
    backwardReached: ratios !== undefined && Math.max(ratios.pose, ratios.vertices) <= GOAL.backward,
  }));
  return { measured: trials.filter(({ ratios }) => ratios).length, skipped: trials.filter(({ skipped }) => skipped).length, goal: GOAL, atGoal: goals };
}

const HEADING = ['size', 'faces', 'batch', 'three+read ms', 'forward+read ms', '×', 'three ms', 'forward ms', '×', 'to pose ms', '×', 'to vertices ms', '×', ''];

export function tableRow({ size, faces, batch, milliseconds: ms, ratios, skipped }: RenderTrial): string[] {
  const row = [`${size}`, `${faces}`, `${batch}`];
  if (!ms || !ratios) return [...row, ...new Array<string>(10).fill(''), skipped ?? ''];
  const figures = [
    ms.threeRead.median, ms.forwardRead.median, ratios.forwardRead, ms.threeWait.median, ms.forward.median, ratios.forward,
    ms.pose.median, ratios.pose, ms.vertices.median, ratios.vertices,
  ];
  return [...row, ...figures.map(short), ''];
}

export const reportTable = (trials: readonly RenderTrial[]): string[][] => [HEADING, ...trials.map(tableRow)];
