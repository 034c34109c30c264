import * as tf from './tf';

// Gradients of TensorFlow.js's operations that come without one, or with one for some ranks alone.

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

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** TensorFlow.js's own goes up to rank 4, in one slice for each copy. The copies of one axis after the other are summed here, at any rank. */
function repairTile(): void {
  tf.unregisterGradient(tf.Tile);
  tf.registerGradient({
    kernelName: tf.Tile,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({
      x: () => {
        const reps = attrs['reps'] as number[];
        let sum = dy as tf.Tensor;
        x.shape.forEach((size, axis) => {
          if (reps[axis] === 1) return;
          // What lies before is summed already; what lies behind is still repeated.
          const inner = product(x.shape.map((s, i) => s * reps[i]).slice(axis + 1));
          sum = tf.sum(tf.reshape(sum, [product(x.shape.slice(0, axis)), reps[axis], size * inner]), 1);
        });
        return tf.reshape(sum, x.shape);
      },
    }),
  });
}

/** The highest rank that WebGL's shaders compare places in: they pad no further. */
const PADDED_RANK = 4;

type Paddings = readonly (readonly [before: number, after: number])[];

/** Zeros around a tensor along some of its axes, as many as a padded tensor has but one: each takes the axes behind it along, which changes nothing. */
function padAxes(x: tf.Tensor, axes: readonly number[], paddings: Paddings): tf.Tensor {
  const ends = [...axes.slice(1), x.rank];
  const sizes = [product(x.shape.slice(0, axes[0])), ...axes.map((axis, i) => product(x.shape.slice(axis, ends[i])))];
  const inner = axes.map((axis, i) => product(x.shape.slice(axis + 1, ends[i])));
  const around = axes.map((axis, i): [number, number] => [paddings[axis][0] * inner[i], paddings[axis][1] * inner[i]]);
  const shape = x.shape.map((size, axis) => (axes.includes(axis) ? paddings[axis][0] + size + paddings[axis][1] : size));
  return tf.reshape(tf.pad(tf.reshape(x, sizes), [[0, 0], ...around]), shape);
}

/** tf.pad with zeros, at any rank. */
function padAnyRank(x: tf.Tensor, paddings: Paddings): tf.Tensor {
  if (x.rank <= PADDED_RANK) return tf.pad(x, paddings.map(([before, after]): [number, number] => [before, after]));
  const axes = paddings.flatMap(([before, after], axis) => (before > 0 || after > 0 ? [axis] : []));
  let padded = x;
  for (let i = 0; i < axes.length; i += PADDED_RANK - 1) padded = padAxes(padded, axes.slice(i, i + PADDED_RANK - 1), paddings);
  return padded;
}

/** TensorFlow.js's own pads at once, which WebGL cannot above rank 4. */
function repairSlice(): void {
  tf.unregisterGradient(tf.Slice);
  tf.registerGradient({
    kernelName: tf.Slice,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => {
      const [begin, size] = tf.slice_util.parseSliceParams(x, attrs['begin'] as number[], attrs['size'] as number[]);
      return { x: () => padAnyRank(dy as tf.Tensor, x.shape.map((whole, axis) => [begin[axis], whole - begin[axis] - size[axis]])) };
    },
  });
}

export function addMissingGradients(): void {
  addGatherNd();
  addTopK();
  repairUnpack();
  repairTile();
  repairSlice();
}
