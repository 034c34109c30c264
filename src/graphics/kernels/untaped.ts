import * as tf from '../tf';

/**
 * Runs `f` so that its result counts as a constant: nothing in it is recorded for gradients.
 * Cheaper than zero gradients, which would be allocated and added on every backward pass.
 */
export function untaped<T extends tf.TensorContainer>(f: () => T): T {
  const { state } = tf.engine();
  state.kernelDepth++;
  try {
    return f();
  } finally {
    state.kernelDepth--;
  }
}
