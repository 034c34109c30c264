import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { createAdam } from './adam';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const gradientAt = (x: tf.Tensor) => tf.tidy(() => tf.mul(tf.sub(x, tf.tensor1d([1, -2, 3])), tf.tensor1d([1, 10, 0.1])));

describe('Adam', () => {
  it('takes the steps of TensorFlow.js\'s own', () => {
    const [ours, theirs] = [tf.variable(tf.zeros([3])), tf.variable(tf.zeros([3]))];
    const adam = createAdam({ x: ours });
    const other = tf.train.adam(0.1);
    for (let i = 0; i < 20; i++) {
      adam.apply({ x: gradientAt(ours) }, 0.1);
      other.applyGradients([{ name: theirs.name, tensor: gradientAt(theirs) }]);
    }
    const [a, b] = [ours.dataSync(), theirs.dataSync()];
    a.forEach((value, i) => expect(value).toBeCloseTo(b[i], 4));
  });

  it('goes on from its moments exactly', () => {
    const [whole, halves] = [tf.variable(tf.zeros([3])), tf.variable(tf.zeros([3]))];
    const uncut = createAdam({ x: whole });
    const first = createAdam({ x: halves });
    for (let i = 0; i < 6; i++) uncut.apply({ x: gradientAt(whole) }, 0.1);
    for (let i = 0; i < 3; i++) first.apply({ x: gradientAt(halves) }, 0.1);
    const second = createAdam({ x: halves });
    second.restore(first.moments(), first.steps);
    for (let i = 0; i < 3; i++) second.apply({ x: gradientAt(halves) }, 0.1);
    expect(Array.from(halves.dataSync())).toEqual(Array.from(whole.dataSync()));
    expect(second.steps).toBe(6);
  });

  it('moves a variable at the rate that is its own', () => {
    const [fast, slow] = [tf.variable(tf.zeros([3])), tf.variable(tf.zeros([3]))];
    const adam = createAdam({ fast, slow }, { rateFactors: { slow: 0.1 } });
    adam.apply({ fast: gradientAt(fast), slow: gradientAt(slow) }, 0.1);
    const [a, b] = [fast.dataSync(), slow.dataSync()];
    a.forEach((value, i) => {
      expect(Math.abs(value)).toBeCloseTo(0.1, 5);
      expect(b[i]).toBeCloseTo(value / 10, 6);
    });
  });

  it('refuses moments of another shape', () => {
    const adam = createAdam({ x: tf.variable(tf.zeros([3])) });
    expect(() => adam.restore({ 'first/x': tf.zeros([2]), 'second/x': tf.zeros([3]) }, 1)).toThrow('first moment of x');
  });

  it('leaves no tensors behind but its state', () => {
    const x = tf.variable(tf.zeros([3]));
    const gradient = gradientAt(x);
    const alone = tf.memory().numTensors;
    const adam = createAdam({ x });
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) adam.apply({ x: gradient }, 0.1);
    expect(tf.memory().numTensors).toBe(before);
    adam.dispose();
    expect(tf.memory().numTensors).toBe(alone);
  });
});
