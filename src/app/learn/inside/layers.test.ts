import { describe, expect, it } from 'vitest';
import type { LayerView, LearnInspection } from '../../../experiments/learn/protocol';
import { channelsWon, levelsOf, looksAt, neighborsOf, nearestOf, receptiveField, rowOfPoint, wonBy } from './layers';

const line = (...xs: number[]) => Float32Array.from(xs.flatMap((x) => [x, 0, 0]));
const view = (name: string, positions: Float32Array, more: Partial<LayerView> = {}): LayerView =>
  ({ name, kind: 'point convolution', positions, activation: new Float32Array(positions.length / 3), channels: 1, ...more });
const rows = (...lists: number[][]) => ({
  offsets: Int32Array.from([0, ...lists.map((_, i) => lists.slice(0, i + 1).flat().length)]), columns: Int32Array.from(lists.flat()),
});

/** Six points on a line; each sees its neighbours; every second one is kept; those see their neighbours; the maximum of all. */
const cloud = line(0, 1, 2, 3, 4, 5);
const inspection: LearnInspection = {
  prediction: { task: 'classify', probabilities: Float32Array.from([1]), cloud: { name: 'line', positions: cloud } },
  layers: [
    view('conv1', cloud, { neighborhood: rows([0, 1], [1, 0, 2], [2, 1, 3], [3, 2, 4], [4, 3, 5], [5, 4]), entryWeights: Float32Array.from({ length: 32 }, (_, i) => i) }),
    view('pool1', line(0, 2, 4), { neighborhood: rows([0, 1], [2, 3], [4, 5]) }),
    view('dense', line(0, 2, 4)),
    view('max', line(2), { winners: Int32Array.from([0, 2, 2, -1]) }),
  ],
};

describe('neighbours', () => {
  it('come nearest first, with all their kernel weights', () => {
    expect(neighborsOf(inspection, 0, 2)).toEqual([
      { column: 2, distance: 0, weights: [10, 11], entry: 0 }, { column: 1, distance: 1, weights: [12, 13], entry: 1 }, { column: 3, distance: 1, weights: [14, 15], entry: 2 },
    ]);
  });

  it('are none where a layer looks at each point alone', () => {
    expect(neighborsOf(inspection, 2, 0)).toBeUndefined();
  });

  it('of a coarser layer are those of the nearest of its points', () => {
    expect(rowOfPoint(inspection, 0, 3)).toBe(3);
    expect(rowOfPoint(inspection, 1, 5)).toBe(2);
    expect([...nearestOf(cloud, line(0, 2, 4.1))]).toEqual([0, 0, 1, 1, 2, 2]);
    expect([...nearestOf(cloud, cloud)]).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

it('says what a layer looks at that has no neighbourhoods', () => {
  const whole = { ...inspection, layers: [...inspection.layers, view('dense1', line(2)), view('unpool', cloud)] };
  expect([2, 3, 4, 5].map((layer) => looksAt(whole, layer))).toEqual([
    'each point alone', 'all points at once', 'the shape as a whole', 'the features of the whole shape',
  ]);
});

describe('the receptive field', () => {
  it('widens layer by layer back to the cloud', () => {
    const { levels, points } = receptiveField(inspection, 2, 1);
    expect(levels).toEqual([{ name: 'dense', count: 1, of: 3 }, { name: 'pool1', count: 1, of: 3 }, { name: 'conv1', count: 2, of: 6 }, { name: 'cloud', count: 4, of: 6 }]);
    expect([...points].sort()).toEqual([1, 2, 3, 4]);
  });

  it('of the maximum is everything', () => {
    expect(receptiveField(inspection, 3, 0).points.size).toBe(6);
  });

  it('follows shortcuts past layers, and what stands for all points', () => {
    const skips = view('up', cloud, { sources: [{ layer: 2, takes: rows([0], [0], [1], [1], [2], [2]) }, { layer: 0, takes: 'own' }] });
    const turned = view('turn', cloud, { sources: [{ layer: -1, takes: 'own' }, { layer: -1, takes: 'all' }] });
    // The first point's coarse one sees 0 to 2; its own of the first layer sees 0 and 1, the last one's 4 and 5 beside 3 to 5.
    expect([...receptiveField({ ...inspection, layers: [...inspection.layers, skips] }, 4, 0).points].sort()).toEqual([0, 1, 2]);
    expect(receptiveField({ ...inspection, layers: [...inspection.layers, skips] }, 4, 0).levels.map(({ name }) => name)).toEqual(['up', 'dense', 'pool1', 'conv1', 'cloud']);
    expect(receptiveField({ ...inspection, layers: [turned] }, 0, 3).points.size).toBe(6);
    expect(looksAt({ ...inspection, layers: [turned] }, 0)).toBe('each point, and all points at once');
  });
});

it('counts the channels that each point of the cloud won, those of T-Nets too', () => {
  expect([...channelsWon(inspection) ?? []]).toEqual([1, 0, 0, 0, 2, 0]);
  const turned = { ...inspection, layers: [view('turn', cloud, { winners: Int32Array.from([1, 0]) }), ...inspection.layers] };
  expect([...channelsWon(turned) ?? []]).toEqual([2, 1, 0, 0, 2, 0]);
  // Of the coarse winners the first stands where the cloud's first point does, the third where its fifth does.
  expect([wonBy(inspection, 3, 0), wonBy(inspection, 3, 4), wonBy(inspection, 3, 1)]).toEqual([[0], [1, 2], []]);
  expect(channelsWon({ ...inspection, layers: inspection.layers.slice(0, 3) })).toBeUndefined();
});

it('names the levels at which the number of points changes', () => {
  expect(levelsOf(inspection)).toEqual([{ layer: -1, name: 'cloud', count: 6 }, { layer: 1, name: 'pool1', count: 3 }]);
});
