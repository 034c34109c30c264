import { assertNormalized } from '../../assertions';
import { asFloat } from '../../asFloat';
import { untaped } from '../../kernels/untaped';
import { byPrecision } from '../precision';
import { broadcastBatches, checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { indicator, nonzeroSign, safeLength } from '../safe';
import { dot, normalize } from '../vector';

// Spherical linear interpolation: sin((1 − t)θ) / sin θ · v1 + sin(tθ) / sin θ · v2 for the angle θ between v1 and v2.
// Source: Shoemake 1985, "Animating Rotation with Quaternion Curves".

/** What is interpolated: vectors along their arc, or quaternions along the shorter of the arcs between q1 and ±q2. */
export const InterpolationType = { VECTOR: 'VECTOR', QUATERNION: 'QUATERNION' } as const;
export type InterpolationType = (typeof InterpolationType)[keyof typeof InterpolationType];

/** Nearer to 1 than this, the weights are taken from their series in 1 − cos θ, which has no root and so a finite slope at θ = 0. */
const NEARLY_PARALLEL = 1e-2;

/** Cosines nearer to −1 than this are of opposite vectors: float32 cannot tell their plane. */
const oppositeMargin = (): number => byPrecision(1e-6, 2 ** -8);

/** Weights [*, 1] of the two ends. */
export interface SlerpWeights { readonly weight1: tf.Tensor; readonly weight2: tf.Tensor }

/** 1 [*, 1] where the vectors are opposite; a constant. */
const oppositeAt = (cosine: tf.Tensor, margin: number): tf.Tensor => indicator(() => tf.less(cosine, margin - 1));

/** sin(pθ) / sin θ as a function of cos θ; p for opposite vectors. */
function weightAt(cosine: tf.Tensor, p: tf.Tensor, margin: number): tf.Tensor {
  const near = indicator(() => tf.greater(cosine, 1 - NEARLY_PARALLEL));
  const opposite = oppositeAt(cosine, margin);
  const far = tf.sub(tf.sub(1, near), opposite);
  // Each branch sees a cosine at which it is well behaved, so that no other one can spoil its gradient.
  const c = tf.mul(far, cosine);
  const theta = tf.acos(c);
  const ratio = tf.div(tf.sin(tf.mul(p, theta)), tf.sqrt(tf.sub(1, tf.square(c))));
  // The hypergeometric series of the Chebyshev function in x = (1 − cos θ) / 2: p (1 + (1 − p²)/(3/2) x (1 + (4 − p²)/(5/2 · 2) x (…)))
  const x = tf.mul(near, tf.div(tf.sub(1, cosine), 2));
  const squared = tf.square(p);
  const series = [4, 3, 2, 1].reduce<tf.Tensor>(
    (rest, k) => tf.add(1, tf.mul(tf.mul(tf.div(tf.sub(k * k, squared), (k + 0.5) * k), x), rest)), tf.onesLike(x),
  );
  return tf.add(tf.mul(far, ratio), tf.mul(p, tf.add(tf.mul(near, series), opposite)));
}

function checkPair(names: readonly [string, string], a: tf.Tensor, b: tf.Tensor, percent: tf.Tensor): void {
  checkMinimumRank(names[0], a, 1);
  checkLastAxis(names[1], b, a.shape[a.rank - 1]);
  checkLastAxis('percent', percent, 1);
  broadcastBatches([names[0], a, 1], [names[1], b, 1], ['percent', percent, 1]);
}

/**
 * The weights of two unit quaternions, the first one's negative where the shorter way is to q1's negative.
 * @param quaternion1 [*, 4]
 * @param quaternion2 [*, 4]
 * @param percent [*, 1]: 0 for the first, 1 for the second; beyond them the arc goes on.
 * @param options.eps how near to −1 a cosine is of opposite ends.
 * @returns weight1 and weight2, [*, 1].
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Half of the way from no rotation to half a turn about z: sin 45° / sin 90° of each.
 * const [none, half] = [tf.tensor1d([0, 0, 0, 1]), tf.tensor1d([0, 0, 1, 0])];
 * math.interpolation.slerp.quaternionWeights(none, half, tf.tensor1d([0.5])); // → { weight1: [0.7071], weight2: [0.7071] }
 * ```
 */
export function quaternionWeights(quaternion1: tf.Tensor, quaternion2: tf.Tensor, percent: tf.Tensor, { eps = oppositeMargin() } = {}): SlerpWeights {
  checkLastAxis('quaternion1', quaternion1, 4);
  checkPair(['quaternion1', 'quaternion2'], quaternion1, quaternion2, percent);
  return tf.tidy(() => {
    assertNormalized('quaternion1', quaternion1);
    assertNormalized('quaternion2', quaternion2);
    const t = asFloat(percent);
    const product = dot(asFloat(quaternion1), asFloat(quaternion2));
    const sign = nonzeroSign(product);
    const cosine = tf.mul(sign, product);
    return { weight1: tf.mul(sign, weightAt(cosine, tf.sub(1, t), eps)), weight2: weightAt(cosine, t, eps) };
  });
}

/** The cosine of the angle between two vectors of any length, kept in [−1, 1]. */
const cosineBetween = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => dot(normalize(asFloat(a)), normalize(asFloat(b)));

/**
 * The weights of two vectors of any length. Opposite vectors have the weights 1 − t and t, from which no arc comes: {@link interpolate}
 * adds what is missing.
 * @param vector1 [*, M]
 * @param vector2 [*, M]
 * @param percent [*, 1]: 0 for the first, 1 for the second; beyond them the arc goes on.
 * @param options.eps how near to −1 a cosine is of opposite vectors.
 * @returns weight1 and weight2, [*, 1].
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A third of the way along a right angle: sin 60° and sin 30°.
 * const [x, y] = [tf.tensor1d([1, 0]), tf.tensor1d([0, 1])];
 * math.interpolation.slerp.vectorWeights(x, y, tf.tensor1d([1 / 3])); // → { weight1: [0.866], weight2: [0.5] }
 * ```
 */
export function vectorWeights(vector1: tf.Tensor, vector2: tf.Tensor, percent: tf.Tensor, { eps = oppositeMargin() } = {}): SlerpWeights {
  checkPair(['vector1', 'vector2'], vector1, vector2, percent);
  return tf.tidy(() => {
    const t = asFloat(percent);
    const cosine = cosineBetween(vector1, vector2);
    return { weight1: weightAt(cosine, tf.sub(1, t), eps), weight2: weightAt(cosine, t, eps) };
  });
}

/**
 * weight1 · vector1 + weight2 · vector2.
 * @param vector1 [*, M]
 * @param vector2 [*, M]
 * @param weight1 [*, 1]
 * @param weight2 [*, 1]
 * @returns [*, M]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [x, y] = [tf.tensor1d([1, 0]), tf.tensor1d([0, 1])];
 * math.interpolation.slerp.interpolateWithWeights(x, y, tf.tensor1d([0.5]), tf.tensor1d([2])); // → [0.5, 2]
 * ```
 */
export function interpolateWithWeights(vector1: tf.Tensor, vector2: tf.Tensor, weight1: tf.Tensor, weight2: tf.Tensor): tf.Tensor {
  checkMinimumRank('vector1', vector1, 1);
  checkLastAxis('vector2', vector2, vector1.shape[vector1.rank - 1]);
  checkLastAxis('weight1', weight1, 1);
  checkLastAxis('weight2', weight2, 1);
  broadcastBatches(['vector1', vector1, 1], ['vector2', vector2, 1], ['weight1', weight1, 1], ['weight2', weight2, 1]);
  return tf.tidy(() => tf.add(tf.mul(weight1, vector1), tf.mul(weight2, vector2)));
}

/**
 * Half a circle from a vector to its opposite, through the direction of a coordinate axis, one to which the vector is least parallel:
 * any plane would do. Lengths go linearly from one to the other.
 */
function halfCircle(vector1: tf.Tensor, vector2: tf.Tensor, t: tf.Tensor): tf.Tensor {
  const from = normalize(vector1);
  const axis = untaped(() => tf.tidy(() => tf.oneHot(tf.argMin(tf.abs(from), -1) as tf.Tensor1D, from.shape[from.rank - 1], 1, 0, 'float32')));
  const across = normalize(tf.sub(axis, tf.mul(dot(axis, from), from)));
  const length = tf.add(tf.mul(tf.sub(1, t), safeLength(vector1)), tf.mul(t, safeLength(vector2)));
  const angle = tf.mul(t, Math.PI);
  return tf.mul(length, tf.add(tf.mul(tf.cos(angle), from), tf.mul(tf.sin(angle), across)));
}

/**
 * Spherical linear interpolation. Opposite vectors, between which TensorFlow Graphics goes straight through 0, are joined by half a circle;
 * opposite quaternions are the same rotation, and stay where they are.
 * @param vector1 [*, M]
 * @param vector2 [*, M]; quaternions of unit length if `method` is 'QUATERNION'.
 * @param percent [*, 1]: 0 for the first, 1 for the second; beyond them the arc goes on.
 * @param options.method 'QUATERNION', by default, takes the shorter of the arcs to ±vector2; 'VECTOR' takes vectors of any length.
 * @param options.eps how near to −1 a cosine is of opposite vectors.
 * @returns [*, M]
 * @throws Error that names the argument, axis and shape; Error for an unknown method.
 * @example
 * ```ts
 * const { slerp } = math.interpolation;
 * // Between no rotation and half a turn about z: a quarter turn.
 * slerp.interpolate(tf.tensor1d([0, 0, 0, 1]), tf.tensor1d([0, 0, 1, 0]), tf.tensor1d([0.5])); // → [0, 0, 0.7071, 0.7071]
 * slerp.interpolate(tf.tensor1d([1, 0]), tf.tensor1d([0, 1]), tf.tensor1d([0.5]), { method: 'VECTOR' }); // → [0.7071, 0.7071]
 * ```
 */
export function interpolate(
  vector1: tf.Tensor, vector2: tf.Tensor, percent: tf.Tensor,
  { method = InterpolationType.QUATERNION, eps = oppositeMargin() }: { readonly method?: InterpolationType; readonly eps?: number } = {},
): tf.Tensor {
  if (!(method in InterpolationType)) throw new Error(`Unknown interpolation type supplied: ${String(method)}`);
  checkPair(['vector1', 'vector2'], vector1, vector2, percent);
  return tf.tidy(() => {
    const [a, b, t] = [asFloat(vector1), asFloat(vector2), asFloat(percent)];
    const { weight1, weight2 } = (method === InterpolationType.VECTOR ? vectorWeights : quaternionWeights)(a, b, t, { eps });
    const arc = interpolateWithWeights(a, b, weight1, weight2);
    // In one dimension there is no way around.
    if (method === InterpolationType.QUATERNION || a.shape[a.rank - 1] === 1) return arc;
    const opposite = oppositeAt(cosineBetween(a, b), eps);
    return tf.add(tf.mul(tf.sub(1, opposite), arc), tf.mul(opposite, halfCircle(a, b, t)));
  });
}
