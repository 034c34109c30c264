import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { neighborProducts } from '../neighborSum/neighborSum';
import { createSegmentTable, disposeSegmentTable, type SegmentTable } from '../segments/segmentTable';
import { segmentWinners } from '../segments/segments';
import { untaped } from '../untaped';
import './denseMax.cpu';
import { DENSE_ARG_MAX } from './names';

export { DENSE_ARG_MAX } from './names';

/** Elements of the product that exist at once where the backend has no kernel of its own: 64 MiB, as for 16 clouds of 1024 points and 1024 channels. */
const MOST_PRODUCTS = 2 ** 24;

/** Without a kernel of the backend's own the product exists for a moment, some of its columns at a time: it is not kept for the gradient. */
function argMax(x: tf.Tensor2D, w: tf.Tensor2D, signs: tf.Tensor1D, groups: SegmentTable, mostProducts: number): tf.Tensor2D {
  if (tf.getKernel(DENSE_ARG_MAX, tf.getBackend())) {
    return tf.engine().runKernel(DENSE_ARG_MAX, { x, w, signs, segments: groups.segments }, { segmentCount: groups.segmentCount }) as tf.Tensor2D;
  }
  return tf.tidy(() => {
    const signed = tf.mul(w, signs) as tf.Tensor2D;
    const columns = Math.max(1, Math.floor(mostProducts / Math.max(1, x.shape[0])));
    if (columns >= w.shape[1]) return segmentWinners(tf.matMul(x, signed), groups) as tf.Tensor2D;
    const parts = Array.from({ length: Math.ceil(w.shape[1] / columns) }, (_, i) => tf.tidy(() => {
      const some = tf.slice(signed, [0, i * columns], [-1, Math.min(columns, w.shape[1] - i * columns)]);
      return segmentWinners(tf.matMul(x, some), groups) as tf.Tensor2D;
    }));
    return tf.concat(parts, 1);
  });
}

export interface DenseMax {
  /** [S, C]; 0 in empty segments. */
  readonly values: tf.Tensor2D;
  /** [S, C]: the row that gave it, −1 in empty segments. A constant to gradients. */
  readonly winners: tf.Tensor2D;
}

/**
 * The largest element of each column of x · w among the rows of each segment (where signs is −1, the smallest): a dense layer and the maximum over
 * a cloud's points, without the product [M, C] in between on `cpu`, elsewhere with a piece of it at a time, and nowhere in the gradient. That goes to the winners alone, and costs
 * S · C · D where the product's would cost M · C · D. The winners are read back.
 * Differentiable in x and w, to any order; equal ones: the first wins.
 *
 * @param x [M, D] @param w [D, C] @param signs [C], 1 or −1: a constant.
 * @param groups which segment each row belongs to.
 * @param options.mostProducts elements of the product that may exist at once.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const clouds = createSegmentTable(Int32Array.from([0, 0, 1]), 2);
 * // x · w is 5, 8 and 2.
 * denseMax(tf.tensor2d([[1, 1], [2, 1], [0, 1]]), tf.tensor2d([[3], [2]]), tf.tensor1d([1]), clouds); // → { values: [[8], [2]], winners: [[1], [2]] }
 * ```
 */
export function denseMax(
  x: tf.Tensor2D, w: tf.Tensor2D, signs: tf.Tensor1D, groups: SegmentTable, { mostProducts = MOST_PRODUCTS }: { readonly mostProducts?: number } = {},
): DenseMax {
  checkShape('x', x, [groups.entryCount, null]);
  checkShape('w', w, [x.shape[1], null]);
  checkShape('signs', signs, [w.shape[1]]);
  return tf.tidy(() => {
    const winners = untaped(() => argMax(x, w, signs, groups, mostProducts));
    const channels = w.shape[1];
    const tables = {
      rows: createSegmentTable(Int32Array.from(winners.dataSync()), x.shape[0]),
      columns: createSegmentTable(Int32Array.from({ length: winners.size }, (_, i) => i % channels), channels),
    };
    const values = tf.reshape(neighborProducts(x, tf.transpose(w), tables), [groups.segmentCount, channels]);
    disposeSegmentTable(tables.rows);
    disposeSegmentTable(tables.columns);
    return { values, winners } as unknown as tf.TensorContainerObject;
  }) as unknown as DenseMax;
}
