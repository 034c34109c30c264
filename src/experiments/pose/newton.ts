import { solve } from './light';
import type { NormalEquations } from './normalEquations';

/** Levenberg's damping, relative to the diagonal: where it starts, and what it is multiplied with after a step that helped or did not. */
export const FIRST_DAMPING = 1e-2;
export const DAMPING_AFTER_SUCCESS = 0.2;
export const DAMPING_AFTER_FAILURE = 10;

/** Longest step, in radians and their like: beyond it the linear picture means nothing. */
const LONGEST = 0.35;

/**
 * Levenberg–Marquardt's step from normal equations over the free parameters.
 * @returns a step for every parameter, 0 where it is held.
 */
export function dampedStep({ matrix, right }: NormalEquations, damping: number, free: readonly boolean[]): number[] {
  const n = right.length;
  const largest = Math.max(...right.map((_, i) => matrix[n * i + i]));
  const rows = right.map((_, i) => right.map((__, j) => matrix[n * i + j] + (i === j ? damping * matrix[n * i + i] + 1e-9 * largest : 0)));
  const solution = largest > 0 ? solve(rows, right.map((r) => -r)) : right.map(() => 0);
  const length = Math.hypot(...solution.slice(0, 6));
  const scale = length > LONGEST ? LONGEST / length : 1;
  let k = 0;
  return free.map((f) => (f ? solution[k++] * scale : 0));
}
