import { solve } from './light';
import type { NormalEquations } from './normalEquations';
import { ALL_PARAMETERS } from './objective';

// Some turns hardly show: a teapot's about its axis while the spout points away, once place and light make up for it. Descents stall in
// such valleys, on the small steps that pixels make. From there, one looks along the valley's floor.

/** Along the turn that shows least, and across it, degrees. */
const ALONG = [6, 12, 20, 30];
const ACROSS = [12];

/**
 * Steps of all ten parameters along the valley: turns of several sizes in the direction of least curvature and across it, with place
 * and light following as the normal equations say.
 * @param free which parameters the equations are over; the three turns are.
 */
export function valleySteps({ matrix, right }: NormalEquations, free: readonly boolean[]): number[][] {
  const n = right.length;
  const others = right.map((_, i) => i).filter((i) => i >= 3);
  const at = (i: number, j: number): number => matrix[n * i + j];
  /** How the others follow a turn: −H⁻¹ of their block, on what the turn does to them. */
  const follow = (turn: readonly number[]): number[] => (others.length === 0 ? [] : solve(
    others.map((i) => others.map((j) => at(i, j) * (i === j ? 1 + 1e-6 : 1))),
    others.map((i) => -(at(i, 0) * turn[0] + at(i, 1) * turn[1] + at(i, 2) * turn[2])),
  ));
  const reduced = [0, 1, 2].map((k) => {
    const turn = [0, 1, 2].map((i) => (i === k ? 1 : 0));
    const rest = follow(turn);
    return [0, 1, 2].map((i) => at(i, k) + others.reduce((sum, j, m) => sum + at(i, j) * rest[m], 0));
  });
  const weakest = weakestDirection(reduced);
  const helper = Math.abs(weakest[0]) < 0.7 ? [1, 0, 0] : [0, 1, 0];
  const first = unit(cross(weakest, helper));
  const second = cross(weakest, first);
  const turns = [
    ...ALONG.flatMap((angle) => [scale(weakest, angle), scale(weakest, -angle)]),
    ...ACROSS.flatMap((angle) => [first, second].flatMap((axis) => [scale(axis, angle), scale(axis, -angle)])),
  ];
  return turns.map((turn) => {
    const values = [...turn, ...follow(turn)];
    const step = new Array<number>(ALL_PARAMETERS).fill(0);
    let k = 0;
    free.forEach((f, i) => { if (f) step[i] = values[k++]; });
    return step;
  });
}

/** The eigenvector of a symmetric 3 × 3 matrix with the smallest eigenvalue, by inverse iteration. */
export function weakestDirection(matrix: readonly (readonly number[])[]): number[] {
  const trace = Math.abs(matrix[0][0]) + Math.abs(matrix[1][1]) + Math.abs(matrix[2][2]);
  let v = unit([1, 0.7, 0.4]);
  for (let i = 0; i < 30; i++) {
    v = unit(solve(matrix.map((row, r) => row.map((x, c) => x + (r === c ? 1e-9 * trace + 1e-30 : 0))), [...v]));
  }
  return v;
}

const scale = (v: readonly number[], degrees: number): number[] => v.map((x) => (x * degrees * Math.PI) / 180);
const unit = (v: readonly number[]): number[] => {
  const length = Math.hypot(...v) || 1;
  return v.map((x) => x / length);
};
const cross = (a: readonly number[], b: readonly number[]): number[] =>
  [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
