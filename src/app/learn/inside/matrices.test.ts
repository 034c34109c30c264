import { expect, it } from 'vitest';
import type { ArithmeticView, LayerView } from '../../../experiments/learn/protocol';
import { matricesOf } from './matrices';

const layer = (arithmetic: Partial<ArithmeticView>, more: Partial<LayerView> = {}): LayerView => ({
  name: 'conv1', kind: 'kernel point convolution', positions: new Float32Array(3), activation: new Float32Array(2), channels: 2,
  arithmetic: { form: 'sum', width: 1, residual: false, stages: [{ kernel: Float32Array.from([1, 2, 3, 4, 5, 6]), outputs: 2, slope: 0 }], ...arithmetic }, ...more,
});
const seen = (one: LayerView) => matricesOf(one).map(({ label, rows, columns, values }) => [label, rows, columns, ...values]);

it('has a matrix for each kernel point', () => {
  expect(seen(layer({}, { kernelPoints: new Float32Array(9) }))).toEqual([['Kernel point 0', 1, 2, 1, 2], ['Kernel point 1', 1, 2, 3, 4], ['Kernel point 2', 1, 2, 5, 6]]);
});

it('has one for a point and one for the difference to a neighbour', () => {
  const stages = [{ kernel: Float32Array.from([1, 2, 3, 4]), outputs: 2, slope: 0 }];
  expect(seen(layer({ form: 'edge', stages }))).toEqual([['Of the point itself', 1, 2, 1, 2], ['Of the difference to a neighbour', 1, 2, 3, 4]]);
});

it('has one for each stage, and none where nothing is learnt', () => {
  const stages = [{ kernel: Float32Array.from([1, 2, 3]), outputs: 1, slope: 0 }, { kernel: Float32Array.from([4, 5]), outputs: 2, slope: 0 }];
  expect(seen(layer({ form: 'offset', stages }))).toEqual([['First matrix', 3, 1, 1, 2, 3], ['Second matrix', 1, 2, 4, 5]]);
  expect(matricesOf(layer({ stages: [] }))).toEqual([]);
});
