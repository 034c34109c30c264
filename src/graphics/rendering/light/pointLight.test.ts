import { beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../../assertions';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { brdf as lambertian } from '../reflectance/lambertian';
import { estimateRadiance, type Brdf } from './pointLight';

beforeAll(async () => { await tf.setBackend('cpu'); });

const white: Brdf = (incoming, outgoing, normal) => lambertian(incoming, outgoing, normal, tf.ones([3]));
const up = () => tf.tensor1d([0, 0, 1]);

describe('the radiance of point lights', () => {
  it('refuses shapes by name, and with assertions normals that are not of unit length', () => {
    const at = tf.zeros([2, 3]);
    expect(() => estimateRadiance(tf.ones([1]), tf.zeros([2]), at, at, at, white)).toThrow(/pointLightPosition must have exactly 3/);
    expect(() => estimateRadiance(tf.ones([1]), up(), tf.zeros([3, 3]), at, at, white)).toThrow(/broadcast-compatible: \[surfacePointPosition: \[3\]/);
    enableAssertions(true);
    try {
      expect(() => estimateRadiance(tf.ones([1]), up(), up(), tf.mul(up(), 2), up(), white)).toThrow(/the length of surfacePointNormal must be 1/);
    } finally {
      enableAssertions(false);
    }
  });

  it('is radiance · brdf · cosine / (4π·distance²), and falls off to the eye when asked', () => {
    const reflect = (options?: { reflectedLightFallOff: boolean }) => estimateRadiance(
      tf.tensor1d([10]), tf.tensor1d([0, 3, 4]), tf.zeros([3]), up(), tf.tensor1d([0, 0, 2]), () => tf.ones([3]), options,
    ).arraySync() as number[];
    const expected = (10 * 0.8) / (4 * Math.PI * 25);
    reflect().forEach((value) => expect(value).toBeCloseTo(expected, 6));
    reflect({ reflectedLightFallOff: true }).forEach((value) => expect(value).toBeCloseTo(expected / 4, 6));
  });

  it('is 0 where light or eye is behind the surface', () => {
    const sides = [[1, -1], [-1, 1], [-1, -1]].map(([light, eye]) => estimateRadiance(
      tf.ones([3]), tf.tensor1d([0, 0, light]), tf.zeros([3]), up(), tf.tensor1d([0, 0, eye]), () => tf.ones([3]),
    ).arraySync());
    expect(sides).toEqual([[0, 0, 0], [0, 0, 0], [0, 0, 0]].map((row) => row.map(() => expect.closeTo(0, 12))));
  });

  it('takes any batches of points and of lights, each pair by itself (seed 4)', () => {
    const random = randomTensors(4);
    for (let trial = 0; trial < 4; trial++) {
      const [points, lights] = [random.batch().slice(0, 2), random.batch().slice(0, 2)];
      const [radiance, light] = [random.uniform([...lights, 3], 0, 5), random.uniform([...lights, 3], 1, 3)];
      const [position, normal, eye] = [random.uniform([...points, 3]), random.directions([3]), random.uniform([...points, 3], 1, 4)];
      const all = estimateRadiance(radiance, light, position, normal, eye, white);
      expect(all.shape).toEqual([...points, ...lights, 3]);
      const row = (x: tf.Tensor, i: number) => tf.slice(tf.reshape(x, [-1, 3]), [i, 0], [1, 3]);
      const [point, lamp] = [all.size / 3 / (radiance.size / 3) - 1, radiance.size / 3 - 1];
      const one = estimateRadiance(row(radiance, lamp), row(light, lamp), row(position, point), normal, row(eye, point), white);
      expect(largestDifference(tf.reshape(one, [3]), tf.reshape(row(all, all.size / 3 - 1), [3]))).toBeLessThan(1e-6);
    }
  });

  it('has the gradients of central differences, and finite ones where everything meets', () => {
    const eye = tf.tensor1d([0.5, 0.2, 2]);
    const byLight = (x: tf.Tensor) => probe(estimateRadiance(tf.tensor1d([50, 20, 30]), x, tf.zeros([3]), up(), eye, white));
    const byPoint = (x: tf.Tensor) => probe(estimateRadiance(tf.tensor1d([50, 20, 30]), tf.tensor1d([1, 1, 2]), x, up(), eye, white, { reflectedLightFallOff: true }));
    expect(checkGradient(byLight, [3], [0.4, -0.3, 1.5]).relativeError).toBeLessThan(2e-3);
    expect(checkGradient(byPoint, [3], [0.1, 0.2, -0.1]).relativeError).toBeLessThan(5e-3);
    const met = (x: tf.Tensor) => estimateRadiance(tf.ones([3]), x, x, up(), x, white, { reflectedLightFallOff: true });
    expect(allFinite(met(tf.ones([3])), tf.grad(met)(tf.ones([3])))).toBe(true);
  });

  it('is 0 with gradients of 0 where the surface lies in the light or the eye, and bounded next to them', () => {
    const byLight = (x: tf.Tensor) => tf.sum(estimateRadiance(tf.ones([3]), x, tf.zeros([3]), up(), tf.tensor1d([0, 0, 1]), white));
    expect([...tf.abs(tf.grad(byLight)(tf.zeros([3]))).dataSync()]).toEqual([0, 0, 0]);
    expect(byLight(tf.zeros([3])).dataSync()[0]).toBe(0);
    const nearby = tf.tensor1d([0, 0, 1.01e-3]);
    expect(byLight(nearby).dataSync()[0]).toBeLessThan(1e5);
    expect(tf.max(tf.abs(tf.grad(byLight)(nearby))).dataSync()[0]).toBeLessThan(2e8);
    const byEye = (x: tf.Tensor) => tf.sum(estimateRadiance(tf.ones([3]), up(), tf.zeros([3]), up(), x, white, { reflectedLightFallOff: true }));
    expect([...tf.abs(tf.grad(byEye)(tf.zeros([3]))).dataSync()]).toEqual([0, 0, 0]);
  });
});
