import { expect, it } from 'vitest';
import type { LayerView, LearnInspection } from '../../../experiments/learn/protocol';
import { clustersOf } from './clusters';

const line = (...xs: number[]) => Float32Array.from(xs.flatMap((x) => [x, 0, 0]));
const rows = (...lists: number[][]) => ({
  offsets: Int32Array.from([0, ...lists.map((_, i) => lists.slice(0, i + 1).flat().length)]), columns: Int32Array.from(lists.flat()),
});
const view = (name: string, positions: Float32Array, more: Partial<LayerView> = {}): LayerView =>
  ({ name, kind: 'pool', positions, activation: new Float32Array(positions.length / 3), channels: 1, ...more });
const cloud = line(0, 1, 2, 3, 4, 5);
const look = (...layers: LayerView[]): LearnInspection =>
  ({ prediction: { task: 'segment', probabilities: new Float32Array(6), cloud: { name: 'line', positions: cloud } }, layers });

it('of a decimation are those that were merged, whatever lies near, level after level', () => {
  const levels = look(
    view('conv1', cloud, { neighborhood: rows([0, 1], [1], [2], [3], [4], [5]) }), view('pool1', line(0, 2, 4), { neighborhood: rows([0, 5], [1, 2], [3, 4]) }),
    view('conv2', line(0, 2, 4), { neighborhood: rows([0, 1], [1], [2]) }), view('pool2', line(1, 4), { neighborhood: rows([2, 0], [1]) }),
  );
  expect([...clustersOf(levels, 1)]).toEqual([0, 1, 1, 2, 2, 0]);
  expect([...clustersOf(levels, 3)]).toEqual([0, 1, 1, 0, 0, 0]);
});

it('of overlapping balls are the nearest', () => {
  expect([...clustersOf(look(view('abstraction1', line(0, 5), { neighborhood: rows([0, 1, 2, 3], [2, 3, 4, 5]) })), 0)]).toEqual([0, 0, 0, 1, 1, 1]);
});
