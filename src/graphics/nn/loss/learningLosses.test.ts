import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { orthogonality, softmaxCrossEntropy } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('softmaxCrossEntropy', () => {
  const { evaluate, balancedWeights } = softmaxCrossEntropy;

  it('refuses wrong input by name', () => {
    expect(() => evaluate(tf.zeros([3], 'int32'), tf.zeros([2, 4]))).toThrow(/labels must have exactly 2 dimensions in axis 0/);
    expect(() => evaluate(tf.zeros([2], 'int32'), tf.zeros([2, 4]), { mask: tf.zeros([3]) })).toThrow(/mask must have exactly 2/);
    expect(() => evaluate(tf.zeros([2], 'int32'), tf.zeros([2, 4]), { classWeights: [1] })).toThrow(/classWeights must have exactly 4/);
    expect(() => evaluate(tf.zeros([2], 'int32'), tf.zeros([2, 4]), { labelSmoothing: 2 })).toThrow(/labelSmoothing must lie in 0 to 1/);
  });

  it.each([1, 2, 3])('is that of stock ops, with and without smoothing, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const shape = [...random.batch(), 4];
    const [labels, logits] = [random.integers(shape, 5), random.uniform([...shape, 5], -3, 3)];
    const oneHot = tf.oneHot(labels as tf.Tensor1D, 5);
    for (const labelSmoothing of [0, 0.2]) {
      const stock = tf.losses.softmaxCrossEntropy(tf.reshape(oneHot, [-1, 5]), tf.reshape(logits, [-1, 5]), undefined, labelSmoothing);
      expect(largestDifference(evaluate(labels, logits, { labelSmoothing }), stock)).toBeLessThan(1e-5);
    }
  });

  it('weights elements by class and mask', () => {
    const random = randomTensors(4);
    const [labels, logits] = [tf.tensor1d([0, 2, 1, 2], 'int32'), random.uniform([4, 3])];
    const single = (i: number) => evaluate(tf.slice(labels, i, 1), tf.slice(logits, [i, 0], [1, 3])).dataSync()[0];
    const classWeights = [1, 2, 5];
    const expected = (1 * single(0) + 5 * single(1) + 5 * 0.5 * single(3)) / (1 + 5 + 2.5);
    const options = { classWeights, mask: tf.tensor1d([1, 1, 0, 0.5]) };
    expect(evaluate(labels, logits, options).dataSync()[0]).toBeCloseTo(expected, 5);
    expect(evaluate(labels, logits, { ...options, classWeights: tf.tensor1d(classWeights) }).dataSync()[0]).toBeCloseTo(expected, 5);
    // Labels of none, and nothing that counts.
    expect(evaluate(tf.tensor1d([255], 'int32'), tf.zeros([1, 3])).dataSync()[0]).toBe(0);
    expect(evaluate(labels, logits, { mask: tf.zeros([4]) }).dataSync()[0]).toBe(0);
    expect(evaluate(tf.tensor1d([0], 'int32'), tf.tensor2d([[7]])).dataSync()[0]).toBe(0);
  });

  it('does not mind which constant is added to the logits', () => {
    const random = randomTensors(5);
    const [labels, logits] = [random.integers([6], 3), random.uniform([6, 3])];
    expect(largestDifference(evaluate(labels, tf.add(logits, 20)), evaluate(labels, logits))).toBeLessThan(1e-5);
  });

  it('has the gradients of central differences, finite for extreme logits', () => {
    const random = randomTensors(6);
    const labels = tf.tensor2d([[0, 2], [1, 3]], [2, 2], 'int32');
    const options = { classWeights: [1, 2, 3, 4], labelSmoothing: 0.1, mask: tf.tensor2d([[1, 0], [1, 1]]) };
    const f = (x: tf.Tensor) => evaluate(labels, x, options);
    expect(checkGradient(f, [2, 2, 4], [...random.uniform([16]).dataSync()]).relativeError).toBeLessThan(1e-2);
    const extreme = tf.tensor2d([[1e8, -1e8, 0, 0]]);
    expect(allFinite(evaluate(tf.tensor1d([1], 'int32'), extreme), tf.grad((x) => evaluate(tf.tensor1d([1], 'int32'), x))(extreme))).toBe(true);
  });

  it('leaves no tensors behind', () => {
    const [labels, logits] = [tf.zeros([2], 'int32'), tf.zeros([2, 3])];
    const before = tf.memory().numTensors;
    evaluate(labels, logits, { classWeights: [1, 1, 1] }).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('balanced weights make classes count alike', () => {
    const weights = balancedWeights([4, 0, 1]);
    expect(weights).toEqual([5 / 8, 0, 5 / 2]);
    expect(4 * weights[0]).toBe(1 * weights[2]);
  });
});

describe('orthogonality', () => {
  it('refuses what is not square', () => {
    expect(() => orthogonality.evaluate(tf.zeros([2]))).toThrow(/matrix must have a rank of greater than 1/);
    expect(() => orthogonality.evaluate(tf.zeros([2, 3]))).toThrow(/matrix must have exactly 3 dimensions in axis -2/);
  });

  it.each([1, 2, 3])('is the squared distance of A · Aᵀ from the identity, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const matrix = random.uniform([...batch, 3, 3]);
    const expected = tf.sum(tf.square(tf.sub(tf.matMul(matrix, tf.transpose(matrix, [...batch.keys(), batch.length + 1, batch.length])), tf.eye(3))), [-2, -1]);
    expect(largestDifference(orthogonality.evaluate(matrix), expected)).toBeLessThan(1e-5);
  });

  it('has the gradient of central differences, 0 at rotations', () => {
    const values = [...randomTensors(7).uniform([18]).dataSync()];
    expect(checkGradient((x) => tf.sum(orthogonality.evaluate(x)), [2, 3, 3], values, 1e-3).relativeError).toBeLessThan(1e-2);
    const turn = tf.tensor2d([[0.6, -0.8], [0.8, 0.6]]);
    expect(largestDifference(tf.grad((x) => orthogonality.evaluate(x))(turn), tf.zeros([2, 2]))).toBeLessThan(1e-5);
  });
});
