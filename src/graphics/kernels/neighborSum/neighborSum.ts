import { checkMinimumRank, checkShape } from '../../shape';
import * as tf from '../../tf';
import './neighborSum.cpu';
import './neighborSum.webgl';
import { NEIGHBOR_SUM, NEIGHBOR_SUM_VALUES, NEIGHBOR_SUM_WEIGHTS } from './names';
import { listsOf, withAnEntry, type NeighborTables } from './neighborTables';

export type { NeighborTables } from './neighborTables';
export { NEIGHBOR_SUM, NEIGHBOR_SUM_VALUES, NEIGHBOR_SUM_WEIGHTS } from './names';

const LISTS = ['rows', 'rowOffsets', 'rowOrder', 'columns', 'columnOffsets', 'columnOrder'] as const;

/**
 * Weighted sums over neighbours, W of them at once: out[r, w, c] = Σₑ weights[e, w] · values[column(e), c] over the entries e of row r.
 * What a graph or point convolution does before its matrix product (feature-steered assignments, kernel points, a sparse matrix for W = 1),
 * without an [E, W, C] tensor in between. Differentiable in both, to any order.
 *
 * @param values [*, V, C]
 * @param weights [E, W] for all of the batch, or [*, E, W].
 * @returns [*, R, W · C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Entry 0 lets row 0 see column 1, entry 1 row 0 column 0; two weights each.
 * const tables = { rows: createSegmentTable(Int32Array.from([0, 0]), 1), columns: createSegmentTable(Int32Array.from([1, 0]), 2) };
 * neighborSum(tf.tensor2d([[5], [7]]), tf.tensor2d([[1, 0], [2, 1]]), tables); // → [[17, 5]]
 * ```
 */
export function neighborSum(values: tf.Tensor, weights: tf.Tensor, tables: NeighborTables): tf.Tensor {
  checkMinimumRank('values', values, 2);
  const batch = values.shape.slice(0, -2);
  const channels = values.shape[values.rank - 1];
  const [entryCount, heads] = [tables.rows.entryCount, weights.shape[weights.rank - 1]];
  checkShape('values', values, [...batch, tables.columns.segmentCount, null]);
  checkShape('weights', weights, weights.rank === 2 ? [entryCount, null] : [...batch, entryCount, null]);
  return tf.tidy(() => {
    const size = tf.util.sizeFromShape(batch);
    const filled = withAnEntry(tables);
    const given = tf.reshape(weights, [tf.util.sizeFromShape(weights.shape.slice(0, -2)), entryCount, heads]);
    // Where there are no entries, the one that stands for them weighs nothing.
    const perElement = entryCount > 0 ? given : tf.pad(given, [[0, 0], [0, 1], [0, 0]]);
    const sums = tf.engine().runKernel(NEIGHBOR_SUM, {
      values: tf.reshape(values, [size, tables.columns.segmentCount, channels]),
      weights: weights.rank === 2 && size > 1 ? tf.tile(perElement, [size, 1, 1]) : perElement,
      ...listsOf(filled),
    }) as tf.Tensor;
    return tf.reshape(sums, [...batch, tables.rows.segmentCount, heads * channels]);
  });
}

/**
 * The product of each entry's row and column: out[e] = Σ_c rowValues[row(e), c] · columnValues[column(e), c], 0 where it lacks either. What an edge
 * of a graph is made of, without gathering both its ends. Differentiable in both, to any order.
 *
 * @param rowValues [*, R, C] @param columnValues [*, V, C]
 * @returns [*, E]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const tables = { rows: createSegmentTable(Int32Array.from([0, 0]), 1), columns: createSegmentTable(Int32Array.from([1, -1]), 2) };
 * neighborProducts(tf.tensor2d([[1, 10]]), tf.tensor2d([[5, 6], [7, 8]]), tables); // → [87, 0]
 * ```
 */
export function neighborProducts(rowValues: tf.Tensor, columnValues: tf.Tensor, tables: NeighborTables): tf.Tensor {
  checkMinimumRank('rowValues', rowValues, 2);
  const batch = rowValues.shape.slice(0, -2);
  const channels = rowValues.shape[rowValues.rank - 1];
  checkShape('rowValues', rowValues, [...batch, tables.rows.segmentCount, null]);
  checkShape('columnValues', columnValues, [...batch, tables.columns.segmentCount, channels]);
  return tf.tidy(() => {
    const flat = (values: tf.Tensor) => tf.reshape(values, [tf.util.sizeFromShape(batch), ...values.shape.slice(-2)]);
    const products = tf.engine().runKernel(NEIGHBOR_SUM_WEIGHTS, { dy: flat(rowValues), values: flat(columnValues), ...listsOf(tables) }) as tf.Tensor;
    return tf.reshape(products, [...batch, tables.rows.entryCount]);
  });
}

// T = Σₑ Σ_w Σ_c weights[e, w] · values[column(e), c] · dy[row(e), w, c] is linear in each of the three. The kernels are its derivatives
// by dy, by values and by weights, so that the gradient of each is made of the other two.

const run = (kernel: string, inputs: Record<string, tf.Tensor>, lists: readonly tf.Tensor[]): tf.Tensor =>
  tf.engine().runKernel(kernel, { ...inputs, ...Object.fromEntries(LISTS.map((name, i) => [name, lists[i]])) }) as tf.Tensor;

tf.registerGradient({
  kernelName: NEIGHBOR_SUM,
  inputsToSave: ['values', 'weights', ...LISTS],
  gradFunc: (dy, [values, weights, ...lists]) => ({
    values: () => run(NEIGHBOR_SUM_VALUES, { dy: dy as tf.Tensor, weights }, lists),
    weights: () => run(NEIGHBOR_SUM_WEIGHTS, { dy: dy as tf.Tensor, values }, lists),
  }),
});
tf.registerGradient({
  kernelName: NEIGHBOR_SUM_VALUES,
  inputsToSave: ['dy', 'weights', ...LISTS],
  gradFunc: (change, [dy, weights, ...lists]) => ({
    dy: () => run(NEIGHBOR_SUM, { values: change as tf.Tensor, weights }, lists),
    weights: () => run(NEIGHBOR_SUM_WEIGHTS, { dy, values: change as tf.Tensor }, lists),
  }),
});
tf.registerGradient({
  kernelName: NEIGHBOR_SUM_WEIGHTS,
  inputsToSave: ['dy', 'values', ...LISTS],
  gradFunc: (change, [dy, values, ...lists]) => ({
    dy: () => run(NEIGHBOR_SUM, { values, weights: change as tf.Tensor }, lists),
    values: () => run(NEIGHBOR_SUM_VALUES, { dy, weights: change as tf.Tensor }, lists),
  }),
});
