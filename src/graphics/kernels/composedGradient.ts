import * as tf from '../tf';

/**
 * Gives a kernel its gradient by a function of ordinary operations that computes the same: for kernels that are themselves gradients, so that what
 * uses them can be differentiated again, to any order. Slower than a kernel, and only run where a second derivative is asked for.
 *
 * @param inputNames what the function needs. @param differentiable the names of those that get gradients.
 */
export function registerComposedGradient<Name extends string, Attrs extends object>(
  kernelName: string, inputNames: readonly Name[], differentiable: readonly Name[], composed: (inputs: Record<Name, tf.Tensor>, attrs: Attrs) => tf.Tensor,
): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: [...inputNames],
    gradFunc: (dy, saved, attrs) => {
      const inputs = Object.fromEntries(inputNames.map((name, i) => [name, saved[i]])) as Record<Name, tf.Tensor>;
      // What does not depend on an input is connected with it by nothing of it: TensorFlow.js refuses to differentiate by others.
      const by = (name: Name) => (x: tf.Tensor) =>
        tf.add(composed({ ...inputs, [name]: x }, attrs as unknown as Attrs), tf.mul(tf.sum(x), 0));
      return Object.fromEntries(differentiable.map((name) => [name, () => onTapeOfItsOwn(() => tf.grad(by(name))(inputs[name], dy as tf.Tensor))]));
    },
  });
}

/**
 * Differentiates inside of a gradient function. TensorFlow.js keeps one tape: where the outermost derivative is being worked out and nothing records
 * any more, an inner one would begin a new tape in its place and throw that away when done.
 */
function onTapeOfItsOwn<T>(f: () => T): T {
  const { state } = tf.engine();
  const outer = state.activeTape;
  const alone = state.gradientDepth === 0;
  try {
    return f();
  } finally {
    if (alone) state.activeTape = outer;
  }
}
