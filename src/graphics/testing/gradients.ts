import * as tf from '../tf';

/** Central differences of a function of plain numbers, in float64. */
export function numericGradient(f: (x: Float64Array) => number, x: Float64Array, step = 1e-6): Float64Array {
  return Float64Array.from(x, (value, i) => {
    const moved = Float64Array.from(x);
    moved[i] = value + step;
    const plus = f(moved);
    moved[i] = value - step;
    return (plus - f(moved)) / (2 * step);
  });
}

/** Largest difference, relative to the largest expected value. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [worst, scale] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]);
    if (!(difference <= worst)) worst = difference;
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return worst / Math.max(scale, Number.MIN_VALUE);
}

export interface GradientCheck {
  readonly analytic: Float32Array;
  readonly numeric: Float64Array;
  readonly relativeError: number;
}

/** Compares tf.grad of a scalar function with central differences in float32: expect errors of about 1e-3 to 1e-2. */
export function checkGradient(f: (x: tf.Tensor) => tf.Tensor, shape: readonly number[], values: readonly number[], step = 1e-2): GradientCheck {
  const upload = (x: ArrayLike<number>) => tf.tensor(Float32Array.from(x), [...shape]);
  const evaluate = (x: ArrayLike<number>) => {
    const value = tf.tidy(() => f(upload(x)));
    const [number] = value.dataSync();
    value.dispose();
    return number;
  };
  const gradient = tf.tidy(() => tf.grad((t) => f(t))(upload(values)));
  const analytic = gradient.dataSync() as Float32Array;
  gradient.dispose();
  const numeric = numericGradient(evaluate, Float64Array.from(values), step);
  return { analytic, numeric, relativeError: relativeError(analytic, numeric) };
}

/** A fixed, seedless set of weights that treats no output like another: sin(0.7 (i + 1)). */
export const probeWeights = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => Math.sin(0.7 * (i + 1)));

/** Σ weights · values, as a scalar tensor. */
export const probe = (t: tf.Tensor): tf.Tensor => tf.sum(tf.mul(t, tf.tensor(Float32Array.from(probeWeights(t.size)), t.shape)));
