import * as tf from './tf';

/** The same values as a constant: no gradient flows back through it. */
export const stopGradient = <T extends tf.Tensor>(x: T): T =>
  tf.customGrad((value: tf.Tensor | tf.GradSaveFunc) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }))(x) as T;
