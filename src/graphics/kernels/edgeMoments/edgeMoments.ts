import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { listsOf, type NeighborTables } from '../neighborSum/neighborTables';
import './edgeMoments.cpu';
import './edgeMoments.webgl';
import { EDGE_LINE, EDGE_MOMENTS } from './names';

export { EDGE_LINE, EDGE_MOMENTS } from './names';

const run = (kernel: string, inputs: Record<string, tf.Tensor>): tf.Tensor => tf.engine().runKernel(kernel, inputs) as tf.Tensor;

export interface EdgeMoments {
  /** [C] */
  readonly mean: tf.Tensor1D;
  /** [C], of the population. */
  readonly variance: tf.Tensor1D;
}

/**
 * Mean and variance by channel of own[row(e)] + other[column(e)] over all entries e and batch elements, without a tensor of all entries.
 * Differentiable in both, once.
 * @param own [B, R, C] @param other [B, V, C]
 * @param tables in which every entry has a row and a column, or, where it only fills up, neither.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const tables = { rows: createSegmentTable(Int32Array.from([0, 0]), 1), columns: createSegmentTable(Int32Array.from([1, 0]), 2) };
 * // The sums are 1 + 7 and 1 + 5.
 * edgeMoments(tf.tensor3d([[[1]]]), tf.tensor3d([[[5], [7]]]), tables); // → { mean: [7], variance: [1] }
 * ```
 */
export function edgeMoments(own: tf.Tensor3D, other: tf.Tensor3D, tables: NeighborTables): EdgeMoments {
  const { rows, columns } = tables;
  checkShape('own', own, [null, rows.segmentCount, null]);
  checkShape('other', other, [own.shape[0], columns.segmentCount, own.shape[2]]);
  if (rows.memberCount !== columns.memberCount) throw new Error('every entry of tables must have a row and a column, or neither');
  const count = Math.max(1, own.shape[0] * rows.memberCount);
  return tf.tidy(() => {
    const lists = listsOf(tables);
    const op = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
      const [a, b, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
      const value = run(EDGE_MOMENTS, { own: a, other: b, ...lists });
      const order = ['rows', 'rowOffsets', 'rowOrder', 'columns', 'columnOffsets', 'columnOrder'] as const;
      save([a, b, value, ...order.map((name) => lists[name])]);
      return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => backward(dy, saved, count) };
    });
    const [mean, variance] = tf.unstack(op(own, other), 0) as [tf.Tensor1D, tf.Tensor1D];
    return { mean, variance } as unknown as tf.TensorContainerObject;
  }) as unknown as EdgeMoments;
}

/** dz[e] = dMean / n + 2 dVariance · (z[e] − mean) / n, a line in z, added up by rows and by columns. */
function backward(dy: tf.Tensor, [own, other, moments, rows, rowOffsets, rowOrder, columns, columnOffsets, columnOrder]: tf.Tensor[], count: number): tf.Tensor[] {
  const [mean] = tf.unstack(moments, 0);
  const [dMean, dVariance] = tf.unstack(dy, 0);
  const linear = tf.mul(dVariance, 2 / count);
  const constant = tf.sub(tf.div(dMean, count), tf.mul(linear, mean));
  return [
    run(EDGE_LINE, { own, other, linear, constant, rowOffsets, rowOrder, columns }),
    run(EDGE_LINE, { own: other, other: own, linear, constant, rowOffsets: columnOffsets, rowOrder: columnOrder, columns: rows }),
  ];
}
