import * as tf from '../tf';

/** Sums a gradient [B, …] over the batch if the input's batch was broadcast from 1. */
export const unbroadcast = (gradient: tf.Tensor, { shape: [batch] }: tf.Tensor): tf.Tensor =>
  (batch === gradient.shape[0] ? gradient : tf.sum(gradient, 0, true));
