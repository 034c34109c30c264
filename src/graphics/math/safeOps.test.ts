import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../testing/gradients';
import { allFinite, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { safeCospxDivCosx, safeShrink, safeSignedDiv, safeSinpxDivSinx, safeUnsignedDiv } from './safeOps';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('safe operations', () => {
  it('divide as the plain ones do away from 0 (seed 1)', () => {
    const random = randomTensors(1);
    const [a, b] = [random.uniform([20]), random.uniform([20], 0.1, 2)];
    const plain = tf.div(a, b).dataSync();
    safeSignedDiv(tf.neg(a), tf.neg(b)).dataSync().forEach((value, i) => expect(value).toBeCloseTo(plain[i], 5));
    safeUnsignedDiv(a, b).dataSync().forEach((value, i) => expect(value).toBeCloseTo(plain[i], 5));
  });

  it('stay finite at 0, with their gradients', () => {
    for (const divide of [safeSignedDiv, safeUnsignedDiv]) {
      const [a, b] = [tf.tensor1d([1, 0, -3]), tf.zeros([3])];
      const [da, db] = tf.grads((x, y) => probe(divide(x, y)))([a, b]);
      expect(allFinite(divide(a, b), da, db)).toBe(true);
    }
  });

  it('shrink values onto or inside of bounds', () => {
    const x = tf.tensor1d([-1.1, -1, 0.3, 1, 1.1]);
    expect(Array.from(safeShrink(x).dataSync()).map((value) => Math.abs(value) <= 1)).toEqual([true, true, true, true, true]);
    expect(allFinite(tf.grad((t) => tf.sum(tf.acos(safeShrink(t, { openBounds: true }))))(x))).toBe(true);
    expect(Array.from(safeShrink(tf.tensor1d([-1, 7]), { minval: 0, maxval: 5 }).dataSync())).toEqual([0, 5]);
  });

  it.each([0, 1e-8, 1e-3, 9.9e-3, 1.01e-2, 0.7, 2.5, -0.4])('give sin px / sin x at %f with its gradients', (x) => {
    const expected = (theta: number, p: number) => (theta === 0 ? p : Math.sin(p * theta) / Math.sin(theta));
    const at = (values: readonly number[]) => values.map((p) => expected(x, p));
    const factors = [0.3, 1.5, -0.5];
    const ratio = safeSinpxDivSinx(tf.scalar(x), tf.tensor1d(factors));
    ratio.dataSync().forEach((value, i) => expect(value).toBeCloseTo(at(factors)[i], 5));
    const [toTheta, toFactor] = tf.grads((theta, p) => safeSinpxDivSinx(theta, p))([tf.scalar(x), tf.scalar(0.3)]);
    const h = 1e-5;
    expect(toTheta.dataSync()[0]).toBeCloseTo((expected(x + h, 0.3) - expected(x - h, 0.3)) / (2 * h), 3);
    expect(toFactor.dataSync()[0]).toBeCloseTo((expected(x, 0.3 + h) - expected(x, 0.3 - h)) / (2 * h), 3);
  });

  it('stay finite at the poles of both ratios', () => {
    for (const [ratio, pole] of [[safeSinpxDivSinx, Math.PI], [safeCospxDivCosx, Math.PI / 2]] as const) {
      const [a, b] = tf.grads((theta, p) => ratio(theta, p))([tf.scalar(pole), tf.scalar(0.3)]);
      expect(allFinite(ratio(tf.scalar(pole), tf.scalar(0.3)), a, b)).toBe(true);
    }
  });

  it('have the gradients of central differences in cos px / cos x', () => {
    expect(checkGradient((x) => probe(safeCospxDivCosx(x, tf.tensor1d([0.3, 0.8]))), [2], [0.4, -0.7]).relativeError).toBeLessThan(2e-3);
  });
});
