import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { cartesianToSphericalCoordinates } from '../mathHelpers';
import {
  evaluateLegendrePolynomial, evaluateSphericalHarmonics, generateLMPermutations, generateLMZonal, integrationProduct, rotateZonalHarmonics,
  tileZonalCoefficients,
} from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const ints = (...values: number[]) => tf.tensor1d(values, 'int32');
/** All harmonics up to a band at angles [*, 1]. */
const harmonics = (maxBand: number, theta: tf.Tensor, phi: tf.Tensor) => {
  const { degreeL, orderM } = generateLMPermutations(maxBand);
  return evaluateSphericalHarmonics(degreeL, orderM, theta, phi);
};
/** Of directions [*, 3]. */
const harmonicsOf = (maxBand: number, directions: tf.Tensor) => {
  const [, theta, phi] = tf.split(cartesianToSphericalCoordinates(directions), 3, -1);
  return harmonics(maxBand, theta, phi);
};

describe('Legendre polynomials', () => {
  it('refuse wrong shapes and bands by name', () => {
    expect(() => evaluateLegendrePolynomial(ints(1, 2), ints(0, 0, 0), tf.scalar(0))).toThrow(/degreeL: \[2\], orderM: \[3\]/);
    expect(() => evaluateLegendrePolynomial(ints(-1), ints(0), tf.scalar(0))).toThrow(/degreeL must be at least 0, but element 0 is -1/);
    expect(() => evaluateLegendrePolynomial(ints(2), ints(3), tf.scalar(0))).toThrow(/orderM must lie between/);
  });

  it('take negative orders: P_2^-1 = −P_2^1 / 6', () => {
    const x = tf.tensor1d([-0.4, 0.2, 0.9]);
    const [plus, minus] = [1, -1].map((m) => evaluateLegendrePolynomial(tf.scalar(2, 'int32'), tf.scalar(m, 'int32'), x));
    expect(largestDifference(minus, tf.div(plus, -6))).toBeLessThan(1e-6);
  });

  it('have the gradients of central differences, finite at ±1', () => {
    const f = (x: tf.Tensor) => probe(evaluateLegendrePolynomial(ints(0, 1, 3, 4), ints(0, 1, 2, 3), x));
    expect(checkGradient(f, [4], [0.3, -0.5, 0.7, 0.1], 1e-3).relativeError).toBeLessThan(3e-3);
    expect(allFinite(tf.grad(f)(tf.tensor1d([1, -1, 1, -1])))).toBe(true);
  });
});

describe('spherical harmonics', () => {
  it('refuse wrong shapes by name', () => {
    const { degreeL, orderM } = generateLMPermutations(1);
    expect(() => evaluateSphericalHarmonics(degreeL, orderM, tf.zeros([2]), tf.zeros([1]))).toThrow(/theta must have exactly 1 dimensions in axis -1/);
    expect(() => evaluateSphericalHarmonics(degreeL, orderM, tf.zeros([2, 1]), tf.zeros([3, 1]))).toThrow(/theta: \[2\], phi: \[3\]/);
    expect(() => evaluateSphericalHarmonics(degreeL, ints(0), tf.zeros([1]), tf.zeros([1]))).toThrow(/orderM must have exactly 4/);
    expect(() => integrationProduct(tf.zeros([2, 4]), tf.zeros([2, 9]))).toThrow(/harmonics2 must have exactly 4/);
    expect(() => rotateZonalHarmonics(tf.zeros([2, 2]), tf.zeros([1]), tf.zeros([1]))).toThrow(/zonalCoeffs must have a rank of 1/);
    expect(() => tileZonalCoefficients(tf.zeros([2, 2]))).toThrow(/coefficients must have a rank of 1/);
  });

  it.each([1, 2, 3])('are orthonormal: their products integrate to the identity (seed %i)', (seed) => {
    // Gauss–Legendre would do with fewer points; the midpoint rule needs no table.
    const [rows, columns] = [400, 40];
    const theta = tf.tensor(Float32Array.from({ length: rows }, (_, i) => ((i + 0.5) * Math.PI) / rows), [rows, 1, 1]);
    const phi = tf.tensor(Float32Array.from({ length: columns }, (_, i) => seed + ((i + 0.5) * 2 * Math.PI) / columns), [1, columns, 1]);
    const y = tf.reshape(harmonics(3, theta, phi), [rows * columns, 16]);
    const weights = tf.reshape(tf.mul(tf.sin(theta), tf.ones([1, columns, 1])), [-1, 1]);
    const products = tf.mul(tf.matMul(y, tf.mul(y, weights), true), (2 * Math.PI * Math.PI) / (rows * columns));
    expect(largestDifference(products, tf.eye(16))).toBeLessThan(1e-4);
  });

  it('take φ in (−π, π] as in [0, 2π], where TensorFlow Graphics refuses negative ones', () => {
    const theta = tf.tensor2d([[0.3], [1.2], [2.5]]);
    const phi = tf.tensor2d([[-0.2], [-1.5], [-3.1]]);
    expect(largestDifference(harmonics(4, theta, phi), harmonics(4, theta, tf.add(phi, 2 * Math.PI)))).toBeLessThan(3e-6);
  });

  it('are those of the Cartesian formulas in the first bands (seed 4)', () => {
    const directions = randomTensors(4).directions([10, 3]);
    const [x, y, z] = tf.split(directions, 3, -1);
    const c = Math.sqrt(3 / (4 * Math.PI));
    const expected = tf.concat([tf.fill([10, 1], Math.sqrt(1 / (4 * Math.PI))), tf.mul(y, -c), tf.mul(z, c), tf.mul(x, -c)], -1);
    expect(largestDifference(harmonicsOf(1, directions), expected)).toBeLessThan(1e-6);
  });

  it('stay finite and normalised in high bands', () => {
    const { degreeL, orderM } = generateLMPermutations(30);
    const y = evaluateSphericalHarmonics(degreeL, orderM, tf.tensor1d([0.7]), tf.tensor1d([2.1]));
    // Unsöld's theorem: a band's squares sum to (2l + 1) / 4π, all of them to (L + 1)² / 4π.
    expect(tf.sum(tf.square(y)).dataSync()[0] / (31 ** 2 / (4 * Math.PI))).toBeCloseTo(1, 4);
  });

  it('have the gradients of central differences, finite at the poles', () => {
    const phi = tf.tensor2d([[0.4], [-2.1]]);
    const theta = tf.tensor2d([[0.8], [2.2]]);
    expect(checkGradient((x) => probe(harmonics(3, x, phi)), [2, 1], [0.8, 2.2], 1e-3).relativeError).toBeLessThan(3e-3);
    expect(checkGradient((x) => probe(harmonics(3, theta, x)), [2, 1], [0.4, -2.1], 1e-3).relativeError).toBeLessThan(3e-3);
    expect(allFinite(...tf.grads((t, p) => probe(harmonics(3, t, p)))([tf.tensor2d([[0], [Math.PI]]), phi]))).toBe(true);
  });

  it.each([5, 6, 7])('turn a zonal function: it depends on the angle to its axis alone, on random batches (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const batch = random.batch();
    const zonal = random.uniform([4]);
    const [axis, direction] = [random.directions([...batch, 3]), random.directions([...batch, 3])];
    const [, theta, phi] = tf.split(cartesianToSphericalCoordinates(axis), 3, -1);
    const turned = integrationProduct(rotateZonalHarmonics(zonal, theta, phi), harmonicsOf(3, direction));
    const angle = tf.acos(tf.sum(tf.mul(axis, direction), -1, true));
    const { degreeL, orderM } = generateLMZonal(3);
    const upright = integrationProduct(zonal, evaluateSphericalHarmonics(degreeL, orderM, angle, tf.zerosLike(angle)));
    expect(largestDifference(turned, upright)).toBeLessThan(3e-5);
  });

  it('give gradients to coefficients, and leave no tensors behind', () => {
    const angles = [tf.tensor1d([0.3]), tf.tensor1d([0.4])] as const;
    const before = tf.memory().numTensors;
    expect(checkGradient((x) => probe(rotateZonalHarmonics(x, ...angles)), [3], [0.3, 0.5, -0.2]).relativeError).toBeLessThan(3e-3);
    expect(checkGradient((x) => probe(tileZonalCoefficients(x)), [3], [0.3, 0.5, -0.2]).relativeError).toBeLessThan(3e-3);
    expect(tf.memory().numTensors).toBe(before);
  });
});
