import { createRandom, type Random } from '../../../scene/random';

/** Enough for points to settle to four digits; between neighbours the energy bends so that longer steps would overshoot. */
const [STEPS, STEP, LONGEST_MOVE] = [600, 0.05, 0.1];

/** Two points at the same place push as if they were this far apart. */
const LEAST_SQUARED_DISTANCE = 1e-6;

const lengthOf = (vector: ArrayLike<number>): number => Math.sqrt(Array.from(vector).reduce((sum, x) => sum + x * x, 0));

/** Uniform in the unit ball; drawn by rejection, without functions that differ from one machine to the next. */
function pointInBall(random: Random, dimension: number): number[] {
  for (;;) {
    const point = Array.from({ length: dimension }, () => 2 * random.uniform() - 1);
    if (lengthOf(point) <= 1) return point;
  }
}

/** Moves every point [K, D] but the first down the energy Σ|p|² + Σ 1/|p − q|. */
function descend(points: Float64Array, dimension: number): void {
  const forces = points.map((x) => -2 * x);
  for (let p = 0; p < points.length; p += dimension) {
    for (let q = 0; q < points.length; q += dimension) {
      if (p === q) continue;
      let squared = 0;
      for (let d = 0; d < dimension; d++) squared += (points[p + d] - points[q + d]) * (points[p + d] - points[q + d]);
      squared = Math.max(squared, LEAST_SQUARED_DISTANCE);
      const push = 1 / (squared * Math.sqrt(squared));
      for (let d = 0; d < dimension; d++) forces[p + d] += (points[p + d] - points[q + d]) * push;
    }
  }
  for (let p = dimension; p < points.length; p += dimension) {
    const move = STEP * lengthOf(forces.subarray(p, p + dimension));
    const scale = move > LONGEST_MOVE ? (STEP * LONGEST_MOVE) / move : STEP;
    for (let d = 0; d < dimension; d++) points[p + d] += forces[p + d] * scale;
  }
}

/**
 * Where the points of a kernel sit: the first at the centre, the others repelling each other (1/distance) and drawn to the centre (distance²), then scaled so
 * that their mean distance from it is `radius`. Thomas et al., "KPConv", ICCV 2019, supplementary material, section B; the result is our own. The same seed
 * gives the same bits everywhere: only sums, products, quotients and square roots are taken.
 *
 * @param count K, with the one at the centre.
 * @param radius mean distance of the others.
 * @param options.dimension D. @param options.seed of where the descent begins, which turns the whole arrangement.
 * @returns [K, D]
 * @throws Error for a count that is no positive whole number.
 * @example
 * ```ts
 * // Four around one make a tetrahedron: its corners are √(8/3) radii apart.
 * const points = tf.tensor2d(nn.layer.kpConv.kernelPointPositions(5, 1), [5, 3]);
 * tf.norm(tf.sub(tf.slice(points, 1, 1), tf.slice(points, 2, 1))); // → 1.633
 * tf.slice(points, 0, 1); // → [[0, 0, 0]]
 * ```
 */
export function kernelPointPositions(count: number, radius: number, { dimension = 3, seed = 1 } = {}): Float32Array {
  if (!(Number.isInteger(count) && count > 0)) throw new Error(`the number of kernel points must be a positive whole number, not ${count}`);
  const random = createRandom(seed);
  const points = Float64Array.from(Array.from({ length: count }, (_, k) => (k === 0 ? new Array<number>(dimension).fill(0) : pointInBall(random, dimension))).flat());
  for (let step = 0; step < STEPS; step++) descend(points, dimension);
  let sum = 0;
  for (let p = dimension; p < points.length; p += dimension) sum += lengthOf(points.subarray(p, p + dimension));
  const scale = count > 1 ? (radius * (count - 1)) / sum : 1;
  return Float32Array.from(points, (x) => x * scale);
}
