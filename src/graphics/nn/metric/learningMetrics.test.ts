import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { accuracy, confusionMatrix, meanIntersectionOverUnion, recall } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const values = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());

const metrics = [
  ['accuracy', accuracy.evaluate], ['accuracy per class', accuracy.perClass],
  ['confusionMatrix', (truth: tf.Tensor, guess: tf.Tensor, options?: { mask?: tf.Tensor }) => confusionMatrix.evaluate(truth, guess, 3, options)],
  ['meanIntersectionOverUnion', meanIntersectionOverUnion.evaluate], ['meanIntersectionOverUnion per part', meanIntersectionOverUnion.perPart],
] as const;

describe.each(metrics)('%s', (_name, evaluate) => {
  it('refuses wrong shapes by name', () => {
    expect(() => evaluate(tf.zeros([4]), tf.zeros([5]))).toThrow(/prediction must have exactly 4 dimensions in axis -1/);
    expect(() => evaluate(tf.zeros([2, 4]), tf.zeros([3, 4]))).toThrow(/groundTruth: \[2\], prediction: \[3\]/);
    expect(() => evaluate(tf.zeros([4]), tf.zeros([4]), { mask: tf.zeros([3]) })).toThrow(/mask must have exactly 4/);
  });

  it('leaves out what the mask leaves out, and no tensors behind', () => {
    const random = randomTensors(1);
    const [truth, guess] = [random.integers([2, 6], 3), random.integers([2, 6], 3)];
    const padded = [truth, guess].map((labels) => tf.concat([labels, random.integers([2, 3], 3)], 1));
    const mask = tf.tensor2d([0, 1].flatMap(() => [1, 1, 1, 1, 1, 1, 0, 0, 0]), [2, 9]);
    const before = tf.memory().numTensors;
    const plain = evaluate(truth, guess);
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(values(evaluate(padded[0], padded[1], { mask }))).toEqual(values(plain));
  });
});

it('classes are those of the elements that count', () => {
  const [truth, guess] = [tf.tensor1d([0, 1, 255], 'int32'), tf.tensor1d([0, 0, 7], 'int32')];
  const mask = tf.tensor1d([1, 1, 0]);
  expect(values(meanIntersectionOverUnion.evaluate(truth, guess, { mask }))[0]).toBeCloseTo(0.25, 6);
  expect(values(accuracy.perClass(truth, guess, { mask }))).toEqual([1, 0]);
});

describe('accuracy', () => {
  it.each([1, 2, 3])('by class is recall, and its weighted mean the whole, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const shape = [...random.batch(), 20];
    const [truth, guess] = [random.integers(shape, 3), random.integers(shape, 3)];
    const flat = (labels: tf.Tensor) => tf.reshape(labels, [-1]);
    const classes = [0, 1, 2];
    const perClass = accuracy.perClass(truth, guess, { classes });
    expect(largestDifference(perClass, recall.evaluate(flat(truth), flat(guess), { classes, reduceAverage: false }))).toBe(0);
    const counts = tf.sum(tf.oneHot(flat(truth) as tf.Tensor1D, 3), 0);
    const whole = accuracy.evaluate(flat(truth), flat(guess));
    expect(largestDifference(tf.div(tf.sum(tf.mul(perClass, counts)), truth.size), whole)).toBeLessThan(1e-6);
    expect(accuracy.evaluate(truth, guess).shape).toEqual(shape.slice(0, -1));
  });

  it('of nothing is 0, and NaN by class', () => {
    const labels = tf.tensor1d([0, 2], 'int32');
    expect(values(accuracy.evaluate(labels, labels, { mask: tf.zeros([2]) }))).toEqual([0]);
    expect(values(accuracy.perClass(labels, labels))).toEqual([1, NaN, 1]);
  });
});

describe('confusionMatrix', () => {
  it.each([1, 2, 3])('counts every pair once, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const [truth, guess] = [random.integers([...batch, 12], 4), random.integers([...batch, 12], 4)];
    const matrix = confusionMatrix.evaluate(truth, guess, 4);
    const counts = new Map<number, number>();
    const [t, g] = [truth.dataSync(), guess.dataSync()];
    t.forEach((row, i) => {
      const cell = 16 * Math.floor(i / 12) + 4 * row + g[i];
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    });
    expect(values(matrix)).toEqual(Array.from({ length: matrix.size }, (_, cell) => counts.get(cell) ?? 0));
    expect(matrix.shape).toEqual([...batch, 4, 4]);
  });

  it('has one cell for one class, and none for labels outside', () => {
    expect(values(confusionMatrix.evaluate(tf.tensor1d([0, 0, 255], 'int32'), tf.tensor1d([0, 0, 0], 'int32'), 1))).toEqual([2]);
  });
});

describe('meanIntersectionOverUnion', () => {
  it('is symmetric, 1 for equal labels, 0 for none right of two parts', () => {
    const random = randomTensors(2);
    const [truth, guess] = [random.integers([3, 30], 4), random.integers([3, 30], 4)];
    const { evaluate } = meanIntersectionOverUnion;
    expect(largestDifference(evaluate(truth, guess), evaluate(guess, truth))).toBe(0);
    expect(values(evaluate(truth, truth))).toEqual([1, 1, 1]);
    expect(values(evaluate(tf.tensor1d([0, 1], 'int32'), tf.tensor1d([1, 0], 'int32')))).toEqual([0]);
  });

  it('by shape is the mean over the parts that it may have, by part of all shapes together', () => {
    const [truth, guess] = [tf.tensor2d([[0, 0, 1, 1], [2, 2, 2, 1]], [2, 4], 'int32'), tf.tensor2d([[0, 1, 1, 1], [2, 2, 1, 1]], [2, 4], 'int32')];
    const shapes = values(meanIntersectionOverUnion.evaluate(truth, guess, { classes: [1, 2] }));
    expect(shapes.map((share) => share.toFixed(4))).toEqual([((2 / 3 + 1) / 2).toFixed(4), ((1 / 2 + 2 / 3) / 2).toFixed(4)]);
    expect(values(meanIntersectionOverUnion.perPart(truth, guess)).map((share) => share.toFixed(4))).toEqual(['0.5000', '0.6000', '0.6667']);
  });
});
