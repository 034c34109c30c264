import { createRandom, type Random } from '../../scene/random';
import * as tf from '../tf';

/** A seeded source of tensors for property tests; name the seed in the test's title. */
export interface RandomTensors {
  /** A batch shape of rank 0 to 3 with sizes 1 to 4. */
  batch(): number[];
  /** Uniform values in [low, high). */
  uniform(shape: readonly number[], low?: number, high?: number): tf.Tensor;
  /** Unit vectors along the last axis, uniform on the sphere. */
  directions(shape: readonly number[]): tf.Tensor;
  /** Whole numbers in [0, below), int32. */
  integers(shape: readonly number[], below: number): tf.Tensor;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

const make = (shape: readonly number[], value: () => number): tf.Tensor => tf.tensor(Float32Array.from({ length: sizeOf(shape) }, value), [...shape]);

export function randomTensors(seed: number): RandomTensors {
  const random: Random = createRandom(seed);
  return {
    batch: () => Array.from({ length: random.integer(4) }, () => 1 + random.integer(4)),
    uniform: (shape, low = -1, high = 1) => make(shape, () => low + (high - low) * random.uniform()),
    directions: (shape) => tf.tidy(() => {
      const normal = make(shape, random.normal);
      return tf.div(normal, tf.norm(normal, 'euclidean', -1, true));
    }),
    integers: (shape, below) => tf.tensor(Int32Array.from({ length: sizeOf(shape) }, () => random.integer(below)), [...shape], 'int32'),
  };
}

/** The largest difference of two tensors, which must have the same shape. */
export function largestDifference(a: tf.Tensor, b: tf.Tensor): number {
  if (a.shape.join() !== b.shape.join()) throw new Error(`shapes differ: [${a.shape.join(', ')}] and [${b.shape.join(', ')}]`);
  return tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]);
}

/** Whether no value of the tensors is infinite or NaN. */
export const allFinite = (...tensors: tf.Tensor[]): boolean => tensors.every((tensor) => tensor.dataSync().every(Number.isFinite));
