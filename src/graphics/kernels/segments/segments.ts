import { checkAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { untaped } from '../untaped';
import type { SegmentTable } from './segmentTable';
import './segments.cpu';
import './segments.webgl';
import { GATHER_ROWS, SEGMENT_SUM, SEGMENT_ARG_MAX, SEGMENT_SELECT, SEGMENT_PLACE } from './names';

export { GATHER_ROWS, SEGMENT_SUM, SEGMENT_ARG_MAX, SEGMENT_SELECT, SEGMENT_PLACE } from './names';

type Lists = Record<'segments' | 'offsets' | 'order', tf.Tensor>;

const run = (kernel: string, inputs: Record<string, tf.Tensor>): tf.Tensor3D => tf.engine().runKernel(kernel, inputs) as tf.Tensor3D;
const listsOf = ({ segments, offsets, order }: SegmentTable): Lists => ({ segments, offsets, order });

/** Runs `f` on values [*, rows, C] as [B, rows, C]. */
function inBatches(values: tf.Tensor, rows: number, f: (values: tf.Tensor3D) => tf.Tensor3D): tf.Tensor {
  checkMinimumRank('values', values, 2);
  checkAxis('values', values, -2, rows);
  if (values.rank === 3) return f(values as tf.Tensor3D);
  const batch = values.shape.slice(0, -2);
  const channels = values.shape[values.rank - 1];
  return tf.tidy(() => {
    const result = f(tf.reshape(values, [tf.util.sizeFromShape(batch), rows, channels]));
    return tf.reshape(result, [...batch, result.shape[1], channels]);
  });
}

/**
 * Each entry's row: out[n] = values[segments[n]], 0 for entries without one. Its gradient is {@link segmentSum}, O(N),
 * where that of tf.gather is O(N · S).
 * @param values [*, S, C] @returns [*, N, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const table = createSegmentTable(Int32Array.from([1, 0, 1, -1]), 2);
 * gatherRows(tf.tensor2d([[5], [7]]), table); // → [[7], [5], [7], [0]]
 * ```
 */
export const gatherRows = (values: tf.Tensor, table: SegmentTable): tf.Tensor =>
  inBatches(values, table.segmentCount, (rows) => run(GATHER_ROWS, { values: rows, ...listsOf(table) }));

/**
 * The sum over each segment's entries, 0 for empty ones: the transpose of {@link gatherRows}, which is its gradient.
 * @param values [*, N, C] @returns [*, S, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const table = createSegmentTable(Int32Array.from([1, 0, 1, -1]), 2);
 * segmentSum(tf.tensor2d([[1], [2], [4], [8]]), table); // → [[2], [5]]
 * ```
 */
export const segmentSum = (values: tf.Tensor, table: SegmentTable): tf.Tensor =>
  inBatches(values, table.entryCount, (entries) => run(SEGMENT_SUM, { values: entries, ...listsOf(table) }));

/**
 * The largest of each segment's entries by channel, 0 for empty ones. The gradient goes to the entry that won; of equal ones, the first.
 * @param values [*, N, C] @returns [*, S, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const table = createSegmentTable(Int32Array.from([1, 0, 1, -1]), 2);
 * segmentMax(tf.tensor2d([[1], [2], [4], [8]]), table); // → [[2], [4]]
 * ```
 */
export const segmentMax = (values: tf.Tensor, table: SegmentTable): tf.Tensor => inBatches(values, table.entryCount, (entries) => tf.tidy(() => {
  const { segments, offsets, order } = table;
  const choices = untaped(() => run(SEGMENT_ARG_MAX, { values: entries, offsets, order }));
  return run(SEGMENT_SELECT, { values: entries, choices, segments });
}));

/**
 * Who wins {@link segmentMax}: the number of each segment's largest entry by channel, −1 for empty ones. Constant to gradients.
 * @param values [*, N, C] @returns [*, S, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const table = createSegmentTable(Int32Array.from([1, 0, 1, -1]), 3);
 * segmentWinners(tf.tensor2d([[1], [2], [4], [8]]), table); // → [[1], [2], [-1]]
 * ```
 */
export const segmentWinners = (values: tf.Tensor, table: SegmentTable): tf.Tensor => untaped(() =>
  inBatches(values, table.entryCount, (entries) => run(SEGMENT_ARG_MAX, { values: entries, offsets: table.offsets, order: table.order })));

const namedLists = ([segments, offsets, order]: tf.Tensor[]): Lists => ({ segments, offsets, order });

tf.registerGradient({
  kernelName: GATHER_ROWS,
  inputsToSave: ['segments', 'offsets', 'order'],
  gradFunc: (dy, saved) => ({ values: () => run(SEGMENT_SUM, { values: dy as tf.Tensor, ...namedLists(saved) }) }),
});
tf.registerGradient({
  kernelName: SEGMENT_SUM,
  inputsToSave: ['segments', 'offsets', 'order'],
  gradFunc: (dy, saved) => ({ values: () => run(GATHER_ROWS, { values: dy as tf.Tensor, ...namedLists(saved) }) }),
});
tf.registerGradient({
  kernelName: SEGMENT_SELECT,
  inputsToSave: ['choices', 'segments'],
  gradFunc: (dy, [choices, segments]) => ({ values: () => run(SEGMENT_PLACE, { values: dy as tf.Tensor, choices, segments }) }),
});
tf.registerGradient({
  kernelName: SEGMENT_PLACE,
  inputsToSave: ['choices', 'segments'],
  gradFunc: (dy, [choices, segments]) => ({ values: () => run(SEGMENT_SELECT, { values: dy as tf.Tensor, choices, segments }) }),
});
