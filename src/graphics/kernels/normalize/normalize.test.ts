import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, numericGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { dotProduct, randomValues64 } from '../testing/float64';
import { scaleShiftBackLoops, scaleShiftLoops, scaleShiftSumsLoops } from './normalize.cpu';
import { normalizeColumns, scaleShift } from './normalize';

beforeAll(async () => { await tf.setBackend('cpu'); });

const [rows, channels] = [7, 3];
const options = { epsilon: 1e-3, slope: 0.2 };
const random = (length: number, seed: number, shape: number[]): tf.Tensor => tf.tensor(Float32Array.from(randomValues64(length, seed)), shape);
const x = () => random(21, 1, [rows, channels]) as tf.Tensor2D;

/** Of stock ops. */
function stock(input: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(input, 0);
  return tf.leakyRelu(tf.add(tf.mul(tf.div(tf.sub(input, mean), tf.sqrt(tf.add(variance, 1e-3))), gamma), beta), 0.2);
}

describe('scaleShift', () => {
  it('has the gradients that central differences say in float64', () => {
    const [input, scale, shift, dy] = [randomValues64(21, 1), randomValues64(3, 2), randomValues64(3, 3), randomValues64(21, 4)];
    const loss = (a: Float64Array, b: Float64Array, c: Float64Array) => dotProduct(dy, scaleShiftLoops(a, b, c, 0.2));
    const call = { dy, x: input, scale, shift, segments: new Int32Array(0), slope: 0.2 };
    const none = new Float64Array(3);
    expect(relativeError(scaleShiftBackLoops(call, none, none), numericGradient((a) => loss(a, scale, shift), input))).toBeLessThan(1e-8);
    const sums = scaleShiftSumsLoops(call, none);
    expect(relativeError(sums.subarray(3), numericGradient((b) => loss(input, b, shift), scale))).toBeLessThan(1e-8);
    expect(relativeError(sums.subarray(0, 3), numericGradient((c) => loss(input, scale, c), shift))).toBeLessThan(1e-8);
  });

  it('is differentiated through the tape', () => {
    const f = (all: tf.Tensor) => {
      const [a, b, c] = tf.split(all, [21, 3, 3]);
      return probe(scaleShift(tf.reshape(a, [7, 3]), b, c, 0.2));
    };
    expect(checkGradient(f, [27], Array.from(randomValues64(27, 5))).relativeError).toBeLessThan(1e-2);
  });
});

describe('normalizeColumns', () => {
  it('is batch normalisation and a leaky ReLU, with its gradients', () => {
    const [gamma, beta] = [random(3, 2, [3]), random(3, 3, [3])];
    const { y, mean, variance } = normalizeColumns(x(), gamma, beta, options);
    expect(relativeError(y.dataSync(), stock(x(), gamma, beta).dataSync())).toBeLessThan(1e-5);
    const moments = tf.moments(x(), 0);
    expect(relativeError(mean.dataSync(), moments.mean.dataSync())).toBeLessThan(1e-6);
    expect(relativeError(variance.dataSync(), moments.variance.dataSync())).toBeLessThan(1e-6);
    const ours = tf.grads((a, b, c) => probe(normalizeColumns(a as tf.Tensor2D, b, c, options).y))([x(), gamma, beta]);
    const theirs = tf.grads((a, b, c) => probe(stock(a, b, c)))([x(), gamma, beta]);
    ours.forEach((gradient, i) => expect(relativeError(gradient.dataSync(), theirs[i].dataSync())).toBeLessThan(1e-4));
    const f = (a: tf.Tensor) => probe(normalizeColumns(a as tf.Tensor2D, gamma, beta, options).y);
    expect(checkGradient(f, [7, 3], Array.from(x().dataSync())).relativeError).toBeLessThan(1e-2);
  });

  it('counts no padding, and gives it no gradient', () => {
    const [gamma, beta] = [random(3, 2, [3]), random(3, 3, [3])];
    const segments = tf.tensor1d([0, -1, 0, 0, 1, -1, 1], 'int32');
    const kept = tf.tensor1d([0, 2, 3, 4, 6], 'int32');
    const masked = (a: tf.Tensor) => normalizeColumns(a as tf.Tensor2D, gamma, beta, { ...options, segments, count: 5 }).y;
    expect(relativeError(tf.gather(masked(x()), kept).dataSync(), stock(tf.gather(x(), kept), gamma, beta).dataSync())).toBeLessThan(1e-5);
    const ours = tf.grad((a) => probe(tf.gather(masked(a), kept)))(x());
    const theirs = tf.grad((a) => probe(stock(tf.gather(a, kept), gamma, beta)))(x());
    expect(relativeError(ours.dataSync(), theirs.dataSync())).toBeLessThan(1e-4);
  });

  it('has finite gradients where all rows are alike, and keeps the variance of numbers far from 0', () => {
    const gradient = tf.grad((a) => probe(normalizeColumns(a as tf.Tensor2D, tf.ones([3]), tf.zeros([3]), options).y))(tf.fill([7, 3], 5));
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
    const far = normalizeColumns(tf.tensor2d([[10000], [10001]]), tf.ones([1]), tf.zeros([1]), options);
    expect(far.variance.dataSync()[0]).toBeCloseTo(0.25, 4);
  });

  it('refuses wrong shapes by name, and leaves no tensors behind', () => {
    expect(() => normalizeColumns(tf.zeros([2, 3]), tf.zeros([2]), tf.zeros([3]), options)).toThrow(/gamma must have exactly 3 dimensions in axis 0/);
    expect(() => scaleShift(tf.zeros([2, 3]), tf.zeros([3]), tf.zeros([2]), 0)).toThrow(/shift must have exactly 3 dimensions in axis 0/);
    const before = tf.memory().numTensors;
    tf.tidy(() => void tf.grads((a, b, c) => probe(normalizeColumns(a as tf.Tensor2D, b, c, options).y))([x(), tf.ones([3]), tf.zeros([3])]));
    const { y, mean, variance } = tf.tidy(() => normalizeColumns(x(), tf.ones([3]), tf.zeros([3]), options) as unknown as { [name: string]: tf.Tensor });
    tf.dispose([y, mean, variance]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
