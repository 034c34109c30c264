import { segmentSum } from '../kernels/segments/segments';
import { createSegmentTable, disposeSegmentTable } from '../kernels/segments/segmentTable';
import { untaped } from '../kernels/untaped';
import * as tf from '../tf';

/**
 * values[indices] along the first axis, for indices that change from call to call. TensorFlow.js's own gradient of a gather compares every
 * index with every row; here it is {@link sumRows}, O(indices). Differentiable in the values, to any order.
 * @param values [V, C]
 * @param indices [N] int32, in 0 … V − 1.
 * @returns [N, C]
 */
export function lookUpRows(values: tf.Tensor2D, indices: tf.Tensor1D): tf.Tensor2D {
  const rows = values.shape[0];
  const lookUp = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    save([indices]);
    return { value: tf.gather(x, indices), gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => sumRows(dy, saved[0], rows) };
  });
  return lookUp(values) as tf.Tensor2D;
}

/**
 * Sums rows into those of `count` rows that the indices name, 0 where none does: the transpose of {@link lookUpRows}. Reads the indices
 * back; where they stay the same, a segment table (`createSegmentTable`) saves that. Differentiable in the values, to any order.
 * @param values [N, C]
 * @param indices [N] int32, in 0 … count − 1.
 * @returns [count, C]
 * @throws SceneError 'index-out-of-range'.
 */
export function sumRows(values: tf.Tensor, indices: tf.Tensor, count: number): tf.Tensor {
  const table = createSegmentTable(indices.dataSync<'int32'>(), count);
  try {
    return segmentSum(values, table);
  } finally {
    disposeSegmentTable(table);
  }
}

/**
 * A weighted sum of rows for each result: Σ_k weights[k] · values[indices[k]]. Differentiable in the values and the weights.
 * @param values [V, C]
 * @param indices [K, N] int32, in 0 … V − 1.
 * @param weights [K, N]
 * @returns [N, C]
 */
export function blendRows(values: tf.Tensor2D, indices: tf.Tensor2D, weights: tf.Tensor2D): tf.Tensor2D {
  const [terms, count] = indices.shape;
  const rows = tf.reshape(lookUpRows(values, tf.reshape(indices, [-1])), [terms, count, values.shape[1]]);
  return tf.sum(tf.mul(rows, tf.expandDims(weights, -1)), 0);
}

/**
 * The two whole places beside a coordinate on an axis of `size` places, and how much each of them counts; coordinates beyond the ends
 * count as the ends. The gradient goes through the weights.
 */
export function besideOnAxis(coordinate: tf.Tensor, size: number): { readonly index: tf.Tensor; readonly weight: tf.Tensor }[] {
  const inside = tf.clipByValue(coordinate, 0, size - 1);
  const low = untaped(() => tf.tidy(() => tf.minimum(tf.floor(inside), Math.max(0, size - 2))));
  const high = untaped(() => tf.tidy(() => tf.minimum(tf.add(low, 1), size - 1)));
  const fraction = tf.sub(inside, low);
  return [{ index: low, weight: tf.sub(1, fraction) }, { index: high, weight: fraction }];
}
