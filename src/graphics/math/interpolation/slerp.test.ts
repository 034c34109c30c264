import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../../assertions';
import { quaternion } from '../../geometry/transformation';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { interpolate, interpolateWithWeights, quaternionWeights, vectorWeights } from './slerp';

beforeAll(async () => { await tf.setBackend('cpu'); });
afterEach(() => enableAssertions(false));

const VECTOR = { method: 'VECTOR' } as const;
const at = (t: number) => tf.tensor1d([t]);

describe('slerp', () => {
  it('refuses wrong shapes and methods by name', () => {
    expect(() => interpolate(tf.zeros([3]), tf.zeros([4]), at(0))).toThrow(/vector2 must have exactly 3 dimensions in axis -1/);
    expect(() => interpolate(tf.zeros([4]), tf.zeros([4]), tf.zeros([2]))).toThrow(/percent must have exactly 1 dimensions in axis -1/);
    expect(() => vectorWeights(tf.zeros([2, 3]), tf.zeros([5, 3]), at(0))).toThrow(/vector1: \[2\], vector2: \[5\]/);
    expect(() => quaternionWeights(tf.zeros([3]), tf.zeros([4]), at(0))).toThrow(/quaternion1 must have exactly 4/);
    expect(() => interpolateWithWeights(tf.zeros([3]), tf.zeros([2]), at(0), at(0))).toThrow(/vector2 must have exactly 3/);
    expect(() => interpolate(tf.zeros([4]), tf.zeros([4]), at(0), { method: 'LINEAR' as 'VECTOR' })).toThrow(/Unknown interpolation type supplied: LINEAR/);
  });

  it.each([1, 2, 3])('goes by equal angles, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const [a, b, t] = [random.directions([...batch, 4]), random.directions([4]), random.uniform([...batch, 1], 0, 1)];
    const between = interpolate(a, b, t);
    const whole = tf.expandDims(quaternion.relativeAngle(a, tf.broadcastTo(b, a.shape)), -1);
    expect(largestDifference(tf.expandDims(quaternion.relativeAngle(a, between), -1), tf.mul(whole, t))).toBeLessThan(2e-5);
    expect(largestDifference(tf.norm(between, 'euclidean', -1), tf.ones(batch))).toBeLessThan(1e-5);
    expect(largestDifference(interpolate(a, b, tf.zeros([1]), VECTOR), a)).toBeLessThan(1e-6);
    expect(largestDifference(interpolate(a, b, tf.ones([1]), VECTOR), tf.broadcastTo(b, a.shape))).toBeLessThan(1e-6);
  });

  it.each([2, 3, 4])('joins opposite vectors of dimension %i by half a circle', (dimension) => {
    const a = randomTensors(dimension).uniform([5, dimension], 0.5, 1);
    const b = tf.mul(a, -2);
    const angleTo = (t: number) => {
      const point = interpolate(a, b, at(t), VECTOR);
      const cosine = tf.div(tf.sum(tf.mul(a, point), -1), tf.mul(tf.norm(a, 'euclidean', -1), tf.norm(point, 'euclidean', -1)));
      return tf.div(tf.acos(tf.clipByValue(cosine, -1, 1)), Math.PI);
    };
    for (const t of [0.25, 0.5, 0.8]) expect(largestDifference(angleTo(t), tf.fill([5], t))).toBeLessThan(1e-4);
    const middle = tf.norm(interpolate(a, b, at(0.5), VECTOR), 'euclidean', -1);
    expect(largestDifference(middle, tf.mul(tf.norm(a, 'euclidean', -1), 1.5))).toBeLessThan(1e-5);
    expect(largestDifference(interpolate(a, b, at(1), VECTOR), b)).toBeLessThan(1e-5);
  });

  it('has the gradients of central differences, near θ = 0 too', () => {
    const [a, b] = [tf.tensor2d([[1, 0, 0], [0.6, 0.8, 0]]), [0.99, 0.14, 0.02, 0.1, -0.7, 0.6]];
    const t = tf.tensor2d([[0.3], [0.7]]);
    expect(checkGradient((x) => probe(interpolate(a, x, t, VECTOR)), [2, 3], b).relativeError).toBeLessThan(3e-3);
    expect(checkGradient((x) => probe(interpolate(x, tf.tensor2d(b, [2, 3]), t, VECTOR)), [2, 3], [...a.dataSync()]).relativeError).toBeLessThan(3e-3);
    expect(checkGradient((x) => probe(interpolate(a, tf.tensor2d(b, [2, 3]), x, VECTOR)), [2, 1], [0.3, 0.7]).relativeError).toBeLessThan(3e-3);
  });

  it.each([1, 0.995, 0.9899, 0.5])('has the weights of the sines at a cosine of %f', (cosine) => {
    const angle = Math.acos(cosine);
    const other = tf.tensor1d([cosine, Math.sin(angle), 0, 0]);
    for (const t of [-1, 0.3, 1, 1.5]) {
      const { weight2 } = quaternionWeights(tf.tensor1d([1, 0, 0, 0]), other, at(t));
      expect(weight2.dataSync()[0]).toBeCloseTo(angle === 0 ? t : Math.sin(t * angle) / Math.sin(angle), 5);
    }
  });

  it('has finite gradients for equal, opposite and zero vectors', () => {
    const a = tf.tensor2d([[1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]]);
    const b = tf.tensor2d([[1, 0, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 0], [-0.5, -0.5, -0.5, -0.5]]);
    for (const method of ['VECTOR', 'QUATERNION'] as const) {
      const gradients = tf.grads((x, y, t) => probe(interpolate(x, y, t, { method })))([a, b, tf.fill([4, 1], 0.3)]);
      expect(allFinite(...gradients, interpolate(a, b, at(0.3), { method }))).toBe(true);
    }
  });

  it('refuses quaternions that are not of unit length when assertions are enabled', () => {
    enableAssertions(true);
    expect(() => interpolate(tf.tensor1d([1, 0, 0, 1]), tf.tensor1d([1, 0, 0, 0]), at(0))).toThrow(/quaternion1 must be 1/);
  });

  it('leaves no tensors behind', () => {
    const [a, t] = [tf.ones([3]), at(0.3)];
    const before = tf.memory().numTensors;
    tf.dispose([interpolate(a, a, t, VECTOR), interpolateWithWeights(a, a, t, t), { ...vectorWeights(a, a, t) }]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
