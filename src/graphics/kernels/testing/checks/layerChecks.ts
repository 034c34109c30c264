import * as tf from '../../../tf';
import { ADAM_MOMENT, ADAM_STEP } from '../../adamUpdate/names';
import { denseMax } from '../../denseMax/denseMax';
import { DENSE_ARG_MAX } from '../../denseMax/names';
import { COL2IM, IM2COL } from '../../im2col/names';
import { NOISE } from '../../noise/names';
import { normalizeColumns } from '../../normalize/normalize';
import { COLUMN_MOMENTS, SCALE_SHIFT, SCALE_SHIFT_BACK, SCALE_SHIFT_SUMS } from '../../normalize/names';
import { createSegmentTable, disposeSegmentTable } from '../../segments/segmentTable';
import { real, whole, type KernelCheck, type KernelChecks, type KernelInputs } from './kernelCheck';

const WINDOWS = { batch: 2, height: 5, width: 7, channels: 2, size: 3, stride: 2, padding: 1 };
/** Rows and columns of a layer's values; of its rows two do not count. */
const [M, C] = [9, 3];
const COUNTING = [0, 0, -1, 0, 0, 0, -1, 0, 0];
const CONSTANT_COLUMNS: KernelCheck['degenerate'] = { 'columns of one value': () => ({ x: tf.ones([M, C]) }), 'columns of zeros': () => ({ x: tf.zeros([M, C]) }) };
const backward = (): KernelInputs => ({ dy: real([M, C], 1), x: real([M, C], 2), scale: real([C], 3), shift: real([C], 4), segments: whole(COUNTING) });
const NO_ROWS: KernelCheck['degenerate'] = { 'no row that counts': () => ({ segments: whole(COUNTING.map(() => -1)) }) };

/** Which cloud each row belongs to: the third has none, and one row has no cloud. */
const CLOUDS = Int32Array.of(0, 1, 0, 1, -1, 0, 1, 3, 3);
function largest({ x, w, signs }: KernelInputs): tf.Tensor {
  const groups = createSegmentTable(CLOUDS, 4);
  const { values } = denseMax(x as tf.Tensor2D, w as tf.Tensor2D, signs as tf.Tensor1D, groups);
  disposeSegmentTable(groups);
  return values;
}

/** What layers and optimisers are made of. */
export const LAYER_CHECKS: KernelChecks = {
  [IM2COL]: {
    inputs: () => ({ x: real([2, 5, 7, 2], 1) }), attrs: WINDOWS, differentiable: ['x'],
    degenerate: { 'nothing but zeros': () => ({ x: tf.zeros([2, 5, 7, 2]) }) },
  },
  [COL2IM]: {
    inputs: () => ({ dy: real([2 * 3 * 4, 18], 1) }), attrs: WINDOWS, differentiable: ['dy'],
    degenerate: { 'nothing but zeros': () => ({ dy: tf.zeros([24, 18]) }) },
  },
  [COLUMN_MOMENTS]: {
    inputs: () => ({ x: real([M, C], 1), segments: whole(COUNTING) }),
    differentiable: 'constants to gradients: normalizeColumns brings its own',
    degenerate: { ...CONSTANT_COLUMNS, ...NO_ROWS },
  },
  [`${COLUMN_MOMENTS}#normalizeColumns`]: {
    inputs: () => ({ x: real([M, C], 1), gamma: real([C], 2), beta: real([C], 3) }),
    call: ({ x, gamma, beta }) => normalizeColumns(x as tf.Tensor2D, gamma, beta, { epsilon: 1e-3, slope: 0.2 }).y,
    differentiable: ['x', 'gamma', 'beta'],
    degenerate: CONSTANT_COLUMNS,
  },
  [SCALE_SHIFT]: {
    inputs: () => ({ x: real([M, C], 1), scale: real([C], 2), shift: real([C], 3) }), attrs: { slope: 0.2 },
    differentiable: ['x', 'scale', 'shift'],
    degenerate: { ...CONSTANT_COLUMNS, 'no scale': () => ({ scale: tf.zeros([C]), shift: tf.zeros([C]) }) },
  },
  [SCALE_SHIFT_SUMS]: {
    inputs: () => ({ ...backward(), centre: real([C], 5) }), attrs: { slope: 0.2 },
    differentiable: 'the gradient of scaleShift and normalizeColumns, which are differentiable once',
    degenerate: NO_ROWS,
  },
  [SCALE_SHIFT_BACK]: {
    inputs: () => ({ ...backward(), linear: real([C], 5), constant: real([C], 6) }), attrs: { slope: 0.2 },
    differentiable: 'the gradient of scaleShift and normalizeColumns, which are differentiable once',
    degenerate: NO_ROWS,
  },
  [DENSE_ARG_MAX]: {
    inputs: () => ({ x: real([M, 4], 1), w: real([4, C], 2), signs: tf.tensor1d([1, -1, 1]) }),
    call: largest,
    differentiable: ['x', 'w'],
    degenerate: { 'equal products': () => ({ x: tf.ones([M, 4]), w: tf.ones([4, C]) }), 'nothing but zeros': () => ({ x: tf.zeros([M, 4]), w: tf.zeros([4, C]) }) },
  },
  [ADAM_MOMENT]: {
    inputs: () => ({ moment: real([5, 3], 1), gradient: real([5, 3], 2) }), attrs: { decay: 0.9, power: 2 },
    differentiable: 'a step of an optimiser',
    degenerate: { 'no gradient yet': () => ({ moment: tf.zeros([5, 3]), gradient: tf.zeros([5, 3]) }) },
  },
  [ADAM_STEP]: {
    inputs: () => ({ value: real([5, 3], 1), first: real([5, 3], 2), second: tf.square(real([5, 3], 3)) }), attrs: { rate: 0.1, epsilon: 1e-8 },
    differentiable: 'a step of an optimiser',
    degenerate: { 'no gradient yet': () => ({ first: tf.zeros([5, 3]), second: tf.zeros([5, 3]) }) },
  },
  [NOISE]: {
    inputs: () => ({}), attrs: { shape: [41, 7], seed: 5, distribution: 'normal' },
    differentiable: 'a constant',
    degenerate: { 'as it is, though a uniform 0 has no logarithm': () => ({}) },
  },
};
