import { beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../../assertions';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { blinnPhong, lambertian, phong } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const up = () => tf.tensor1d([0, 0, 1]);
const down = () => tf.tensor1d([0, 0, -1]);
const GLOSSY = { phong: phong.brdf, blinnPhong: blinnPhong.brdf };

describe.each(Object.entries(GLOSSY))('%s', (_name, brdf) => {
  it('refuses shapes by name, and values with assertions', () => {
    expect(() => brdf(tf.zeros([2]), up(), up(), tf.ones([1]), tf.ones([3]))).toThrow(/directionIncomingLight must have exactly 3/);
    expect(() => brdf(down(), up(), up(), tf.ones([2]), tf.ones([3]))).toThrow(/shininess must have exactly 1/);
    expect(() => brdf(down(), up(), up(), tf.ones([1]), tf.ones([4]))).toThrow(/albedo must have exactly 3/);
    expect(() => brdf(tf.zeros([2, 3]), tf.zeros([3, 3]), up(), tf.ones([1]), tf.ones([3]))).toThrow(/broadcast-compatible/);
    enableAssertions(true);
    try {
      expect(() => brdf(down(), up(), up(), tf.tensor1d([-1]), tf.ones([3]))).toThrow(/shininess must lie in/);
      expect(() => brdf(down(), tf.mul(up(), 3), up(), tf.ones([1]), tf.ones([3]))).toThrow(/the length of directionOutgoingLight must be 1/);
    } finally {
      enableAssertions(false);
    }
  });

  it('is the albedo over π at shininess 0, and the albedo alone in the mirror without normalisation', () => {
    const albedo = tf.tensor1d([0.2, 0.4, 0.8]);
    expect(largestDifference(brdf(down(), up(), up(), tf.zeros([1]), albedo), tf.div(albedo, Math.PI))).toBeLessThan(1e-6);
    expect(largestDifference(brdf(down(), up(), up(), tf.tensor1d([30]), albedo, { brdfNormalization: false }), albedo)).toBeLessThan(1e-6);
  });

  it('is the same seen from the light, and 0 from behind (seed 7)', () => {
    const random = randomTensors(7);
    for (let trial = 0; trial < 4; trial++) {
      const batch = random.batch();
      const [incoming, outgoing, normal] = [0, 1, 2].map(() => random.directions([...batch, 3]));
      const [shininess, albedo] = [random.uniform([...batch, 1], 0, 8), random.uniform([...batch, 3], 0, 1)];
      const there = brdf(incoming, outgoing, normal, shininess, albedo);
      expect(largestDifference(there, brdf(tf.neg(outgoing), tf.neg(incoming), normal, shininess, albedo))).toBeLessThan(1e-5);
      const behind = tf.relu(tf.sum(tf.mul(incoming, normal), -1, true));
      expect(tf.max(tf.abs(tf.mul(there, tf.step(behind)))).dataSync()[0]).toBe(0);
    }
  });

  it('has the gradients of central differences, and finite ones at grazing light and shininess 0', () => {
    const [incoming, outgoing, normal] = [[0.2, -0.3, -0.9], [-0.1, 0.2, 0.95], [0.1, 0, 0.99]];
    const loss = (x: tf.Tensor) => {
      const [l, v, n, s, a] = tf.split(x, [3, 3, 3, 1, 3]);
      return probe(brdf(l, v, n, s, a));
    };
    expect(checkGradient(loss, [13], [...incoming, ...outgoing, ...normal, 2.5, 0.3, 0.6, 0.9], 3e-3).relativeError).toBeLessThan(5e-3);
    const grazing = tf.tensor1d([1, 0, 0]);
    const gradients = tf.grads((l, v, n, s) => brdf(l, v, n, s, tf.ones([3])))([grazing, grazing, up(), tf.zeros([1])]);
    expect(allFinite(...gradients)).toBe(true);
  });
});

describe('lambertian', () => {
  it('refuses shapes by name; is albedo/π before the surface and 0 behind it, linear in the albedo', () => {
    expect(() => lambertian.brdf(down(), up(), up(), tf.ones([2]))).toThrow(/albedo must have exactly 3/);
    const albedo = tf.tensor1d([0.1, 0.5, 0.9]);
    expect(largestDifference(lambertian.brdf(down(), up(), up(), albedo), tf.div(albedo, Math.PI))).toBe(0);
    expect(lambertian.brdf(up(), up(), up(), albedo).arraySync()).toEqual([0, 0, 0]);
    expect(checkGradient((x) => probe(lambertian.brdf(down(), up(), up(), x)), [3], [0.1, 0.5, 0.9]).relativeError).toBeLessThan(1e-3);
  });
});
