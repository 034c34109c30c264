import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { createLearnExperiment } from './experiment';
import type { LearnSettings } from './settings';
import { TINY_LEARN, TINY_SEGMENT } from './testing/tiny';

beforeAll(async () => { await tf.setBackend('cpu'); });

/** Of small shapes, in few steps; each network of the points and the width with which it learns in so few. */
const NETWORKS: readonly (readonly [model: LearnSettings['model'], points: number, width: number])[] = [
  ['pointnet2-msg', 32, 0.1], ['kpconv-deformable', 64, 0.1], ['graphconv', 64, 0.25], ['meshedgeconv', 64, 0.25],
];

const settingsFor = (task: LearnSettings['task'], model: LearnSettings['model'], points: number, width: number): LearnSettings => ({
  ...(task === 'classify' ? TINY_LEARN : TINY_SEGMENT), model, width, points, trainPerClass: task === 'classify' ? 12 : 24, testPerClass: task === 'classify' ? 6 : 8,
  noise: 0, labelSmoothing: 0, classWeights: false, learningRate: 1e-2, epochs: 5, evaluateEvery: 1000, augmentation: { rotation: 'none', jitter: 0.01, scale: 0.1, dropout: 0 },
});

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

describe.each(NETWORKS)('a %s', (model, points, width) => {
  it.each([['classify', 0.8], ['segment', 0.75]] as const)('learns to %s better than by chance, and is itself again from its saved weights', async (task, least) => {
    const settings = settingsFor(task, model, points, width);
    const experiment = await createLearnExperiment({ settings });
    const losses: number[] = [];
    while (!experiment.current.done) losses.push((await experiment.step()).loss);
    const fourth = Math.floor(losses.length / 4);
    expect(mean(losses.slice(-fourth))).toBeLessThan(0.8 * mean(losses.slice(0, fourth)));
    // The mean over classes or parts: always saying the same thing has 1 / 2.
    expect(mean(experiment.current.evaluation!.perClass)).toBeGreaterThan(least);
    const restored = await createLearnExperiment({ settings, weights: await experiment.artifacts() });
    const example = await experiment.example('test', 1);
    const [there, here] = [await experiment.predict(example), await restored.predict(example)];
    // Half precision.
    here.probabilities.forEach((p, i) => expect(Math.abs(p - there.probabilities[i])).toBeLessThan(0.05));
    experiment.dispose();
    restored.dispose();
  });
});
