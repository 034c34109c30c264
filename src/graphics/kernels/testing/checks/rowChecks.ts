import { listSegments } from '../../../../scene/segments';
import * as tf from '../../../tf';
import { edgeMoments } from '../../edgeMoments/edgeMoments';
import { EDGE_LINE, EDGE_MOMENTS } from '../../edgeMoments/names';
import { KERNEL_INFLUENCE, KERNEL_INFLUENCE_GRAD } from '../../kernelInfluence/names';
import { NEAREST_ROWS, SMALLEST_COLUMNS } from '../../nearestRows/names';
import { nearestRows } from '../../nearestRows/nearestRows';
import { NEIGHBOR_ARG_MAX, NEIGHBOR_PLACE, NEIGHBOR_SELECT } from '../../neighborMax/names';
import { NEIGHBOR_SUM, NEIGHBOR_SUM_VALUES, NEIGHBOR_SUM_WEIGHTS } from '../../neighborSum/names';
import { GATHER_ROWS, SEGMENT_ARG_MAX, SEGMENT_PLACE, SEGMENT_SELECT, SEGMENT_SUM } from '../../segments/names';
import type { SegmentTable } from '../../segments/segmentTable';
import { real, whole, wholeNumbers, type KernelCheck, type KernelChecks, type KernelInputs } from './kernelCheck';

/** B batch elements, E entries, S segments or rows (the last one stays empty), V columns, C channels. */
const [B, E, S, V, C] = [2, 23, 6, 5, 3];
const ROWS = wholeNumbers(E, -1, S - 1, 1);
const COLUMNS = wholeNumbers(E, -1, V, 2);
/** Each entry has both a row and a column, or neither. */
const BOTH = { rows: ROWS.map((row, e) => (COLUMNS[e] < 0 ? -1 : row)), columns: COLUMNS.map((column, e) => (ROWS[e] < 0 ? -1 : column)) };
const NOBODY = new Int32Array(E).fill(-1);

const listed = (segments: Int32Array, count: number): Record<'offsets' | 'order', tf.Tensor> => {
  const { offsets, order } = listSegments(segments, count);
  return { offsets: whole(offsets), order: whole([...order, ...new Int32Array(E - order.length).fill(-1)]) };
};
const segmentLists = (segments = ROWS): KernelInputs => ({ segments: whole(segments), ...listed(segments, S) });
function neighborLists(rows = ROWS, columns = COLUMNS): KernelInputs {
  const [byRow, byColumn] = [listed(rows, S), listed(columns, V)];
  return {
    rows: whole(rows), rowOffsets: byRow.offsets, rowOrder: byRow.order, columns: whole(columns), columnOffsets: byColumn.offsets, columnOrder: byColumn.order,
  };
}
const NO_MEMBERS: KernelCheck['degenerate'] = { 'entries that belong to no segment': () => segmentLists(NOBODY) };
const NO_NEIGHBORS: KernelCheck['degenerate'] = { 'rows without neighbours': () => neighborLists(NOBODY, NOBODY) };

/** What was chosen of segments and rows: an entry that lies in each, −1 in empty ones. */
function firstEntries(): tf.Tensor {
  const first = Array.from({ length: S }, (_, row) => ROWS.findIndex((r, e) => r === row && COLUMNS[e] >= 0));
  return tf.tile(tf.tensor(Float32Array.from(first), [1, S, 1]), [B, 1, C]);
}
const nothingChosen = () => tf.fill([B, S, C], -1);

const table = (segments: tf.Tensor, offsets: tf.Tensor, order: tf.Tensor): SegmentTable => {
  const segmentCount = offsets.size - 1;
  const memberCount = segments.dataSync().filter((segment) => segment >= 0).length;
  return { entryCount: segments.size, segmentCount, memberCount, hasEmpty: true, segments: segments as tf.Tensor1D, offsets: offsets as tf.Tensor1D, order: order as tf.Tensor1D };
};
const moments = ({ own, other, rows, rowOffsets, rowOrder, columns, columnOffsets, columnOrder }: KernelInputs): tf.Tensor => {
  const { mean, variance } = edgeMoments(own as tf.Tensor3D, other as tf.Tensor3D, { rows: table(rows, rowOffsets, rowOrder), columns: table(columns, columnOffsets, columnOrder) });
  return tf.stack([mean, variance]);
};

/** The nearest by whichever kernels the backend has. */
const nearest: KernelCheck = {
  inputs: () => ({ points: real([B, 40, 4], 1) }),
  call: ({ points }) => nearestRows(points as tf.Tensor3D, Math.min(5, points.shape[1]!)),
  differentiable: 'whole numbers',
  degenerate: {
    'points all at one place': () => ({ points: tf.ones([B, 40, 4]) }),
    'a single point': () => ({ points: tf.ones([1, 1, 4]) }),
  },
};

const KERNEL_POINTS = () => tf.tensor2d([[0, 0, 0], [0.5, 0.2, -0.3], [-0.4, 0.6, 0.1]]);
const AT_KERNEL_POINTS: KernelCheck['degenerate'] = {
  'places at kernel points and at the edge of their reach': () => ({ offsets: tf.tensor2d([[0, 0, 0], [0.5, 0.2, -0.3], [1.5, 0, 0], [9, 9, 9]]) }),
};

/** Gathers and sums by lists of entries: segments, neighbours and kernel points. */
export const ROW_CHECKS: KernelChecks = {
  [GATHER_ROWS]: { inputs: () => ({ values: real([B, S, C], 1), ...segmentLists() }), differentiable: ['values'], degenerate: NO_MEMBERS },
  [SEGMENT_SUM]: { inputs: () => ({ values: real([B, E, C], 1), ...segmentLists() }), differentiable: ['values'], degenerate: NO_MEMBERS },
  [SEGMENT_ARG_MAX]: {
    inputs: () => { const { offsets, order } = segmentLists(); return { values: real([B, E, C], 1), offsets, order }; },
    differentiable: 'whole numbers',
    degenerate: { 'entries that belong to no segment': () => listed(NOBODY, S), 'equal entries': () => ({ values: tf.ones([B, E, C]) }) },
  },
  [SEGMENT_SELECT]: {
    inputs: () => ({ values: real([B, E, C], 1), choices: firstEntries(), segments: whole(ROWS) }),
    differentiable: ['values'],
    degenerate: { 'nothing chosen': () => ({ choices: nothingChosen() }) },
  },
  [SEGMENT_PLACE]: {
    inputs: () => ({ values: real([B, S, C], 1), choices: firstEntries(), segments: whole(ROWS) }),
    differentiable: ['values'],
    degenerate: { 'nothing chosen': () => ({ choices: nothingChosen() }) },
  },
  [NEIGHBOR_SUM]: { inputs: () => ({ values: real([B, V, C], 1), weights: real([B, E, 2], 2), ...neighborLists() }), differentiable: ['values', 'weights'], degenerate: NO_NEIGHBORS },
  [NEIGHBOR_SUM_VALUES]: { inputs: () => ({ dy: real([B, S, 2 * C], 1), weights: real([B, E, 2], 2), ...neighborLists() }), differentiable: ['dy', 'weights'], degenerate: NO_NEIGHBORS },
  [NEIGHBOR_SUM_WEIGHTS]: { inputs: () => ({ dy: real([B, S, 2 * C], 1), values: real([B, V, C], 2), ...neighborLists() }), differentiable: ['dy', 'values'], degenerate: NO_NEIGHBORS },
  [NEIGHBOR_ARG_MAX]: {
    inputs: () => ({ values: real([B, V, C], 1), signs: tf.tensor1d([1, -1, 1]), ...neighborLists() }),
    differentiable: 'whole numbers',
    degenerate: { ...NO_NEIGHBORS, 'equal neighbours': () => ({ values: tf.ones([B, V, C]) }) },
  },
  [NEIGHBOR_SELECT]: {
    inputs: () => ({ values: real([B, V, C], 1), choices: firstEntries(), ...neighborLists() }),
    differentiable: ['values'],
    degenerate: { 'nothing chosen': () => ({ choices: nothingChosen() }) },
  },
  [NEIGHBOR_PLACE]: {
    inputs: () => ({ dy: real([B, S, C], 1), choices: firstEntries(), ...neighborLists() }),
    differentiable: ['dy'],
    degenerate: { 'nothing chosen': () => ({ choices: nothingChosen() }) },
  },
  [EDGE_MOMENTS]: {
    inputs: () => ({ own: real([B, S, C], 1), other: real([B, V, C], 2), ...neighborLists(BOTH.rows, BOTH.columns) }),
    call: moments,
    differentiable: ['own', 'other'],
    degenerate: { ...NO_NEIGHBORS, 'sums that are all equal': () => ({ own: tf.ones([B, S, C]), other: tf.ones([B, V, C]) }) },
  },
  [EDGE_LINE]: {
    inputs: () => ({ own: real([B, S, C], 1), other: real([B, V, C], 2), linear: real([C], 3), constant: real([C], 4), ...neighborLists(BOTH.rows, BOTH.columns) }),
    differentiable: 'the gradient of edgeMoments, which is differentiable once',
    degenerate: NO_NEIGHBORS,
  },
  [KERNEL_INFLUENCE]: { inputs: () => ({ offsets: real([7, 3], 1), points: KERNEL_POINTS() }), attrs: { sigma: 1.5 }, differentiable: ['offsets'], degenerate: AT_KERNEL_POINTS },
  [KERNEL_INFLUENCE_GRAD]: {
    inputs: () => ({ dy: real([4, 3], 1), offsets: real([4, 3], 2), points: KERNEL_POINTS() }), attrs: { sigma: 1.5 },
    differentiable: ['dy', 'offsets'], degenerate: AT_KERNEL_POINTS,
  },
  [NEAREST_ROWS]: nearest,
  [SMALLEST_COLUMNS]: nearest,
};
