import * as tf from '../../tf';
import type { RandomTensors } from '../randomTensors';
import type { Argument } from './entry';

// Makers of arguments for the tables.

type Axes = Argument['axes'];

/** Uniform values in [low, high). */
export const uniform = (axes: Axes, low = -1, high = 1): Argument => ({ axes, make: (random, shape) => random.uniform(shape, low, high) });

/** Unit vectors along the last axis. */
export const unit = (...axes: Axes): Argument => ({ axes, make: (random, shape) => random.directions(shape) });

/** Vectors along the last axis that are not short, so that directions are well determined. */
export const nonzero = (...axes: Axes): Argument => ({
  axes, make: (random, shape) => tf.tidy(() => tf.mul(random.directions(shape), random.uniform([...shape.slice(0, -1), 1], 0.5, 2))),
});

/** Whole numbers in [0, below). */
export const integers = (axes: Axes, below: number): Argument =>
  ({ axes, make: (random, shape) => random.integers(shape, below), constant: 'whole numbers' });

/** Rotation matrices of three dimensions, uniform. */
export const rotation = (...leading: Axes): Argument => ({ axes: [...leading, 3, 3], make: (random, shape) => randomRotation(random, shape.slice(0, -2)) });

/** Rotation matrices of two dimensions. */
export const rotation2d = (): Argument => ({
  axes: [2, 2],
  make: (random, shape) => tf.tidy(() => {
    const [c, s] = tf.unstack(random.directions([...shape.slice(0, -2), 2]), -1);
    return tf.reshape(tf.stack([c, tf.neg(s), s, c], -1), [...shape]);
  }),
});

/** [...batch, 3, 3] from unit quaternions, apart from the code under test. */
function randomRotation(random: RandomTensors, batch: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const q = random.directions([...batch, 4]);
    const [x, y, z, w] = tf.unstack(q, -1);
    const product = (a: tf.Tensor, b: tf.Tensor) => tf.mul(tf.mul(a, b), 2);
    const one = tf.onesLike(x);
    return tf.reshape(tf.stack([
      tf.sub(one, tf.add(product(y, y), product(z, z))), tf.sub(product(x, y), product(z, w)), tf.add(product(x, z), product(y, w)),
      tf.add(product(x, y), product(z, w)), tf.sub(one, tf.add(product(x, x), product(z, z))), tf.sub(product(y, z), product(x, w)),
      tf.sub(product(x, z), product(y, w)), tf.add(product(y, z), product(x, w)), tf.sub(one, tf.add(product(x, x), product(y, y))),
    ], -1), [...batch, 3, 3]);
  });
}

/** The same argument, but no gradient reaches it. */
export const constant = (argument: Argument, reason: string): Argument => ({ ...argument, constant: reason });
/** The same argument without batch axes. */
export const single = (argument: Argument): Argument => ({ ...argument, single: true });
/** The same argument, of which other shapes are right as well. */
export const lenient = (argument: Argument, reason: string): Argument => ({ ...argument, lenient: reason });
