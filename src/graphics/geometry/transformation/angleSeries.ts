import { indicator } from '../../math/safe';
import * as tf from '../../tf';

// Functions of squared angles that are smooth at 0, where their formulas are 0/0: each sees only arguments at which it is finite.

/** Squared angles below which short power series are used; their next terms are below float32's precision there. */
export const SMALL_SQUARED_ANGLE = 1e-3;

/** Below this squared angle the quotients that cancel at 0 have lost digits to it, and series of five terms are exact to float32. */
const SERIES_SQUARED_ANGLE = 1;

/** exact(x) where x ≥ `limit`, else series(x); finite with its gradient. */
function bySize(x: tf.Tensor, limit: number, exact: (x: tf.Tensor) => tf.Tensor, series: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const small = indicator(() => tf.less(x, limit));
  const large = tf.sub(1, small);
  return tf.add(tf.mul(large, exact(tf.add(tf.mul(x, large), small))), tf.mul(small, series(tf.mul(x, small))));
}

/** c₀ + c₁ x + c₂ x² + … */
const polynomial = (x: tf.Tensor, coefficients: readonly number[]): tf.Tensor =>
  coefficients.slice(0, -1).reduceRight<tf.Tensor>((sum, c) => tf.add(tf.mul(x, sum), c), tf.scalar(coefficients[coefficients.length - 1]));

/** sin θ / θ as a function of θ². */
export const sinc = (squared: tf.Tensor): tf.Tensor => bySize(
  squared, SMALL_SQUARED_ANGLE, (x) => { const angle = tf.sqrt(x); return tf.div(tf.sin(angle), angle); },
  (x) => polynomial(x, [1, -1 / 6, 1 / 120]),
);

/** sin θ/2 · 2 / θ, squared and halved: (1 − cos θ)/θ² without its cancellation. */
export const versine = (squared: tf.Tensor): tf.Tensor => tf.div(tf.square(sinc(tf.div(squared, 4))), 2);

/** (θ − sin θ)/θ³ as a function of θ². */
export const sineDefect = (squared: tf.Tensor): tf.Tensor => bySize(
  squared, SERIES_SQUARED_ANGLE, (x) => tf.div(tf.sub(1, sinc(x)), x),
  (x) => polynomial(x, [1 / 6, -1 / 120, 1 / 5040, -1 / 362880, 1 / 39916800]),
);

/** (1 − θ/2 · cot θ/2)/θ² as a function of θ², for θ in [0, 2π). */
export const cotangentDefect = (squared: tf.Tensor): tf.Tensor => bySize(
  squared, SERIES_SQUARED_ANGLE,
  (x) => { const half = tf.div(tf.sqrt(x), 2); return tf.div(tf.sub(1, tf.div(tf.mul(half, tf.cos(half)), tf.sin(half))), x); },
  (x) => polynomial(x, [1 / 12, 1 / 720, 1 / 30240, 1 / 1209600, 1 / 47900160]),
);
