import * as tf from './tf';

/** Kernels whose results jump and are flat between: they get zero gradients, so that `tf.where(tf.greater(x, 0), …)` can be differentiated. */
const flatKernels = () => [
  tf.Greater, tf.GreaterEqual, tf.Less, tf.LessEqual, tf.Equal, tf.NotEqual, tf.LogicalAnd, tf.LogicalOr,
] as const;

const replaceGradient = (config: tf.GradConfig): void => {
  if (tf.getGradient(config.kernelName)) tf.unregisterGradient(config.kernelName);
  tf.registerGradient(config);
};

/**
 * TensorFlow.js differentiates these from their saved results, which are cut off from the input: second derivatives that pass through
 * them come out wrong without an error. Recomputed from the input they are right.
 */
function repairSecondOrder(): void {
  const fromInput = (kernelName: string, name: string, gradient: (dy: tf.Tensor, x: tf.Tensor, attrs: tf.NamedAttrMap) => tf.Tensor) =>
    replaceGradient({
      kernelName, inputsToSave: [name],
      gradFunc: (dy, [x], attrs) => ({ [name]: () => gradient(dy as tf.Tensor, x, attrs) }),
    });
  fromInput(tf.Exp, 'x', (dy, x) => tf.mul(dy, tf.exp(x)));
  fromInput(tf.Tanh, 'x', (dy, x) => tf.mul(dy, tf.sub(1, tf.square(tf.tanh(x)))));
  fromInput(tf.Sigmoid, 'x', (dy, x) => {
    const s = tf.sigmoid(x);
    return tf.mul(dy, tf.mul(s, tf.sub(1, s)));
  });
  fromInput(tf.Softmax, 'logits', (dy, x, attrs) => {
    const p = tf.softmax(x, attrs.dim as number);
    const weighted = tf.mul(dy, p);
    return tf.sub(weighted, tf.mul(tf.sum(weighted, [attrs.dim as number], true), p));
  });
}

function addFlatGradients(): void {
  for (const kernelName of flatKernels()) {
    replaceGradient({
      kernelName, inputsToSave: ['a', 'b'],
      gradFunc: (_dy, [a, b]) => ({ a: () => tf.zeros(a.shape), b: () => tf.zeros(b.shape) }),
    });
  }
}

/** Registers what is missing and replaces what is wrong among TensorFlow.js's gradients. */
export function repairGradients(): void {
  repairSecondOrder();
  addFlatGradients();
}
