import { describe, expect, it } from 'vitest';
import { batchSizeOf, createSchedule, stackShapes, stepsPerEpoch } from './batches';
import { classAccuracies, countPrediction, createConfusion, intersectionsOverUnions, meanOfNumbers, overallAccuracy } from './confusion';
import { learningRateAt } from './course';
import { createGeneratedDataset } from './generated';
import { createKeptStates } from './keptStates';
import { createShapeReader } from './shapes';
import { DEFAULT_LEARN_SETTINGS } from './settings';
import { layerSeed, streamSeed } from './streams';
import { TINY_LEARN, TINY_SEGMENT } from './testing/tiny';

describe('shapes of our own', () => {
  it('are the same for the same seed, and none is both learnt from and tested on', async () => {
    const [a, b] = [createGeneratedDataset(TINY_LEARN), createGeneratedDataset(TINY_LEARN)];
    expect(await a.train.read(3)).toEqual(await b.train.read(3));
    expect(await createGeneratedDataset({ ...TINY_LEARN, seed: 2 }).train.read(3)).not.toEqual(await a.train.read(3));
    const meshes = await Promise.all(([['train', 8], ['test', 3]] as const).flatMap(([part, n]) => Array.from({ length: n }, (_, i) => a[part].read(2 * i))));
    expect(new Set(meshes.map(({ mesh }) => mesh?.positions.slice(0, 30).join())).size).toBe(11);
  });

  it('go by families, or by parts of one', async () => {
    const { train, classNames } = createGeneratedDataset(TINY_LEARN);
    expect([classNames, train.label(0), train.label(1), (await train.read(1)).label]).toEqual([['mug', 'airplane'], 0, 1, 1]);
    const segment = createGeneratedDataset(TINY_SEGMENT);
    const { cloud, label, partOfFace, mesh } = await segment.train.read(0);
    expect([segment.classNames, segment.train.label(0), label]).toEqual([['handle', 'head'], undefined, undefined]);
    expect([cloud.labels?.length, partOfFace?.length]).toEqual([2 * TINY_SEGMENT.points, (mesh?.faces.length ?? 0) / 3]);
  });

  it('are read once while they fit', async () => {
    let reads = 0;
    const { train } = createGeneratedDataset(TINY_LEARN);
    const read = createShapeReader({ ...train, read: (i) => { reads++; return train.read(i); } }, TINY_LEARN);
    expect(await read(0)).toBe(await read(0));
    expect(reads).toBe(1);
  });
});

describe('batches', () => {
  it('show every example once an epoch, in another order each', () => {
    const settings = { ...TINY_LEARN, batchSize: 5 };
    const schedule = createSchedule(settings, 20);
    const epochs = [0, 4].map((first) => Array.from({ length: 4 }, (_, i) => [...schedule(first + i)]).flat());
    for (const order of epochs) expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect([...createSchedule(settings, 20)(6)]).toEqual([...schedule(6)]);
    expect([stepsPerEpoch(settings, 20), stepsPerEpoch(settings, 23), stepsPerEpoch(settings, 3), batchSizeOf(settings, 3)]).toEqual([4, 4, 1, 3]);
  });

  it('are padded to the largest shape, whose padding counts for nothing', () => {
    const cloud = (n: number) => ({ name: '', positions: new Float32Array(3 * n).fill(n), labels: new Uint8Array(n).fill(1) });
    const { points, truth } = stackShapes([{ cloud: cloud(2) }, { cloud: cloud(3) }], { task: 'segment' }, 1);
    expect([points.batch, points.count, [...points.sizes ?? []], [...truth]]).toEqual([2, 3, [2, 3], [1, 1, -1, 1, 1, 1]]);
    expect([...points.positions]).toEqual([2, 2, 2, 2, 2, 2, 0, 0, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
    expect([...stackShapes([{ cloud: cloud(2), label: 4 }, { cloud: cloud(2) }], { task: 'classify' }, 1).truth]).toEqual([4, -1]);
  });
});

describe('the confusion matrix', () => {
  const confusion = createConfusion(4);
  for (const [truth, predicted] of [[0, 0], [0, 0], [0, 1], [1, 1], [2, 0]]) countPrediction(confusion, truth, predicted);
  it('gives accuracies and intersections over unions; nothing of nothing', () => {
    expect(overallAccuracy(confusion)).toBe(0.6);
    expect(classAccuracies(confusion)).toEqual([2 / 3, 1, 0, NaN]);
    expect(intersectionsOverUnions(confusion)).toEqual([2 / 4, 1 / 2, 0, NaN]);
    expect([meanOfNumbers([1, NaN, 0.5]), meanOfNumbers([NaN])]).toEqual([0.75, NaN]);
  });
});

describe('the course', () => {
  it('rises, then falls to little', () => {
    const rates = Array.from({ length: 200 }, (_, step) => learningRateAt(step, 200, { learningRate: 1 }));
    const top = rates.indexOf(Math.max(...rates));
    expect(rates.slice(0, top).every((rate, i) => rate <= rates[i + 1])).toBe(true);
    expect(rates.slice(top).every((rate, i, all) => i === 0 || rate <= all[i - 1])).toBe(true);
    expect([rates[0] < 0.2, Math.max(...rates) > 0.9, rates[199] < 0.02, learningRateAt(900, 200, { learningRate: 1 })]).toEqual([true, true, true, 0.01]);
  });
});

describe('kept states', () => {
  const state = (step: number, size = 10) => ({ step, weights: new Map([['w', new Float32Array(size)]]), optimizer: new Map<string, Float32Array>() });
  it('are those of every epoch, thinned out where they are too many', () => {
    const kept = createKeptStates(state(0), 5);
    for (let step = 1; step <= 1000; step++) if (kept.wants(step)) kept.keep(state(step));
    expect(kept.steps.length).toBeLessThanOrEqual(64);
    expect(kept.steps[0]).toBe(0);
    expect(new Set(kept.steps.map((step) => step % kept.steps[1]))).toEqual(new Set([0]));
    expect([kept.at(kept.steps[1] + 1).step, kept.at(3).step]).toEqual([kept.steps[1], 0]);
    expect(kept.wants(kept.steps[1])).toBe(false);
  });

  it('begin wherever the training does', () => {
    const kept = createKeptStates(state(7), 5);
    expect([kept.at(9).step, kept.at(2).step]).toEqual([7, 7]);
  });
});

describe('seeds', () => {
  it('differ by what they are for, and stay small for layers', () => {
    const seeds = [0, 1, 2].flatMap((seed) => (['order', 'dropout'] as const).flatMap((purpose) => [0, 1, 2].flatMap((a) => [0, 1].map((b) => streamSeed(seed, purpose, a, b)))));
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
    expect(layerSeed(1, 'weights')).toBeLessThan(1e6);
  });
});

it('settings name families that there are', () => {
  expect(createGeneratedDataset(DEFAULT_LEARN_SETTINGS).classNames).toHaveLength(12);
});
