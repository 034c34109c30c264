import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { cross, dot, normalize, reflect } from './vector';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('vector', () => {
  it('refuses wrong shapes by name', () => {
    expect(() => cross(tf.zeros([2]), tf.zeros([3]))).toThrow(/vector1 must have exactly 3 dimensions in axis -1/);
    expect(() => cross(tf.zeros([3]), tf.zeros([4]))).toThrow(/vector2 must have exactly 3 dimensions in axis -1/);
    expect(() => dot(tf.zeros([2]), tf.zeros([3]))).toThrow(/vector2 must have exactly 2 dimensions in axis -1/);
    expect(() => reflect(tf.zeros([3]), tf.zeros([2]))).toThrow(/normal must have exactly 3 dimensions in axis -1/);
    expect(() => dot(tf.zeros([2, 3]), tf.zeros([4, 3]))).toThrow(/broadcast-compatible: \[vector1: \[2, 3\], vector2: \[4, 3\]\]/);
    expect(() => dot(tf.zeros([3]), tf.zeros([3]), { axis: 1 })).toThrow(/vector1 has no axis 1/);
  });

  it('works along any axis (seed 1)', () => {
    const random = randomTensors(1);
    const [a, b] = [random.uniform([4, 5, 3]), random.uniform([4, 5, 3])];
    const forward = (t: tf.Tensor) => tf.transpose(t, [0, 2, 1]);
    for (const axis of [1, -2]) {
      expect(largestDifference(cross(forward(a), forward(b), { axis }), forward(cross(a, b)))).toBe(0);
      expect(largestDifference(dot(forward(a), forward(b), { axis }), forward(dot(a, b)))).toBeLessThan(1e-6);
      expect(largestDifference(reflect(forward(a), forward(b), { axis }), forward(reflect(a, b)))).toBeLessThan(1e-6);
    }
    expect(dot(forward(a), forward(b), { axis: 1, keepdims: false }).shape).toEqual([4, 5]);
  });

  it.each([2, 3, 4, 5])('keeps its identities on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const [v, n] = [random.uniform([...batch, 3]), random.directions([3])];
    expect(largestDifference(reflect(reflect(v, n), n), v)).toBeLessThan(1e-6);
    expect(tf.max(tf.abs(dot(cross(v, n), n))).dataSync()[0]).toBeLessThan(1e-6);
    expect(cross(v, n).shape).toEqual([...batch, 3]);
    const unit = normalize(tf.add(v, 2));
    expect(largestDifference(dot(unit, unit, { keepdims: false }), tf.ones(batch))).toBeLessThan(1e-6);
  });

  it('has the gradients of central differences', () => {
    const other = tf.tensor2d([[0.3, -0.5, 0.8], [0.9, 0.1, -0.2]]);
    for (const f of [cross, dot, reflect] as ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[]) {
      expect(checkGradient((x) => probe(f(x, other)), [2, 3], [0.4, -0.2, 0.7, 0.1, 0.9, -0.6]).relativeError).toBeLessThan(2e-3);
      expect(checkGradient((x) => probe(f(other, x)), [2, 3], [0.4, -0.2, 0.7, 0.1, 0.9, -0.6]).relativeError).toBeLessThan(2e-3);
    }
  });

  it('normalizes the zero vector to itself with a finite gradient', () => {
    expect(allFinite(normalize(tf.zeros([3])), tf.grad((x) => probe(normalize(x)))(tf.zeros([3])))).toBe(true);
  });

  it('leaves no tensors behind', () => {
    const [a, b] = [tf.ones([2, 3]), tf.ones([3])];
    const before = tf.memory().numTensors;
    tf.dispose([cross(a, b), dot(a, b), reflect(a, b), normalize(a)]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
