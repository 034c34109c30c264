import { checkMinimumRank, checkShape } from '../../shape';
import * as tf from '../../tf';
import { listsOf, type NeighborTables } from '../neighborSum/neighborTables';
import { untaped } from '../untaped';
import { NEIGHBOR_ARG_MAX, NEIGHBOR_PLACE, NEIGHBOR_SELECT } from './names';
import './neighborMax.cpu';
import './neighborMax.webgl';

export { NEIGHBOR_ARG_MAX, NEIGHBOR_PLACE, NEIGHBOR_SELECT } from './names';

/**
 * By channel the largest of each row's neighbours (where signs is −1, the smallest), without a tensor of all entries: out[r, c] is
 * values[column(e), c] of the winning entry e of row r, 0 in rows without entries. The gradient goes to the winner, of equal ones the first.
 *
 * @param values [*, V, C]
 * @param signs [C], 1 or −1, a constant; all 1 by default.
 * @returns [*, R, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const tables = { rows: createSegmentTable(Int32Array.from([0, 0]), 2), columns: createSegmentTable(Int32Array.from([1, 0]), 2) };
 * // Nobody is in row 1; of the second channel the smallest.
 * neighborMax(tf.tensor2d([[5, 5], [7, 7]]), tables, tf.tensor1d([1, -1])); // → [[7, 5], [0, 0]]
 * ```
 */
export function neighborMax(values: tf.Tensor, tables: NeighborTables, signs?: tf.Tensor1D): tf.Tensor {
  checkMinimumRank('values', values, 2);
  const batch = values.shape.slice(0, -2);
  const channels = values.shape[values.rank - 1];
  checkShape('values', values, [...batch, tables.columns.segmentCount, null]);
  if (signs) checkShape('signs', signs, [channels]);
  return tf.tidy(() => {
    const flat = tf.reshape(values, [tf.util.sizeFromShape(batch), tables.columns.segmentCount, channels]);
    const lists = listsOf(tables);
    const choices = untaped(() => run(NEIGHBOR_ARG_MAX, { values: flat, signs: signs ?? tf.ones([channels]), ...lists }));
    return tf.reshape(run(NEIGHBOR_SELECT, { values: flat, choices, ...lists }), [...batch, tables.rows.segmentCount, channels]);
  });
}

const run = (kernel: string, inputs: Record<string, tf.Tensor>): tf.Tensor => tf.engine().runKernel(kernel, inputs) as tf.Tensor;

const LISTS = ['rows', 'columns', 'columnOffsets', 'columnOrder'] as const;
const named = (lists: tf.Tensor[]): Record<string, tf.Tensor> => Object.fromEntries(LISTS.map((name, i) => [name, lists[i]]));

// Choosing and placing are linear, each the transpose of the other.
tf.registerGradient({
  kernelName: NEIGHBOR_SELECT,
  inputsToSave: ['choices', ...LISTS],
  gradFunc: (dy, [choices, ...lists]) => ({ values: () => run(NEIGHBOR_PLACE, { dy: dy as tf.Tensor, choices, ...named(lists) }) }),
});
tf.registerGradient({
  kernelName: NEIGHBOR_PLACE,
  inputsToSave: ['choices', ...LISTS],
  gradFunc: (change, [choices, ...lists]) => ({ dy: () => run(NEIGHBOR_SELECT, { values: change as tf.Tensor, choices, ...named(lists) }) }),
});
