import * as tf from '../../tf';
import { untaped } from '../untaped';
import './noise.cpu';
import './noise.webgl';
import { NOISE } from './names';

export { NOISE } from './names';

export type Distribution = 'uniform' | 'normal';

/**
 * Seeded noise made on the device: uniform in [0, 1), or standard normal. Each element depends on the seed and its flat index alone.
 * A constant to every gradient.
 *
 * @param shape of the result, any rank.
 * @param seed whole number in 0 … 2³² − 1.
 * @throws Error for a seed out of range.
 * Source: Jarzynski and Olano 2020, "Hash Functions for GPU Rendering" (PCG); Box and Muller 1958.
 * @example
 * ```ts
 * noise([2, 3], 7).shape; // → [2, 3]
 * // The same seed, the same noise.
 * tf.max(tf.abs(tf.sub(noise([5], 7, 'normal'), noise([5], 7, 'normal')))); // → 0
 * ```
 */
export function noise<R extends tf.Rank = tf.Rank>(shape: tf.ShapeMap[R], seed: number, distribution: Distribution = 'uniform'): tf.Tensor<R> {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) throw new Error(`seed must be a whole number from 0 to 2^32 - 1, but it is ${seed}`);
  return untaped(() => tf.engine().runKernel(NOISE, {}, { shape, seed, distribution } as unknown as tf.NamedAttrMap) as unknown as tf.Tensor<R>);
}
