import { solveSmallest } from '../../math/optimizer/leastSquares';

/** The camera's control points are Σ β_v · vector_v, and their distances are those of the object's control points. */
export interface BetaProblem {
  /** Each [3 · controls]: null vectors of the projections' equations, the best first. */
  readonly vectors: readonly Float64Array[];
  /** Each [3], in the object's frame. */
  readonly controls: readonly (readonly number[])[];
}

const GAUSS_NEWTON_STEPS = 10;

/** For each pair of control points: each vector's difference there [n][3], and the squared distance that must result. */
function distances({ vectors, controls }: BetaProblem, n: number): { readonly differences: number[][]; readonly squared: number }[] {
  const pairs = controls.flatMap((_, i) => controls.slice(0, i).map((_other, j) => [i, j]));
  return pairs.map(([i, j]) => ({
    differences: vectors.slice(0, n).map((vector) => [0, 1, 2].map((k) => vector[3 * i + k] - vector[3 * j + k])),
    squared: controls[i].reduce((sum, x, k) => sum + (x - controls[j][k]) ** 2, 0),
  }));
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);

/** The products β_a β_b that the distances are linear in. With four vectors there are too many: only those with the first are kept. */
function products(n: number, equations: number): [number, number][] {
  const all = Array.from({ length: n }, (_, a) => Array.from({ length: n - a }, (_entry, b): [number, number] => [a, a + b])).flat();
  return all.length <= equations ? all : all.filter(([a]) => a === 0);
}

/**
 * The weights of the first n null vectors for which the control points keep their distances: the distances' linear equations in products
 * of weights, then Gauss–Newton. The sign of all is left open.
 */
export function betasFor(problem: BetaProblem, n: number): number[] {
  const equations = distances(problem, n);
  const terms = products(n, equations.length);
  const rows = equations.map(({ differences }) => terms.map(([a, b]) => (a === b ? 1 : 2) * dot(differences[a], differences[b])));
  const solved = solveSmallest(rows.flat(), equations.map(({ squared }) => squared), terms.length);
  const product = (a: number, b: number): number => solved[terms.findIndex(([p, q]) => p === a && q === b)] ?? 0;
  const first = Math.sqrt(Math.abs(product(0, 0)));
  // The others from their products with the first, whose sign is free; where it is 0 they have none.
  const betas = Array.from({ length: n }, (_, a) => (a === 0 ? first : first > 0 ? product(0, a) / first : 0));
  return polish(equations, betas);
}

function polish(equations: ReturnType<typeof distances>, start: readonly number[]): number[] {
  const residualsOf = (betas: readonly number[]) => equations.map(({ differences, squared }) => {
    const edge = [0, 1, 2].map((k) => betas.reduce((sum, beta, v) => sum + beta * differences[v][k], 0));
    return { residual: squared - dot(edge, edge), row: differences.map((difference) => 2 * dot(edge, difference)) };
  });
  const cost = (betas: readonly number[]) => residualsOf(betas).reduce((sum, { residual }) => sum + residual ** 2, 0);
  let betas = [...start];
  for (let step = 0; step < GAUSS_NEWTON_STEPS; step++) {
    const linear = residualsOf(betas);
    const change = solveSmallest(linear.flatMap(({ row }) => row), linear.map(({ residual }) => residual), betas.length);
    const next = betas.map((beta, v) => beta + change[v]);
    if (!(cost(next) < cost(betas))) break;
    betas = next;
  }
  return betas;
}
