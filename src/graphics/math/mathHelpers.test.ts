import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../assertions';
import { checkGradient, probe } from '../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import {
  cartesianToSphericalCoordinates, doubleFactorial, factorial, sphericalToCartesianCoordinates, squareToSphericalCoordinates,
} from './mathHelpers';

beforeAll(async () => { await tf.setBackend('cpu'); });
afterEach(() => enableAssertions(false));

describe('spherical coordinates', () => {
  it('refuse wrong shapes by name', () => {
    expect(() => cartesianToSphericalCoordinates(tf.zeros([2]))).toThrow(/pointCartesian must have exactly 3/);
    expect(() => sphericalToCartesianCoordinates(tf.zeros([2]))).toThrow(/pointSpherical must have exactly 3/);
    expect(() => squareToSphericalCoordinates(tf.zeros([3]))).toThrow(/point2d must have exactly 2/);
  });

  it.each([1, 2, 3])('come back as the same points, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const points = random.uniform([...random.batch(), 3], -2, 2);
    expect(largestDifference(sphericalToCartesianCoordinates(cartesianToSphericalCoordinates(points)), points)).toBeLessThan(2e-6);
  });

  it('have the gradients of central differences', () => {
    const points = [0.4, -1.2, 0.9, -0.7, 0.2, -1.5];
    expect(checkGradient((x) => probe(cartesianToSphericalCoordinates(x)), [2, 3], points).relativeError).toBeLessThan(2e-3);
    expect(checkGradient((x) => probe(sphericalToCartesianCoordinates(x)), [2, 3], points).relativeError).toBeLessThan(2e-3);
    expect(checkGradient((x) => probe(squareToSphericalCoordinates(x)), [2, 2], [0.3, 0.8, 0.6, 0.1]).relativeError).toBeLessThan(2e-3);
  });

  it('have finite gradients on the axis, at the origin and at the corners of the square', () => {
    const poles = tf.tensor2d([[0, 0, 0], [0, 0, 2], [0, 0, -2], [1, 0, 0]]);
    expect(allFinite(tf.grad((x) => probe(cartesianToSphericalCoordinates(x)))(poles))).toBe(true);
    const corners = tf.tensor2d([[0, 0], [1, 0], [0, 1], [1, 1]]);
    expect(allFinite(tf.grad((x) => probe(squareToSphericalCoordinates(x)))(corners))).toBe(true);
  });

  it('spread the square evenly: cos θ is linear in x', () => {
    const x = tf.linspace(0, 1, 11);
    const [, theta] = tf.unstack(squareToSphericalCoordinates(tf.stack([x, tf.zeros([11])], -1)), -1);
    expect(largestDifference(tf.cos(theta), tf.sub(1, tf.mul(x, 2)))).toBeLessThan(1e-6);
  });

  it('refuse points outside the square when assertions are enabled', () => {
    enableAssertions(true);
    expect(() => squareToSphericalCoordinates(tf.tensor1d([0.5, 1.5]))).toThrow(/point2d must lie in \[0, 1\]/);
  });
});

describe('factorials', () => {
  it('are exact for whole numbers of either type', () => {
    expect(Array.from(factorial(tf.tensor1d([0, 1, 5, 10], 'int32')).dataSync())).toEqual([1, 1, 120, 3628800]);
    expect(Array.from(doubleFactorial(tf.tensor2d([[0, 1], [7, 8]])).dataSync())).toEqual([1, 1, 105, 384]);
  });

  it('are the gamma function between whole numbers, whose slope is Γ ψ', () => {
    // Γ and ψ at 3.5, 1.5 and 10.25, by recurrence from their asymptotic series in float64.
    const n = [2.5, 0.5, 9.25];
    const gamma = [3.32335097, 0.886226925, 639232.599];
    const digamma = [1.10315664, 0.03648998, 2.27770479];
    factorial(tf.tensor1d(n)).dataSync().forEach((value, i) => expect(value / gamma[i]).toBeCloseTo(1, 6));
    tf.grad(factorial)(tf.tensor1d(n)).dataSync().forEach((slope, i) => expect(slope / gamma[i]).toBeCloseTo(digamma[i], 5));
    // ψ(1) = −γ, ψ(4) = 11/6 − γ, also where the table's entries change.
    const euler = 0.5772156649;
    const [atZero, atThree, below] = tf.grad(factorial)(tf.tensor1d([0, 3, 2.9999998])).dataSync();
    expect([atZero, atThree / 6, below / 6]).toEqual([-euler, 11 / 6 - euler, 11 / 6 - euler].map((slope) => expect.closeTo(slope, 5)));
  });

  it('end where float32 does', () => {
    expect(factorial(tf.tensor1d([34, 35, 100])).dataSync()[0] / 2.9523279e38).toBeCloseTo(1, 5);
    expect(Array.from(factorial(tf.tensor1d([35, 100])).dataSync())).toEqual([Infinity, Infinity]);
    expect(Array.from(doubleFactorial(tf.tensor1d([56, 57])).dataSync()).map(Number.isFinite)).toEqual([true, false]);
  });

  it('refuse negative numbers when assertions are enabled', () => {
    enableAssertions(true);
    expect(() => factorial(tf.scalar(-1))).toThrow(/n must lie in \[0, Infinity\]/);
  });
});
