import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../../assertions';
import { largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { fscore, intersectionOverUnion, precision, recall } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });
afterEach(() => enableAssertions(false));

const metrics = [['precision', precision.evaluate], ['recall', recall.evaluate], ['fscore', fscore.evaluate]] as const;

describe.each(metrics)('%s', (_name, evaluate) => {
  it('refuses wrong shapes by name', () => {
    expect(() => evaluate(tf.zeros([4]), tf.zeros([5]))).toThrow(/prediction must have exactly 4 dimensions in axis -1/);
    expect(() => evaluate(tf.zeros([2, 4]), tf.zeros([3, 4]))).toThrow(/groundTruth: \[2\], prediction: \[3\]/);
  });

  it.each([1, 2, 3])('is 1 for right labels of all classes, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const labels = tf.add(random.integers([...batch, 1], 1), tf.range(0, 5, 1, 'int32'));
    const before = tf.memory().numTensors;
    const score = evaluate(labels, labels);
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(largestDifference(score, tf.ones(batch))).toBeLessThan(1e-6);
  });

  it('is 0 for wrong ones', () => {
    expect(evaluate(tf.tensor1d([0, 1], 'int32'), tf.tensor1d([1, 0], 'int32')).dataSync()[0]).toBe(0);
  });
});

describe('precision and recall', () => {
  const truth = tf.tensor2d([[0, 1, 1, 2], [2, 2, 0, 1]], [2, 4], 'int32');
  const guess = tf.tensor2d([[0, 1, 2, 2], [2, 0, 0, 0]], [2, 4], 'int32');

  it('count by class', () => {
    expect(largestDifference(precision.evaluate(truth, guess, { reduceAverage: false }), tf.tensor2d([[1, 1, 0.5], [1 / 3, 0, 1]]))).toBeLessThan(1e-6);
    expect(largestDifference(recall.evaluate(truth, guess, { reduceAverage: false }), tf.tensor2d([[1, 0.5, 1], [1, 0, 0.5]]))).toBeLessThan(1e-6);
    expect(largestDifference(recall.evaluate(truth, guess, { classes: 2 }), tf.tensor1d([1, 0.5]))).toBeLessThan(1e-6);
  });

  it('take scores by a function', () => {
    const scores = tf.tensor1d([0.2, 0.9, 0.6]);
    const options = { classes: 1, predictionToCategoryFunction: (x: tf.Tensor) => tf.round(x) };
    expect(precision.evaluate(tf.tensor1d([0, 1, 0], 'int32'), scores, options).dataSync()[0]).toBe(0.5);
  });
});

describe('intersection over union', () => {
  it('refuses wrong shapes by name', () => {
    expect(() => intersectionOverUnion.evaluate(tf.zeros([4]), tf.zeros([4, 4]), { gridSize: 2 })).toThrow(/groundTruthLabels must have a rank of greater than 1/);
    expect(() => intersectionOverUnion.evaluate(tf.zeros([4, 4]), tf.zeros([4, 5]), { gridSize: 2 })).toThrow(/predictedLabels must have exactly 4 dimensions in axis -1/);
    expect(() => intersectionOverUnion.evaluate(tf.zeros([2, 4]), tf.zeros([3, 4]))).toThrow(/groundTruthLabels: \[2\], predictedLabels: \[3\]/);
  });

  it.each([1, 2, 3])('is symmetric, and 1 for equal grids, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const [a, b] = [random.integers([...batch, 3, 4], 2), random.integers([...batch, 3, 4], 2)];
    const iou = (x: tf.Tensor, y: tf.Tensor) => intersectionOverUnion.evaluate(x, y, { gridSize: 2 });
    expect(largestDifference(iou(a, b), iou(b, a))).toBe(0);
    expect(largestDifference(iou(a, a), tf.ones(batch))).toBe(0);
  });

  it('refuses what is no label when assertions are enabled', () => {
    enableAssertions(true);
    expect(() => intersectionOverUnion.evaluate(tf.tensor1d([0.5]), tf.tensor1d([1]))).toThrow(/groundTruthLabels must be 0 or 1/);
  });
});
