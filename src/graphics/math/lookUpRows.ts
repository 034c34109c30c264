import { createSegmentTable, disposeSegmentTable, segmentSum } from '../kernels';
import * as tf from '../tf';

/**
 * values[indices] along the first axis, for indices that change from call to call. TensorFlow.js's own gradient of a gather compares every
 * index with every row; here the backward pass reads the indices back once and sums each row's entries, O(indices).
 * Differentiable in the values, to any order.
 * @param values [V, C]
 * @param indices [N] int32, in 0 … V − 1.
 * @returns [N, C]
 */
export function lookUpRows(values: tf.Tensor2D, indices: tf.Tensor1D): tf.Tensor2D {
  const rows = values.shape[0];
  const lookUp = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    save([indices]);
    return {
      value: tf.gather(x, indices),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const table = createSegmentTable(saved[0].dataSync() as Int32Array, rows);
        const sums = segmentSum(dy, table);
        disposeSegmentTable(table);
        return sums;
      },
    };
  });
  return lookUp(values) as tf.Tensor2D;
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
