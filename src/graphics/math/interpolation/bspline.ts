import { asFloat } from '../../asFloat';
import { assertInRange } from '../../assertions';
import { untaped } from '../../kernels/untaped';
import { checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

// Cardinal B-splines: knots at whole numbers, or on a circle of them. Differentiable in knots, weights and positions.
// Source: de Boor 1978, "A Practical Guide to Splines".

/** Polynomial degrees by name. */
export const Degree = { CONSTANT: 0, LINEAR: 1, QUADRATIC: 2, CUBIC: 3, QUARTIC: 4 } as const;
export type Degree = (typeof Degree)[keyof typeof Degree];

/**
 * The weights of the degree + 1 knots that a position lies among, by de Boor's recurrence.
 * @param position [*], in [0, 1] between two knots.
 * @param degree 0 … 4; see {@link Degree}.
 * @returns [*, degree + 1]
 * @example
 * ```ts
 * // In the middle of a piece of degree 2: 1/8, 6/8, 1/8.
 * const { bspline } = math.interpolation;
 * bspline.cardinalWeights(tf.tensor1d([0.5]), bspline.Degree.QUADRATIC); // → [[0.125, 0.75, 0.125]]
 * ```
 */
export function cardinalWeights(position: tf.Tensor, degree: number): tf.Tensor {
  return tf.tidy(() => {
    const t = asFloat(position);
    let weights: tf.Tensor[] = [tf.onesLike(t)];
    for (let d = 1; d <= degree; d++) {
      const lower = weights;
      weights = Array.from({ length: d + 1 }, (_, k) => {
        const falling = k < d ? tf.mul(tf.sub(k + 1, t), lower[k]) : tf.zerosLike(t);
        const rising = k > 0 ? tf.mul(tf.add(t, d - k), lower[k - 1]) : tf.zerosLike(t);
        return tf.div(tf.add(falling, rising), d);
      });
    }
    return tf.stack(weights, -1);
  });
}

export interface KnotWeights {
  /** [*, degree + 1] */
  readonly weights: tf.Tensor;
  /** [*] int32: the first knot that has a weight; the others follow, on a circle for cyclical splines. */
  readonly shift: tf.Tensor;
}

function checkSpline(numKnots: number, degree: number): void {
  if (!Number.isInteger(degree) || degree < 0 || degree > 4) throw new Error(`Degree should be between 0 and 4, but it is ${degree}.`);
  if (degree >= numKnots) throw new Error(`Degree cannot be >= number of knots, but there are ${numKnots} knots at degree ${degree}.`);
}

/** The weights of the knots near each position, and which knots they are. */
function sparseWeights(positions: tf.Tensor, numKnots: number, degree: number, cyclical: boolean): KnotWeights {
  // The open spline of C knots lives on [0, C − degree]; at its end the last piece is evaluated at 1.
  const end = cyclical ? numKnots : numKnots - degree;
  if (!cyclical) assertInRange('positions', positions, 0, end);
  const lastPiece = end - 1;
  const turn = untaped(() => tf.tidy(() => (cyclical ? tf.mul(tf.floor(tf.div(positions, end)), end) : tf.zerosLike(positions))));
  const place = cyclical ? tf.sub(positions, turn) : tf.clipByValue(positions, 0, end);
  const shift = untaped(() => tf.tidy(() => tf.clipByValue(tf.floor(place), 0, lastPiece)));
  return { weights: cardinalWeights(tf.sub(place, shift), degree), shift: untaped(() => tf.cast(shift, 'int32')) };
}

/** @returns [*, numKnots] */
function denseWeights({ weights, shift }: KnotWeights, numKnots: number, degree: number): tf.Tensor {
  const chosen = untaped(() => tf.tidy(() => {
    const knots = tf.add(tf.expandDims(asFloat(shift), -1), tf.range(0, degree + 1));
    // Knots past the last one begin again; at most once, as there are more knots than a piece has weights.
    const around = tf.sub(knots, tf.mul(numKnots, tf.cast(tf.greaterEqual(knots, numKnots), 'float32')));
    return tf.cast(tf.equal(tf.expandDims(around, -1), tf.range(0, numKnots)), 'float32');
  }));
  return tf.sum(tf.mul(tf.expandDims(weights, -1), chosen), -2);
}

/**
 * How much each knot counts at each position.
 * @param positions [*]: in [0, numKnots − degree] for open splines, beyond which they end; any for cyclical ones.
 * @param numKnots C, of the whole spline.
 * @param degree 0 … 4; see {@link Degree}.
 * @param cyclical joins the last knot to the first.
 * @param options.sparseMode gives only the weights that are not 0, and where they begin.
 * @returns [*, numKnots]; in sparse mode weights [*, degree + 1] and shift [*].
 * @throws Error for a degree that is not in 0 … 4 or below the number of knots.
 * @example
 * ```ts
 * const { bspline } = math.interpolation;
 * bspline.knotWeights(tf.tensor1d([1.5]), 3, bspline.Degree.LINEAR, false); // → [[0, 0.5, 0.5]]
 * bspline.knotWeights(tf.tensor1d([1.5]), 3, bspline.Degree.LINEAR, false, { sparseMode: true }); // → { weights: [[0.5, 0.5]], shift: [1] }
 * ```
 */
export function knotWeights(positions: tf.Tensor, numKnots: number, degree: number, cyclical: boolean, options?: { readonly sparseMode?: false }): tf.Tensor;
export function knotWeights(positions: tf.Tensor, numKnots: number, degree: number, cyclical: boolean, options: { readonly sparseMode: true }): KnotWeights;
export function knotWeights(
  positions: tf.Tensor, numKnots: number, degree: number, cyclical: boolean, { sparseMode = false }: { readonly sparseMode?: boolean } = {},
): tf.Tensor | KnotWeights {
  checkSpline(numKnots, degree);
  return tf.tidy(() => {
    const sparse = sparseWeights(asFloat(positions), numKnots, degree, cyclical);
    return sparseMode ? { weights: sparse.weights, shift: sparse.shift } : denseWeights(sparse, numKnots, degree);
  });
}

/**
 * Weighted sums of knots.
 * @param knots [B1, …, Bk, C]: C knots of each of B1 × … × Bk values.
 * @param weights [A1, …, An, C]
 * @returns [A1, …, An, B1, …, Bk]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const knots = tf.tensor1d([10, 20, 40]);
 * math.interpolation.bspline.interpolateWithWeights(knots, tf.tensor2d([[0.5, 0.5, 0], [0, 0, 1]])); // → [15, 40]
 * ```
 */
export function interpolateWithWeights(knots: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  checkMinimumRank('knots', knots, 1);
  const count = knots.shape[knots.rank - 1];
  checkLastAxis('weights', weights, count);
  return tf.tidy(() => {
    const sums = tf.matMul(tf.reshape(weights, [-1, count]), tf.reshape(asFloat(knots), [-1, count]), false, true);
    return tf.reshape(sums, [...weights.shape.slice(0, -1), ...knots.shape.slice(0, -1)]);
  });
}

/**
 * The spline's values at positions.
 * @param knots [B1, …, Bk, C]: C knots of each of B1 × … × Bk values.
 * @param positions [A1, …, An]: in [0, C − degree] for open splines, any for cyclical ones.
 * @param degree 0 … 4; see {@link Degree}.
 * @param cyclical joins the last knot to the first.
 * @returns [A1, …, An, B1, …, Bk]
 * @throws Error that names the argument, axis and shape; Error for a degree that does not fit.
 * @example
 * ```ts
 * const { bspline } = math.interpolation;
 * bspline.interpolate(tf.tensor1d([0, 10, 40]), tf.tensor1d([0.5, 1.5]), bspline.Degree.LINEAR, false); // → [5, 25]
 * // On a circle, the last knot goes over into the first.
 * bspline.interpolate(tf.tensor1d([0, 10, 40]), tf.tensor1d([2.5]), bspline.Degree.LINEAR, true); // → [20]
 * ```
 */
export function interpolate(knots: tf.Tensor, positions: tf.Tensor, degree: number, cyclical: boolean): tf.Tensor {
  checkMinimumRank('knots', knots, 1);
  return tf.tidy(() => interpolateWithWeights(knots, knotWeights(positions, knots.shape[knots.rank - 1], degree, cyclical)));
}
