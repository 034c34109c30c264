import { asFloat } from '../../asFloat';
import { broadcastBatches, checkMinimumRank, checkLastAxis } from '../../shape';
import * as tf from '../../tf';

/** Places along one axis of the grid as shares of its length; a single one lies at the start. */
const shares = (count: number): number[] => Array.from({ length: count }, (_, i) => (count === 1 ? 0 : i / (count - 1)));

/**
 * Evenly spaced points of an M-dimensional box, both ends included. Differentiable in the ends.
 *
 * @param starts [*, M]
 * @param stops [*, M]
 * @param nums [M] whole numbers of at least 1: the points along each axis. They make the shape: a tensor is read back, which waits for the
 *   device; plain numbers are not.
 * @returns [*, nums[0], …, nums[M − 1], M]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const points = geometry.representation.grid.generate(tf.tensor1d([0, 0]), tf.tensor1d([1, 10]), [2, 3]);
 * points; // → [[[0, 0], [0, 5], [0, 10]], [[1, 0], [1, 5], [1, 10]]]
 * ```
 */
export function generate(starts: tf.Tensor, stops: tf.Tensor, nums: tf.Tensor | ArrayLike<number>): tf.Tensor {
  checkMinimumRank('starts', starts, 1);
  const size = starts.shape[starts.rank - 1];
  checkLastAxis('stops', stops, size);
  const batch = broadcastBatches(['starts', starts, 1], ['stops', stops, 1]);
  const counts = Array.from(nums instanceof tf.Tensor ? nums.dataSync() : nums);
  checkLastAxis('nums', { shape: nums instanceof tf.Tensor ? nums.shape : [counts.length] }, size);
  const bad = counts.find((count) => !Number.isInteger(count) || count < 1);
  if (bad !== undefined) throw new Error(`nums must be whole numbers of at least 1, but one is ${bad}`);
  return tf.tidy(() => {
    const [low, high] = [starts, stops].map((ends) => tf.expandDims(asFloat(ends), -2));
    const fractions = tf.tensor2d(boxShares(counts));
    const points = tf.add(tf.mul(low, tf.sub(1, fractions)), tf.mul(high, fractions));
    return tf.reshape(points, [...batch, ...counts, size]);
  });
}

/** Every combination of the axes' shares, the last axis fastest. */
const boxShares = (counts: readonly number[]): number[][] =>
  counts.reduce<number[][]>((rows, count) => rows.flatMap((row) => shares(count).map((share) => [...row, share])), [[]]);
