import { asFloat } from '../asFloat';
import { broadcastBatches, checkAxis, checkMinimumRank } from '../shape';
import * as tf from '../tf';
import { indicator, minSquaredLength } from './safe';

export interface AlongAxis {
  /** Where the vectors' components lie; counted from the end if negative. */
  readonly axis?: number;
}

/** The axis counted from the end, under which tensors of different rank agree; both must have it in the same size. */
function commonAxis(names: readonly [string, string], [a, b]: readonly [tf.Tensor, tf.Tensor], axis: number, size?: number): number {
  const place = checkAxis(names[0], a, axis, size);
  const fromEnd = place - a.rank;
  checkAxis(names[1], b, fromEnd, a.shape[place]);
  broadcastBatches([names[0], a, 0], [names[1], b, 0]);
  return fromEnd;
}

/**
 * Cross product.
 * @param vector1 [*, 3]
 * @param vector2 [*, 3], broadcast as elementwise.
 * @param options.axis of the three components.
 * @returns [*, 3]
 * @example
 * ```ts
 * math.vector.cross(tf.tensor1d([1, 0, 0]), tf.tensor1d([0, 1, 0])); // → [0, 0, 1]
 * ```
 */
export function cross<T extends tf.Tensor>(vector1: T, vector2: tf.Tensor, { axis = -1 }: AlongAxis = {}): T {
  const along = commonAxis(['vector1', 'vector2'], [vector1, vector2], axis, 3);
  return tf.tidy(() => {
    const parts = (vector: tf.Tensor) => tf.split(vector, 3, along + vector.rank);
    const [[x1, y1, z1], [x2, y2, z2]] = [parts(vector1), parts(vector2)];
    const component = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor, d: tf.Tensor) => tf.sub(tf.mul(a, b), tf.mul(c, d));
    const components = [component(y1, z2, z1, y2), component(z1, x2, x1, z2), component(x1, y2, y1, x2)];
    return tf.concat(components, along + components[0].rank) as T;
  });
}

/**
 * Dot product.
 * @param vector1 [*, M]
 * @param vector2 [*, M], broadcast as elementwise.
 * @param options.axis of the components.
 * @param options.keepdims keeps the axis, of size 1.
 * @returns [*, 1], or [*] without `keepdims`.
 * @example
 * ```ts
 * const [a, b] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])];
 * math.vector.dot(a, b); // → [11]
 * math.vector.dot(a, b, { keepdims: false }); // → 11
 * ```
 */
export function dot(vector1: tf.Tensor, vector2: tf.Tensor, { axis = -1, keepdims = true }: AlongAxis & { readonly keepdims?: boolean } = {}): tf.Tensor {
  const along = commonAxis(['vector1', 'vector2'], [vector1, vector2], axis);
  return tf.tidy(() => {
    const products = tf.mul(vector1, vector2);
    return tf.sum(products, along + products.rank, keepdims);
  });
}

/**
 * The vector mirrored in the plane of a unit normal: v − 2 (v·n) n.
 * @param vector [*, M]
 * @param normal [*, M], of unit length, broadcast as elementwise.
 * @param options.axis of the components.
 * @returns [*, M]
 * @example
 * ```ts
 * // Down to the right, off a floor: up to the right.
 * math.vector.reflect(tf.tensor1d([1, -1]), tf.tensor1d([0, 1])); // → [1, 1]
 * ```
 */
export function reflect(vector: tf.Tensor, normal: tf.Tensor, { axis = -1 }: AlongAxis = {}): tf.Tensor {
  const along = commonAxis(['vector', 'normal'], [vector, normal], axis);
  return tf.tidy(() => tf.sub(vector, tf.mul(tf.mul(dot(vector, normal, { axis: along }), 2), normal)));
}

/**
 * Unit vectors along the last axis. A vector shorter than 1e-10 (2⁻⁵ in 16 bits) has no direction: it becomes 0, with a gradient of 0.
 * @param vector [*, M]
 * @returns [*, M]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * math.vector.normalize(tf.tensor2d([[3, 4], [0, 0]])); // → [[0.6, 0.8], [0, 0]]
 * ```
 */
export function normalize<T extends tf.Tensor>(vector: T): T {
  checkMinimumRank('vector', vector, 1);
  return tf.tidy(() => {
    const values = asFloat(vector);
    const squared = dot(values, values);
    const none = indicator(() => tf.less(squared, minSquaredLength()));
    return tf.mul(values, tf.mul(tf.rsqrt(tf.add(squared, none)), tf.sub(1, none))) as T;
  });
}
