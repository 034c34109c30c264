import { expect, it } from 'vitest';
import { kernelPointsAt, movesKernelPoints } from './kernelPointsAt';

/** Two outputs that see three entries together, with two kernel points. */
const view = { entryWeights: new Float32Array(6), neighborhood: { offsets: Int32Array.of(0, 2, 3), columns: Int32Array.of(0, 1, 1) } };

it('kernel points are the layer\'s, or each output\'s own', () => {
  const rigid = { ...view, kernelPoints: Float32Array.of(0, 0, 0, 1, 0, 0) };
  const moved = { ...view, kernelPoints: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 0, 2, 1, 0, 3) };
  expect([movesKernelPoints(rigid), movesKernelPoints(moved), movesKernelPoints(view)]).toEqual([false, true, false]);
  expect([0, 1].map((row) => [...kernelPointsAt(rigid, row)!])).toEqual([[0, 0, 0, 1, 0, 0], [0, 0, 0, 1, 0, 0]]);
  expect([0, 1].map((row) => [...kernelPointsAt(moved, row)!])).toEqual([[0, 0, 0, 1, 0, 0], [0, 0, 2, 1, 0, 3]]);
  expect(kernelPointsAt(view, 0)).toBeUndefined();
});
