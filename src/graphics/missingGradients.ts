import * as tf from './tf';

// Gradients of TensorFlow.js's operations that come without one.

/** `ab,bc->ac` as ['ab', 'bc'] and 'ac'. */
function splitEquation(equation: string): { readonly inputs: readonly string[]; readonly output: string } {
  const [left, output] = equation.replace(/\s/g, '').split('->');
  return { inputs: left.split(','), output };
}

/**
 * By one input of an Einstein sum: the same sum with the output's gradient in its place. An axis that stands in this input alone was summed
 * over, so its entries share their gradient.
 */
function einsumGradient(dy: tf.Tensor, operands: readonly tf.Tensor[], equation: string, k: number): tf.Tensor {
  const { inputs, output } = splitEquation(equation);
  const others = inputs.filter((_, i) => i !== k);
  const known = [...inputs[k]].filter((axis) => output.includes(axis) || others.some((input) => input.includes(axis)));
  const sum = tf.einsum(`${[output, ...others].join(',')}->${known.join('')}`, dy, ...operands.filter((_, i) => i !== k));
  const spread = [...inputs[k]].map((axis, i) => (known.includes(axis) ? operands[k].shape[i] : 1));
  return tf.broadcastTo(tf.reshape(sum, spread), operands[k].shape);
}

function addEinsum(): void {
  tf.registerGradient({
    kernelName: tf.Einsum,
    saveAllInputs: true,
    gradFunc: (dy, saved, attrs) => Object.fromEntries(
      saved.map((_, k) => [k, () => einsumGradient(dy as tf.Tensor, saved, attrs['equation'] as string, k)]),
    ),
  });
}

/** What was gathered several times gets the sum. */
function addGatherNd(): void {
  tf.registerGradient({
    kernelName: tf.GatherNd,
    inputsToSave: ['params', 'indices'],
    gradFunc: (dy, [params, indices]) => ({
      params: () => tf.scatterND(indices, dy as tf.Tensor, params.shape),
      indices: () => tf.zerosLike(indices),
    }),
  });
}

/** The values' gradient goes back to where they stood; places have none. */
function addTopK(): void {
  tf.registerGradient({
    kernelName: tf.TopK,
    inputsToSave: ['x'],
    outputsToSave: [false, true],
    gradFunc: (dy, [x, places]) => ({
      x: () => {
        const [values] = dy as tf.Tensor[];
        const columns = x.shape[x.rank - 1];
        const k = places.shape[places.rank - 1];
        const rows = tf.reshape(tf.range(0, x.size / columns, 1, 'int32'), [-1, 1]);
        const at = tf.add(tf.mul(rows, tf.scalar(columns, 'int32')), tf.reshape(places, [-1, k]));
        return tf.reshape(tf.scatterND(tf.reshape(at, [-1, 1]), tf.reshape(values, [-1]), [x.size]), x.shape);
      },
    }),
  });
}

/** TensorFlow.js's own stacks a list of gradients, and fails where there is one slice and so no list. */
function repairUnpack(): void {
  tf.unregisterGradient(tf.Unpack);
  tf.registerGradient({
    kernelName: tf.Unpack,
    gradFunc: (dy, _saved, attrs) => ({ value: () => tf.stack([dy].flat(), attrs['axis'] as number) }),
  });
}

export function addMissingGradients(): void {
  addEinsum();
  addGatherNd();
  addTopK();
  repairUnpack();
}
