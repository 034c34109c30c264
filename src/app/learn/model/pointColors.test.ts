import { describe, expect, it } from 'vitest';
import type { LayerView, LearnInspection } from '../../../experiments/learn/protocol';
import { classColor, cssColor, paintPoints, rightColor, shareColor } from '../../../viewer/cloudColors';
import { activationOf, colorPoints, likeliest, type ColorRequest } from './pointColors';

const cloud = { name: 'two', positions: Float32Array.from([0, 0, 0, 1, 0, 0]), labels: Uint8Array.from([0, 0]) };
const layer: LayerView = { name: 'conv1', kind: 'dense', positions: cloud.positions, activation: Float32Array.from([3, 4, -6, 8]), channels: 2 };
const inspection: LearnInspection = { prediction: { task: 'segment', probabilities: Float32Array.from([0.9, 0.1, 0.2, 0.8]), cloud }, layers: [layer] };
const request: ColorRequest = { mode: 'prediction', theme: 'light', classNames: ['body', 'handle'], inspection, removed: new Set(), layer };
const painted = (...colors: (readonly [number, number, number])[]) => [...paintPoints(colors.length, (i) => colors[i])];

describe('colours of points', () => {
  it('say prediction, truth, right and wrong, and confidence, each with its legend', () => {
    const prediction = colorPoints(request);
    expect([...prediction.colors]).toEqual(painted(classColor(0, 'light'), classColor(1, 'light')));
    expect(prediction.legend).toEqual({ kind: 'names', entries: [{ name: 'body', color: cssColor(classColor(0, 'light')) }, { name: 'handle', color: cssColor(classColor(1, 'light')) }] });
    expect([...colorPoints({ ...request, mode: 'truth' }).colors]).toEqual(painted(classColor(0, 'light'), classColor(0, 'light')));
    expect([...colorPoints({ ...request, mode: 'error' }).colors]).toEqual(painted(rightColor(true, 'light'), rightColor(false, 'light')));
    expect([...colorPoints({ ...request, mode: 'confidence' }).colors]).toEqual(painted(shareColor(Math.fround(0.9), 'light'), shareColor(Math.fround(0.8), 'light')));
  });

  it('say that a truth is not known', () => {
    const nobody = { ...request, inspection: { ...inspection, prediction: { ...inspection.prediction, cloud: { ...cloud, labels: undefined } } } };
    expect(colorPoints({ ...nobody, mode: 'truth' }).legend).toMatchObject({ entries: [{ name: 'not known' }] });
    expect([...colorPoints({ ...nobody, mode: 'error' }).colors]).toEqual([...colorPoints({ ...nobody, mode: 'truth' }).colors]);
  });

  it('say a layer\'s activation, as the length of all channels or of one', () => {
    expect([...activationOf(layer, undefined)]).toEqual([5, 10]);
    expect([...activationOf(layer, 0)]).toEqual([3, -6]);
    const { colors, legend } = colorPoints({ ...request, mode: 'activation', channel: 0 });
    expect([...colors]).toEqual(painted(shareColor(1, 'light'), shareColor(0, 'light')));
    expect(legend).toMatchObject({ kind: 'range', title: 'conv1, channel 0', from: '-6', to: '3' });
  });

  it('say that a network has no critical points', () => {
    expect(colorPoints({ ...request, mode: 'importance' }).legend).toMatchObject({ title: expect.stringContaining('no maximum') });
  });

  it('hide what was taken away, and let the others step back', () => {
    const { colors, sizes } = colorPoints({ ...request, removed: new Set([1]), emphasized: new Set([0]) });
    expect([...sizes]).toEqual([1, 0]);
    expect([...colors.subarray(0, 3)]).toEqual(painted(classColor(0, 'light')));
    expect([...colors.subarray(3)]).not.toEqual(painted(classColor(1, 'light')));
  });
});

it('the likeliest class of a row', () => {
  expect(likeliest(Float32Array.from([0.5, 0.25, 0.25, 0.25, 0.25, 0.5]), 3, 1)).toEqual({ index: 2, share: 0.5 });
});
