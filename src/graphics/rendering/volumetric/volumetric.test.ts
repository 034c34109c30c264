import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { absorption, emissionAbsorption, rayDensity, rayRadiance, visualHull } from '.';
import { cumulativeProduct } from './cumulativeProduct';

beforeAll(async () => { await tf.setBackend('cpu'); });

const RENDERERS = { absorption: absorption.render, emissionAbsorption: emissionAbsorption.render, visualHull: visualHull.render };
const gradientOf = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor => tf.grad((t) => probe(f(t)))(x);

describe.each(Object.entries(RENDERERS))('%s', (name, render) => {
  it('refuses shapes by name, and axes that are none', () => {
    expect(() => render(tf.zeros([2, 2, 3]))).toThrow(/voxels must have a rank of greater than 3, but it has rank 3 and shape \[2, 2, 3\]/);
    expect(() => render(tf.zeros([2, 2, 2, 3]), { axis: 3 })).toThrow(/'axis' needs to be 0, 1 or 2/);
  });

  it('is dark where there is nothing', () => {
    expect(tf.max(tf.abs(render(tf.zeros([3, 4, 5, 2])))).dataSync()[0]).toBe(0);
    expect(render(tf.zeros([3, 4, 5, 2]), { axis: 1 }).shape).toEqual([3, 5, 2]);
  });

  it('looks the same along each axis of the voxels turned, in any batch (seed 8)', () => {
    const random = randomTensors(8);
    for (let trial = 0; trial < 3; trial++) {
      const batch = random.batch();
      const voxels = random.uniform([...batch, 2, 3, 4, 2], 0, 1);
      const own = batch.map((_, i) => i);
      const n = batch.length;
      const turned = (order: number[]) => tf.transpose(voxels, [...own, ...order.map((axis) => n + axis), n + 3]);
      expect(largestDifference(render(turned([1, 0, 2]), { axis: 0 }), render(voxels, { axis: 1 }))).toBeLessThan(1e-6);
      expect(largestDifference(render(turned([0, 2, 1]), { axis: 2 }), render(voxels, { axis: 1 }))).toBeLessThan(1e-6);
    }
  });

  it('has the gradients of central differences, also at voxels of 0 and 1', () => {
    const values = [0.2, 0.7, 0.4, 0.9, 0.6, 0.3, 0.8, 0.5, 0.1, 0.35, 0.65, 0.95];
    expect(checkGradient((x) => probe(render(x)), [1, 2, 3, 2], values).relativeError).toBeLessThan(3e-3);
    const binary = tf.tensor(values.map(Math.round), [1, 2, 3, 2]);
    expect(allFinite(gradientOf(render, binary)), name).toBe(true);
    const opaque = (x: tf.Tensor) => (name === 'visualHull' ? render(x) : (render as typeof absorption.render)(x, { absorptionFactor: 1 }));
    expect(allFinite(opaque(binary), gradientOf(opaque, binary))).toBe(true);
  });
});

describe('absorption and emission', () => {
  it('absorb by the product of what each voxel lets through', () => {
    const voxels = tf.tensor([1, 2, 0.5], [1, 1, 3, 1]);
    expect(absorption.render(voxels, { absorptionFactor: 0.2, cellSize: 0.5 }).dataSync()[0]).toBeCloseTo(1 - 0.6 * 0.2 * 0.8, 6);
    expect(visualHull.render(voxels).dataSync()[0]).toBeCloseTo(1 - Math.exp(-3.5), 6);
  });

  it('refuse voxels without a signal beside the density', () => {
    expect(() => emissionAbsorption.render(tf.zeros([2, 2, 2, 1]))).toThrow(/voxels must have greater than 1 dimensions in axis -1/);
  });

  it('show what is in front where it is opaque', () => {
    const [red, green] = [[1, 0, 0, 0.999], [0, 1, 0, 0.999]];
    const [r, g, b, alpha] = emissionAbsorption.render(tf.tensor([red, green].flat(), [1, 1, 2, 4]), { absorptionFactor: 1 }).dataSync();
    expect([r, g, b, alpha]).toEqual([expect.closeTo(1, 1), expect.closeTo(0, 1), 0, expect.closeTo(1, 5)]);
  });
});

describe('rays', () => {
  it('refuse shapes by name', () => {
    expect(() => rayDensity.computeDensity(tf.zeros([2, 6, 2]), tf.zeros([2, 6]))).toThrow(/densityValues must have exactly 1/);
    expect(() => rayRadiance.computeRadiance(tf.zeros([2, 6, 4]), tf.zeros([2, 5]))).toThrow(/distances must have exactly 6/);
    expect(() => rayRadiance.computeRadiance(tf.zeros([2, 6, 4]), tf.zeros([3, 6]))).toThrow(/broadcast-compatible: \[rgbaValues: \[2\], distances: \[3\]\]/);
  });

  it('are as opaque as their whole density, shared out among the samples, in any batch (seed 9)', () => {
    const random = randomTensors(9);
    for (let trial = 0; trial < 4; trial++) {
      const batch = random.batch();
      const [samples, distances] = [random.uniform([...batch, 7, 4], 0, 2), random.uniform([...batch, 7], 0.1, 0.6)];
      const density = tf.split(samples, [3, 1], -1)[1];
      const { density: opacity, sampleWeights } = rayDensity.computeDensity(density, distances);
      const expected = tf.sub(1, tf.exp(tf.neg(tf.sum(tf.mul(tf.squeeze(density, [-1]), distances), -1, true))));
      expect(largestDifference(opacity, expected)).toBeLessThan(1e-5);
      const radiance = rayRadiance.computeRadiance(samples, distances);
      expect(largestDifference(radiance.alpha, opacity)).toBe(0);
      expect(largestDifference(radiance.sampleWeights, sampleWeights)).toBe(0);
      const constant = rayRadiance.computeRadiance(tf.concat([tf.ones([...batch, 7, 3]), density], -1), distances).rgb;
      expect(largestDifference(constant, tf.mul(opacity, tf.ones([3])))).toBeLessThan(1e-6);
    }
  });

  it('have the gradients of central differences, and finite ones behind opaque samples', () => {
    const distances = tf.tensor1d([0.3, 0.2, 0.5]);
    const render = (x: tf.Tensor) => {
      const { rgb, alpha } = rayRadiance.computeRadiance(x, distances);
      return tf.concat([rgb, alpha], -1);
    };
    const values = [0.2, 0.4, 0.1, 1, 0.7, 0.3, 0.9, 2, 0.5, 0.6, 0.8, 0.5];
    expect(checkGradient((x) => probe(render(x)), [3, 4], values).relativeError).toBeLessThan(3e-3);
    const opaque = tf.tensor2d([[1, 1, 1, 1e4], [1, 1, 1, 1e4], [0, 0, 0, 0]]);
    expect(allFinite(render(opaque), gradientOf(render, opaque))).toBe(true);
  });
});

describe('the cumulative product', () => {
  it('is that of a loop, with its gradient, zeros among the factors', () => {
    const values = [2, 3, 0, 4, 0.5, -1, 2];
    expect(cumulativeProduct(tf.tensor2d([values])).arraySync()).toEqual([[2, 6, 0, 0, 0, -0, 0].map((x) => expect.closeTo(x, 9))]);
    expect(cumulativeProduct(tf.tensor2d([values]), { exclusive: true }).arraySync()).toEqual([[1, 2, 6, 0, 0, 0, -0].map((x) => expect.closeTo(x, 9))]);
    expect(checkGradient((x) => probe(cumulativeProduct(tf.reshape(x, [1, 7]))), [7], values, 1e-3).relativeError).toBeLessThan(5e-3);
  });
});
