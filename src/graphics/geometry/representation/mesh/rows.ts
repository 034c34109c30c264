import '../../../kernels';
import { SUM_CORNERS } from '../../../kernels/sumCorners/sumCorners';
import * as tf from '../../../tf';

/** The kernel that sums takes its rows in threes. */
const GROUP = 3;

/**
 * Rows by index. Its gradient is {@link sumRows}, O(rows), where tf.gather's is O(rows × results). The indices are read back for it;
 * where they stay the same, a topology (`createTopology`) saves that.
 *
 * @param values [N, C]
 * @param indices [M] int32, each in 0 … N − 1.
 * @returns [M, C]
 */
export function gatherRows(values: tf.Tensor2D, indices: tf.Tensor1D): tf.Tensor2D {
  const count = values.shape[0];
  const gather = tf.customGrad((rows: tf.Tensor | tf.GradSaveFunc, save: tf.Tensor | tf.GradSaveFunc) => {
    (save as tf.GradSaveFunc)([indices]);
    return {
      value: tf.gather(rows as tf.Tensor, indices),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => sumRows(dy as tf.Tensor2D, saved[0] as tf.Tensor1D, count),
    };
  });
  return gather(values) as tf.Tensor2D;
}

/**
 * Sums rows into the `count` rows that the indices name; 0 where none does. Its gradient is {@link gatherRows}.
 *
 * @param values [M, C]
 * @param indices [M] int32, each in 0 … count − 1.
 * @returns [count, C]
 */
export function sumRows(values: tf.Tensor2D, indices: tf.Tensor1D, count: number): tf.Tensor2D {
  const [rows, channels] = values.shape;
  return tf.tidy(() => {
    if (rows === 0) return tf.zeros([count, channels]);
    const padding = (GROUP - (rows % GROUP)) % GROUP;
    const groups = (rows + padding) / GROUP;
    const { offsets, order } = rowsByTarget(indices.dataSync<'int32'>(), count);
    const corners = tf.reshape(tf.pad(values, [[0, padding], [0, 0]]), [1, groups, GROUP, channels]);
    const faces = tf.reshape(tf.pad(indices, [[0, padding]]), [groups, GROUP]);
    const inputs = { values: corners, faces, cornerOffsets: tf.tensor1d(offsets, 'int32'), corners: tf.tensor1d(order, 'int32') };
    return tf.reshape(tf.engine().runKernel(SUM_CORNERS, inputs) as tf.Tensor, [count, channels]);
  });
}

/** A counting sort of row numbers by the row they go to: those of target t are order[offsets[t] … offsets[t + 1] − 1]. */
function rowsByTarget(targets: ArrayLike<number>, count: number): { readonly offsets: Int32Array; readonly order: Int32Array } {
  const offsets = new Int32Array(count + 1);
  for (let row = 0; row < targets.length; row++) {
    if (!(targets[row] >= 0 && targets[row] < count)) throw new Error(`indices must lie in 0 … ${count - 1}, but its value ${row} is ${targets[row]}`);
    offsets[targets[row] + 1]++;
  }
  for (let target = 0; target < count; target++) offsets[target + 1] += offsets[target];
  const next = offsets.slice();
  const order = new Int32Array(targets.length);
  for (let row = 0; row < targets.length; row++) order[next[targets[row]]++] = row;
  return { offsets, order };
}

/** Indices into each of B tables of `count` rows as indices into all of them one after the other. @param indices [B, M] @returns [B · M] */
export const flatIndices = (indices: tf.Tensor2D, count: number): tf.Tensor1D => tf.tidy(() => {
  const [batch] = indices.shape;
  const offsets = tf.mul(tf.range(0, batch, 1, 'int32'), tf.scalar(count, 'int32'));
  return tf.reshape(tf.add(tf.cast(indices, 'int32'), tf.expandDims(offsets, 1)), [-1]);
});

/**
 * {@link gatherRows} of each table of a batch.
 * @param values [*, N, C]
 * @param indices [*, M], its batch broadcast with the values'.
 * @returns [*, M, C]
 */
export function gatherBatchRows(values: tf.Tensor, indices: tf.Tensor, batch: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const [count, channels] = values.shape.slice(-2);
    const size = indices.shape[indices.rank - 1];
    const tables = tf.reshape(tf.broadcastTo(values, [...batch, count, channels]), [-1, channels]) as tf.Tensor2D;
    const rows = tf.reshape(tf.broadcastTo(tf.cast(indices, 'int32'), [...batch, size]), [-1, size]) as tf.Tensor2D;
    return tf.reshape(gatherRows(tables, flatIndices(rows, count)), [...batch, size, channels]);
  });
}
