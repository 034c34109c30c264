import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { createLearnExperiment } from './experiment';
import type { LearnCheckpoint, LearnExperiment, LearnSnapshot } from './protocol';
import { TINY_LEARN, TINY_SEGMENT } from './testing/tiny';

beforeAll(async () => { await tf.setBackend('cpu'); });

async function run(experiment: LearnExperiment, steps: number): Promise<LearnSnapshot[]> {
  const snapshots: LearnSnapshot[] = [];
  for (let i = 0; i < steps; i++) snapshots.push(await experiment.step());
  return snapshots;
}

describe.each([['classify', TINY_LEARN], ['segment', TINY_SEGMENT]] as const)('a training to %s', (task, settings) => {
  it('goes on until it is done, evaluates where it should, and says how far it is', async () => {
    const experiment = await createLearnExperiment({ settings });
    const total = experiment.stepsPerEpoch * settings.epochs;
    const snapshots = await run(experiment, total);
    expect(snapshots.map(({ step }) => step)).toEqual(Array.from({ length: total }, (_, i) => i + 1));
    expect(snapshots.every(({ loss, accuracy }) => Number.isFinite(loss) && accuracy >= 0 && accuracy <= 1)).toBe(true);
    expect(snapshots.filter(({ evaluation }) => evaluation).map(({ step }) => step)).toEqual(
      Array.from({ length: total }, (_, i) => i + 1).filter((step) => step % settings.evaluateEvery === 0 || step === total));
    expect(snapshots.at(-1)).toMatchObject({ done: true, epoch: settings.epochs });
    expect(await experiment.step()).toBe(experiment.current);
    experiment.dispose();
  });

  it('evaluates every test shape once', async () => {
    const experiment = await createLearnExperiment({ settings });
    const { confusion, examples, accuracy, perClass, meanIou, perPartIou } = await experiment.evaluate();
    const classes = experiment.classNames.length;
    expect(examples.map(({ index }) => index)).toEqual(Array.from({ length: experiment.testCount }, (_, i) => i));
    expect(confusion.reduce((sum, n) => sum + n, 0)).toBe(task === 'classify' ? experiment.testCount : experiment.testCount * settings.points);
    expect([perClass.length, confusion.length]).toEqual([classes, classes ** 2]);
    const right = Array.from({ length: classes }, (_, k) => confusion[k * (classes + 1)]).reduce((sum, n) => sum + n, 0);
    expect(accuracy).toBeCloseTo(right / confusion.reduce((sum, n) => sum + n, 0), 6);
    if (task === 'segment') {
      expect(perPartIou).toHaveLength(classes);
      expect(meanIou).toBeGreaterThanOrEqual(0);
    } else expect(meanIou).toBeUndefined();
    experiment.dispose();
  });

  it('says of a shape that is looked at what it says where it is measured', async () => {
    const experiment = await createLearnExperiment({ settings });
    await run(experiment, 2);
    const classes = experiment.classNames.length;
    for (const { index, predicted, confidence } of (await experiment.evaluate()).examples) {
      const { probabilities, cloud } = await experiment.predict(await experiment.example('test', index));
      const rows = Array.from({ length: probabilities.length / classes }, (_, row) => probabilities.subarray(row * classes, (row + 1) * classes));
      const right = rows.filter((row, i) => row.indexOf(Math.max(...row)) === cloud.labels?.[i]).length / rows.length;
      expect(task === 'classify' ? rows[0][predicted] : right).toBeCloseTo(confidence, 5);
    }
    experiment.dispose();
  });

  it('goes back, and forward again through the same numbers', async () => {
    const experiment = await createLearnExperiment({ settings });
    const first = await run(experiment, 6);
    const before = await experiment.checkpoint();
    for (const step of [5, 2, 0]) {
      expect(await experiment.rewind(step)).toBe(experiment.history[step]);
      expect(experiment.current.step).toBe(step);
    }
    expect(await run(experiment, 6)).toEqual(first);
    expect(await experiment.checkpoint()).toEqual(before);
    await experiment.rewind(1);
    await experiment.rewind(6);
    expect(await experiment.checkpoint()).toEqual(before);
    experiment.dispose();
  });

  it('goes on from a checkpoint bit for bit', async () => {
    const whole = await createLearnExperiment({ settings });
    await run(whole, 3);
    const checkpoint = structuredClone(await whole.checkpoint()) as LearnCheckpoint;
    await run(whole, 3);
    const resumed = await createLearnExperiment({ settings, checkpoint });
    expect(resumed.current.step).toBe(3);
    await run(resumed, 3);
    expect(await resumed.checkpoint()).toEqual(await whole.checkpoint());
    expect(await resumed.rewind(1)).toEqual(whole.history[1]);
    whole.dispose();
    resumed.dispose();
  });

  it('predicts and shows what every layer did', async () => {
    const experiment = await createLearnExperiment({ settings });
    const example = await experiment.example('test', 0);
    const { prediction, layers } = await experiment.inspect(example);
    expect(prediction).toEqual(await experiment.predict(example));
    const classes = experiment.classNames.length;
    const rows = task === 'classify' ? 1 : settings.points;
    expect(prediction.probabilities).toHaveLength(rows * classes);
    for (let row = 0; row < rows; row++) {
      expect(prediction.probabilities.slice(row * classes, (row + 1) * classes).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    }
    expect(prediction.cloud.positions).toHaveLength(3 * settings.points);
    expect(layers.map(({ name }) => name)).toEqual(experiment.layerNames);
    for (const { activation, channels } of layers) expect([activation.length % channels, activation.every(Number.isFinite)]).toEqual([0, true]);
    experiment.dispose();
  });

  it('takes clouds of fewer points than it learnt from', async () => {
    const experiment = await createLearnExperiment({ settings });
    const { cloud } = await experiment.example('test', 0);
    const few = { name: 'few', positions: cloud.positions.slice(0, 3 * 20) };
    const { prediction, layers } = await experiment.inspect(few);
    expect(prediction.cloud.positions).toHaveLength(60);
    expect(prediction.probabilities).toHaveLength((task === 'classify' ? 1 : 20) * experiment.classNames.length);
    for (const { winners } of layers) expect(winners?.every((point) => point >= 0 && point < 20) ?? true).toBe(true);
    experiment.dispose();
  });

  it('starts from given weights', async () => {
    const trained = await createLearnExperiment({ settings });
    await run(trained, 2);
    const weights = await trained.artifacts({ command: 'none' });
    const begun = await createLearnExperiment({ settings, weights });
    const example = await trained.example('test', 1);
    const [there, here] = [await trained.predict(example), await begun.predict(example)];
    // Half precision.
    here.probabilities.forEach((p, i) => expect(Math.abs(p - there.probabilities[i])).toBeLessThan(0.05));
    expect(begun.current.step).toBe(0);
    await expect(createLearnExperiment({ settings: { ...settings, width: 0.2 }, weights })).rejects.toThrow(/width is 0.1 with them, and 0.2 here/);
    trained.dispose();
    begun.dispose();
  });

  it('takes over what it can from a network that knows other classes', async () => {
    const trained = await createLearnExperiment({ settings });
    await run(trained, 1);
    const weights = await trained.artifacts();
    const other = { ...settings, seed: 5, families: task === 'classify' ? ['mug', 'key', 'bed'] : ['chair'] };
    await expect(createLearnExperiment({ settings: other, weights })).rejects.toThrow(/classCount is 2 with them/);
    const [begun, fresh] = [await createLearnExperiment({ settings: other, weights, transfer: true }), await createLearnExperiment({ settings: other })];
    const [from, to, untrained] = (await Promise.all([trained, begun, fresh].map((one) => one.checkpoint()))).map((checkpoint) => [...checkpoint.weights.values()]);
    const near = (a: Float32Array, b: Float32Array) => a.length === b.length && a.every((x, i) => Math.abs(x - b[i]) < 1e-3 + 1e-3 * Math.abs(x));
    expect([near(from[0], to[0]), near(untrained[0], to[0]), near(from[2], to[2])]).toEqual([true, false, true]);
    expect(to.every((data, i) => near(data, from[i]) || near(data, untrained[i]))).toBe(true);
    for (const one of [trained, begun, fresh]) one.dispose();
  });
});

describe('a training', () => {
  it('learns', async () => {
    const settings = { ...TINY_LEARN, epochs: 12, points: 64, trainPerClass: 12, learningRate: 5e-3 };
    const experiment = await createLearnExperiment({ settings });
    const snapshots = await run(experiment, experiment.stepsPerEpoch * settings.epochs);
    expect(snapshots.at(-1)?.evaluation?.accuracy).toBeGreaterThan(0.8);
    experiment.dispose();
  });

  it('keeps its memory over 100 steps, and leaves none behind', async () => {
    const { numTensors: before } = tf.memory();
    const experiment = await createLearnExperiment({ settings: { ...TINY_LEARN, points: 16, width: 0.05, epochs: 50, evaluateEvery: 10 } });
    await run(experiment, 3);
    const { numTensors } = tf.memory();
    await run(experiment, 100);
    expect(tf.memory().numTensors).toBe(numTensors);
    experiment.dispose();
    // The batch that was being prepared is let go when it is there.
    await expect.poll(() => tf.memory().numTensors).toBe(before);
  });

  it('refuses checkpoints of other settings and families that are not there', async () => {
    const experiment = await createLearnExperiment({ settings: TINY_LEARN });
    const checkpoint = await experiment.checkpoint();
    experiment.dispose();
    const { numTensors } = tf.memory();
    await expect(createLearnExperiment({ settings: { ...TINY_LEARN, seed: 2 }, checkpoint })).rejects.toThrow(/other settings/);
    await expect(createLearnExperiment({ settings: { ...TINY_LEARN, families: ['mug', 'unicorn'] } })).rejects.toThrow(/unicorn/);
    await expect(createLearnExperiment({ settings: { ...TINY_LEARN, families: ['mug'] } })).rejects.toThrow(/two families/);
    await expect(createLearnExperiment({ settings: { ...TINY_SEGMENT, families: ['mug', 'key'] } })).rejects.toThrow(/one family/);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
