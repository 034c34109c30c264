import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assertFinite, assertInRange, assertNormalized, enableAssertions } from './assertions';
import * as tf from './tf';

beforeAll(async () => { await tf.setBackend('cpu'); });
afterEach(() => enableAssertions(false));

const bad = tf.tensor2d([[1, 0], [3, NaN]]);

describe('assertions', () => {
  it('pass everything while they are off', () => {
    expect(() => { assertNormalized('x', bad); assertInRange('x', bad, 0, 1); assertFinite('x', bad); }).not.toThrow();
  });

  it('name the argument and the value once they are on, and leave no tensor behind', () => {
    enableAssertions(true);
    const before = tf.memory().numTensors;
    expect(() => assertNormalized('normal', bad)).toThrow(/the length of normal must be 1, but its value 1 is NaN/);
    expect(() => assertInRange('albedo', bad, 0, 1)).toThrow(/albedo must lie in \[0, 1\], but its value 2 is 3/);
    expect(() => assertInRange('fov', bad, 0, 4, { open: true })).toThrow(/fov must lie in \(0, 4\), but its value 1 is 0/);
    expect(() => assertFinite('depth', bad)).toThrow(/depth must be finite, but its value 3 is NaN/);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('let good values through', () => {
    enableAssertions(true);
    const good = tf.tensor1d([0.6, 0.8]);
    expect(() => { assertNormalized('x', good); assertInRange('x', good, 0.6, 0.8001); assertFinite('x', good); }).not.toThrow();
  });
});
