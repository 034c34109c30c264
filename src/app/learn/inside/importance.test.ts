import { expect, it } from 'vitest';
import type { LayerView, LearnInspection } from '../../../experiments/learn/protocol';
import { importanceOf, shareOfPoints } from './importance';

const positions = Float32Array.from([0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0]);
const dense: LayerView = { name: 'conv1', kind: 'dense', positions, activation: Float32Array.from([1, -4, 2, 3]), channels: 1 };
const inspect = (...layers: LayerView[]): LearnInspection => ({ prediction: { task: 'classify', probabilities: Float32Array.from([1]), cloud: { name: '', positions } }, layers });

it('points count by the channels that they won, else by how strongly the last layer answers', () => {
  const max: LayerView = { name: 'max', kind: 'global max', positions: Float32Array.from([0, 0, 0]), activation: new Float32Array(3), channels: 3, winners: Int32Array.from([2, 2, 0]) };
  expect([...importanceOf(inspect(dense, max))]).toEqual([1, 0, 2, 0]);
  expect([...importanceOf(inspect(dense))]).toEqual([1, 4, 2, 3]);
});

it('a share of them is those that count most, or least; of equals the first', () => {
  const importance = Float32Array.from([1, 0, 2, 0]);
  expect(shareOfPoints(importance, 'most', 0.5)).toEqual([2, 0]);
  expect(shareOfPoints(importance, 'least', 0.5)).toEqual([1, 3]);
  expect(shareOfPoints(importance, 'least', 0)).toEqual([]);
});
