import { describe, expect, it } from 'vitest';
import { createGeneratedDataset, DEFAULT_LEARN_SETTINGS, learnSettingsFor } from '../../src/experiments/learn';
import { createRandom } from '../../src/scene/random';
import { runBaselines } from './baselines';
import { foldOf } from './folds';
import { nearestPointParts } from './nearestPointParts';
import { shapeFeatures } from './shapeFeatures';
import { spread } from './trainOnce';

const settings = { ...DEFAULT_LEARN_SETTINGS, families: ['mug', 'airplane', 'key'], trainPerClass: 6, testPerClass: 3, points: 128 };

describe('what is reached without a network', () => {
  it('tells families apart', async () => {
    const { nearest, features } = await runBaselines(createGeneratedDataset(settings), settings, () => undefined);
    expect(nearest).toBeGreaterThan(0.8);
    expect(features).toBeGreaterThan(0.8);
  });

  it('finds parts by their places', async () => {
    const own = { ...learnSettingsFor('segment', 'hammer'), trainPerClass: 8, testPerClass: 4, points: 128 };
    expect(await nearestPointParts(createGeneratedDataset(own), own)).toBeGreaterThan(0.5);
  });

  it('describes every cloud by as many finite numbers, degenerate ones too', () => {
    const line = Float32Array.from({ length: 90 }, (_, i) => (i % 3 === 0 ? i / 90 : 0));
    const cloud = Float32Array.from({ length: 300 }, () => createRandom(1).normal());
    const [a, b] = [line, cloud].map((positions) => shapeFeatures(positions, createRandom(1)));
    expect(a.length).toBe(b.length);
    expect([...a, ...b].every(Number.isFinite)).toBe(true);
  });
});

it('tests every example in one fold', async () => {
  const dataset = createGeneratedDataset(settings);
  const folds = [0, 1, 2, 3].map((fold) => foldOf(dataset, fold, 4));
  expect(folds.reduce((sum, { test }) => sum + test.count, 0)).toBe(27);
  for (const { train, test } of folds) expect(train.count + test.count).toBe(27);
  expect((await folds[1].test.read(0)).name).toBe((await dataset.train.read(1)).name);
});

it('says mean and spread', () => {
  expect([spread([0.8, 0.9]), spread([0.5])]).toEqual(['85.0 ± 7.1 %', '50.0 %']);
});
