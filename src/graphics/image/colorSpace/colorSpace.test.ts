import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../../assertions';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { linearRgb, srgb } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });
afterEach(() => enableAssertions(false));

describe('sRGB and linear light', () => {
  it('refuse wrong shapes by name', () => {
    expect(() => linearRgb.fromSrgb(tf.zeros([4]))).toThrow(/srgb must have exactly 3 dimensions in axis -1/);
    expect(() => srgb.fromLinearRgb(tf.zeros([4]))).toThrow(/linearRgb must have exactly 3 dimensions in axis -1/);
  });

  it.each([1, 2, 3])('undo each other, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const colors = random.uniform([...random.batch(), 3], 0, 1);
    expect(largestDifference(linearRgb.fromSrgb(srgb.fromLinearRgb(colors)), colors)).toBeLessThan(1e-6);
    expect(largestDifference(srgb.fromLinearRgb(linearRgb.fromSrgb(colors)), colors)).toBeLessThan(1e-6);
  });

  it('have the gradients of central differences, finite at black and at the bend', () => {
    const colors = [0.02, 0.3, 0.9];
    expect(checkGradient((x) => probe(linearRgb.fromSrgb(x)), [3], colors, 1e-3).relativeError).toBeLessThan(2e-3);
    expect(checkGradient((x) => probe(srgb.fromLinearRgb(x)), [3], colors, 1e-3).relativeError).toBeLessThan(2e-3);
    const ends = tf.tensor1d([0, 0.04045, 0.0031308]);
    expect(allFinite(tf.grad((x) => probe(srgb.fromLinearRgb(x)))(ends), tf.grad((x) => probe(linearRgb.fromSrgb(x)))(ends))).toBe(true);
  });

  it('refuse colors out of range when assertions are enabled, and leave no tensors behind', () => {
    const [good, bad] = [tf.ones([3]), tf.fill([3], 1.5)];
    const before = tf.memory().numTensors;
    tf.dispose([srgb.fromLinearRgb(good), linearRgb.fromSrgb(good)]);
    enableAssertions(true);
    expect(() => srgb.fromLinearRgb(bad)).toThrow(/linearRgb must lie in \[0, 1\]/);
    expect(() => linearRgb.fromSrgb(bad)).toThrow(/srgb must lie in \[0, 1\]/);
    expect(tf.memory().numTensors).toBe(before);
  });
});
