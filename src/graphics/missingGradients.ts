import * as tf from './tf';

// Gradients of TensorFlow.js's operations that come without one.

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
  addGatherNd();
  addTopK();
  repairUnpack();
}
