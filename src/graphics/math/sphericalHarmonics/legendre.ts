import { assertInRange } from '../../assertions';
import { asFloat } from '../../asFloat';
import { safeRoot } from '../safe';
import { byPrecision } from '../precision';
import { broadcastBatches } from '../../shape';
import * as tf from '../../tf';

// Associated Legendre polynomials with the Condon–Shortley phase (−1)^m, by the recurrences
//   P_k^k = −(2k − 1) s P_{k−1}^{k−1},  (l − m) P_l^m = (2l − 1) x P_{l−1}^m − (l + m − 1) P_{l−2}^m,  s = √(1 − x²).
// Degree and order are constants: the gradient goes to x.

/** Degrees l and orders m as numbers, and their common shape. */
export interface Bands { readonly shape: readonly number[]; readonly l: ArrayLike<number>; readonly m: ArrayLike<number> }

/** Reads degrees and orders back from the device, broadcast to one shape. */
export function readBands(degreeL: tf.Tensor, orderM: tf.Tensor): Bands {
  const shape = broadcastBatches(['degreeL', degreeL, 0], ['orderM', orderM, 0]);
  const read = (tensor: tf.Tensor) => {
    const broadcast = tf.broadcastTo(tensor, shape);
    const values = broadcast.dataSync();
    if (broadcast !== tensor) broadcast.dispose();
    return values;
  };
  const [l, m] = [read(degreeL), read(orderM)];
  l.forEach((degree, i) => {
    if (degree < 0) throw new Error(`degreeL must be at least 0, but element ${i} is ${degree}`);
    if (Math.abs(m[i]) > degree) throw new Error(`orderM must lie between -degreeL and degreeL, but element ${i} is ${m[i]} at degree ${degree}`);
  });
  return { shape, l, m };
}

/** A factor on each polynomial, by its degree and order ≥ 0; carried through the recurrences, so that high degrees stay in range. */
export type Scale = (l: number, m: number) => number;

/**
 * scale(l, |m|) · P_l^|m|(x).
 * @param x [*], broadcast with the bands' shape.
 * @param sine √(1 − x²), of x's shape; given by itself because it may be known better, and differentiable where the root is not.
 */
export function scaledLegendre({ shape, l, m }: Bands, x: tf.Tensor, sine: tf.Tensor, scale: Scale): tf.Tensor {
  const orders = Array.from(m, Math.abs);
  const constant = (value: (degree: number, order: number) => number) =>
    tf.tensor(Float32Array.from(orders, (order, i) => value(l[i], order)), [...shape]);
  const [mostOrders, mostSteps] = [Math.max(0, ...orders), Math.max(0, ...orders.map((order, i) => l[i] - order))];

  // P_m^m: elements of lower order than k have it already.
  let current = tf.add(constant(() => scale(0, 0)), tf.zerosLike(x));
  for (let k = 1; k <= mostOrders; k++) {
    const factor = constant((_, order) => (order < k ? 0 : (-(2 * k - 1) * scale(k, k)) / scale(k - 1, k - 1)));
    const kept = constant((_, order) => (order < k ? 1 : 0));
    current = tf.mul(current, tf.add(tf.mul(factor, sine), kept));
  }
  // Step k takes degree m + k − 1 to m + k: elements of lower degree have arrived.
  let previous = tf.zerosLike(current);
  for (let k = 1; k <= mostSteps; k++) {
    const step = (value: (degree: number, order: number) => number, done: number) =>
      constant((degree, order) => (degree < order + k ? done : value(order + k, order)));
    const along = step((n, order) => ((2 * n - 1) / (n - order)) * (scale(n, order) / scale(n - 1, order)), 0);
    const kept = step(() => 0, 1);
    let next = tf.mul(current, tf.add(tf.mul(along, x), kept));
    if (k > 1) {
      const back = step((n, order) => ((n + order - 1) / (n - order)) * (scale(n, order) / scale(n - 2, order)), 0);
      next = tf.sub(next, tf.mul(back, previous));
    }
    previous = current;
    current = next;
  }
  return current;
}

/** Least 1 − x², below which its root is taken as linear: the derivative of odd orders is infinite at ±1. */
const minSquaredSine = (): number => byPrecision(1e-12, 2 ** -10);

/** P_l^(−m) / P_l^m = (−1)^m (l − m)! / (l + m)! */
function reflection(l: number, m: number): number {
  let ratio = m % 2 === 0 ? 1 : -1;
  for (let k = l - m + 1; k <= l + m; k++) ratio /= k;
  return ratio;
}

/**
 * The associated Legendre polynomial P_l^m(x) with the Condon–Shortley phase. Degrees and orders say what is computed: they are read back,
 * which waits for the device if they were made there.
 * @param degreeL [*], whole numbers ≥ 0.
 * @param orderM [*], whole numbers, |m| ≤ l; negative ones too.
 * @param x [*], in [−1, 1]. All three broadcast.
 * @returns [*]
 * @throws Error for bands that do not exist.
 * @example
 * ```ts
 * // P₂⁰(x) = (3x² − 1) / 2, and P₁¹(x) = −√(1 − x²).
 * const [degree, order] = [tf.tensor1d([2, 1]), tf.tensor1d([0, 1])];
 * math.sphericalHarmonics.evaluateLegendrePolynomial(degree, order, tf.tensor1d([0.5, 0.6])); // → [-0.125, -0.8]
 * ```
 */
export function evaluateLegendrePolynomial(degreeL: tf.Tensor, orderM: tf.Tensor, x: tf.Tensor): tf.Tensor {
  broadcastBatches(['degreeL', degreeL, 0], ['orderM', orderM, 0], ['x', x, 0]);
  const bands = readBands(degreeL, orderM);
  return tf.tidy(() => {
    assertInRange('x', x, -1, 1);
    const cosine = asFloat(x);
    const squared = tf.maximum(tf.sub(1, tf.square(cosine)), 0);
    const sine = safeRoot(squared, minSquaredSine());
    const values = scaledLegendre(bands, cosine, sine, () => 1);
    if (!Array.from(bands.m).some((m) => m < 0)) return values;
    const signs = Float32Array.from(bands.m, (m, i) => (m < 0 ? reflection(bands.l[i], -m) : 1));
    return tf.mul(values, tf.tensor(signs, [...bands.shape]));
  });
}
