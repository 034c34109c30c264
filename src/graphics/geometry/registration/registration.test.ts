import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../scene/random';
import { icosphereMesh } from '../../../scene/primitives';
import { checkGradient, probe } from '../../testing/gradients';
import * as tf from '../../tf';
import { quaternion, rotationMatrix3d, so3 } from '../transformation';
import { vertexNormals } from '../representation/mesh/normals';
import { symmetricEigen } from './symmetricEigen';
import { epnp, icp, icpAsync, umeyama } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const largest = (t: tf.Tensor): number => tf.max(tf.abs(t)).dataSync()[0];
const finite = (t: tf.Tensor): boolean => t.dataSync().every(Number.isFinite);
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('symmetricEigen', () => {
  it('gives A v = λ v in ascending order (seed 1)', () => {
    const random = createRandom(1);
    const half = Array.from({ length: 36 }, () => random.normal());
    const matrix = half.map((x, i) => x + half[6 * (i % 6) + Math.floor(i / 6)]);
    const { values, vectors } = symmetricEigen(matrix, 6);
    expect([...values].sort((a, b) => a - b)).toEqual([...values]);
    vectors.forEach((v, k) => {
      for (let row = 0; row < 6; row++) expect(v.reduce((sum, x, c) => sum + matrix[6 * row + c] * x, 0)).toBeCloseTo(values[k] * v[row], 10);
    });
  });
});

describe('umeyama', () => {
  it('finds the similarity between point sets, in random batches (seeds 2 to 4)', () => {
    const rotation = rotationMatrix3d.fromQuaternion(quaternion.normalizedRandomUniform([2, 3], { seed: 2 }));
    const [points, translation] = [normal([3, 7, 3], 3), normal([2, 3, 3], 4)];
    const target = tf.add(tf.mul(rotationMatrix3d.rotate(points, tf.expandDims(rotation, 2)), 2.5), tf.expandDims(translation, 2));
    const found = umeyama(points, target);
    expect(largest(tf.sub(found.rotation, rotation))).toBeLessThan(1e-5);
    expect(largest(tf.sub(found.translation, translation))).toBeLessThan(2e-5);
    expect(largest(tf.sub(found.scale, 2.5))).toBeLessThan(2e-5);
    expect(Array.from(umeyama(points, target, { withScale: false }).scale.dataSync())).toEqual(new Array(6).fill(1));
  });

  it('listens to weights, never mirrors, and has the gradients of central differences (seed 5)', () => {
    const points = normal([5, 3], 5);
    const moved = tf.add(points, tf.tensor1d([1, 2, 3]));
    const spoiled = tf.add(moved, tf.tensor2d([[0, 0, 0], [0, 0, 0], [9, 9, 9], [0, 0, 0], [0, 0, 0]]));
    const { translation, rotation } = umeyama(points, spoiled, { weights: tf.tensor1d([1, 1, 0, 1, 1]) });
    expect(largest(tf.sub(translation, tf.tensor1d([1, 2, 3])))).toBeLessThan(1e-5);
    expect(largest(tf.sub(rotation, tf.eye(3)))).toBeLessThan(1e-5);
    expect(rotationMatrix3d.isValid(umeyama(points, tf.mul(points, tf.tensor1d([1, 1, -1]))).rotation).dataSync()[0]).toBe(1);
    const f = (x: tf.Tensor) => { const { rotation: r, translation: t, scale } = umeyama(points, x); return tf.concat([tf.reshape(r, [9]), t, scale]); };
    expect(checkGradient((x) => probe(f(x)), [5, 3], Array.from(tf.add(spoiled, normal([5, 3], 6)).dataSync())).relativeError).toBeLessThan(5e-3);
  });

  it('is finite with its gradient for coincident points, and refuses wrong shapes', () => {
    const f = (x: tf.Tensor) => { const { rotation, translation, scale } = umeyama(x, tf.ones([4, 3])); return tf.concat([tf.reshape(rotation, [9]), translation, scale]); };
    expect([finite(f(tf.zeros([4, 3]))), finite(tf.grad((x) => probe(f(x)))(tf.zeros([4, 3])))]).toEqual([true, true]);
    expect(() => umeyama(tf.zeros([4, 3]), tf.zeros([5, 3]))).toThrow(/target must have exactly 4 dimensions in axis -2/);
  });
});

describe('icp', () => {
  const sphere = icosphereMesh(1, 2);
  // A lump without symmetry, its vertices as a cloud.
  const lump = tf.mul(tf.tensor2d(sphere.positions, [sphere.positions.length / 3, 3]), tf.tensor1d([1, 0.7, 0.4]));
  const target = tf.add(lump, tf.mul(tf.sin(tf.mul(tf.reverse(lump, 1), 3)), 0.15)) as tf.Tensor2D;
  const rotation = so3.exp(tf.tensor1d([0.05, -0.08, 0.1])) as tf.Tensor2D;
  const source = tf.sub(tf.matMul(target, rotation), tf.tensor1d([0.05, 0.02, -0.03]));
  const normals = vertexNormals(target, tf.tensor2d(Int32Array.from(sphere.faces), [sphere.faces.length / 3, 3], 'int32'));

  it.each([['points', undefined], ['planes', normals]])('brings a cloud home by %s', (_name, targetNormals) => {
    const found = icp(source, target, { targetNormals, maxIterations: 100 });
    expect(found.converged).toBe(true);
    expect(found.error).toBeLessThan(1e-4);
    expect(largest(tf.sub(found.rotation, rotation))).toBeLessThan(1e-3);
    expect(found.pairs).toBe(source.shape[0]);
  });

  it('begins where it is told, leaves out what is too far, and refuses what has no pair', () => {
    const initial = { rotation, translation: tf.reshape(tf.matMul(tf.tensor2d([[0.05, 0.02, -0.03]]), rotation, false, true), [3]) };
    expect(icp(source, target, { initial }).iterations).toBeLessThan(3);
    const withOutlier = tf.concat([source, tf.tensor2d([[50, 50, 50]])]);
    expect(icp(withOutlier, target, { initial, maxDistance: 0.5 }).pairs).toBe(source.shape[0]);
    expect(() => icp(tf.add(source, 100), target, { maxDistance: 1 })).toThrow(/no point of source lies within maxDistance = 1/);
    expect(() => icp(tf.zeros([3]), target)).toThrow(/source must have a rank of 2/);
  });

  it('finds the same without waiting for the device (seed 9)', async () => {
    const source = normal([40, 3], 9);
    const target = tf.add(source, tf.tensor1d([0.05, 0, -0.05]));
    const [found, expected] = [await icpAsync(source, target), icp(source, target)];
    expect(found.translation.dataSync()).toEqual(expected.translation.dataSync());
    expect([found.iterations, found.pairs]).toEqual([expected.iterations, expected.pairs]);
    await expect(icpAsync(tf.zeros([3]), target)).rejects.toThrow(/source must have a rank of 2/);
  });
});

describe('epnp', () => {
  const [focal, principal] = [tf.tensor1d([500, 480]), tf.tensor1d([320, 240])];
  const view = (random: Random, count: number, flat: boolean) => {
    const points = Float32Array.from({ length: 3 * count }, (_, i) => (flat && i % 3 === 2 ? 0 : random.normal()));
    const rotation = rotationMatrix3d.fromQuaternion(quaternion.normalizedRandomUniform([], { seed: random.integer(1e6) }));
    const translation = tf.tensor1d([random.normal() * 0.5, random.normal() * 0.5, 8]);
    const camera = tf.add(rotationMatrix3d.rotate(tf.tensor2d(points, [count, 3]), rotation), translation);
    const [xy, z] = tf.split(camera, [2, 1], 1);
    return { points: tf.tensor2d(points, [count, 3]), pixels: tf.add(tf.mul(tf.div(xy, z), focal), principal), rotation, translation };
  };

  it.each([[4, false], [5, false], [6, false], [20, false], [4, true], [12, true]])('finds the pose from %i points, flat: %s (seed 7)', (count, flat) => {
    const random = createRandom(7);
    const errors = Array.from({ length: 20 }, () => {
      const { points, pixels, rotation, translation } = view(random, count, flat);
      const found = epnp(points, pixels, focal, principal);
      return Math.max(largest(tf.sub(found.rotation, rotation)), largest(tf.sub(found.translation, translation)));
    }).sort((a, b) => a - b);
    // Four and five points may have several poses that fit.
    expect(errors[count < 6 && !flat ? 9 : 18]).toBeLessThan(1e-2);
  });

  it('reports the image error, and stays near under noise of a pixel (seed 8)', () => {
    const { points, pixels, rotation } = view(createRandom(8), 30, false);
    const found = epnp(points, tf.add(pixels, normal([30, 2], 8)), focal, principal);
    expect(found.error).toBeGreaterThan(0.5);
    expect(found.error).toBeLessThan(2);
    expect(largest(tf.sub(found.rotation, rotation))).toBeLessThan(0.02);
  });

  it('refuses too few points and wrong shapes', () => {
    expect(() => epnp(tf.zeros([3, 3]), tf.zeros([3, 2]), focal, principal)).toThrow(/points3d must have at least 4 points/);
    const line = tf.tensor2d(Array.from({ length: 6 }, (_, i) => [i, 2 * i, 1 - i]));
    expect(() => epnp(line, tf.zeros([6, 2]), focal, principal)).toThrow(/points3d must not lie on one line/);
    expect(() => epnp(tf.ones([6, 3]), tf.zeros([6, 2]), focal, principal)).toThrow(/points3d must not lie on one line/);
    expect(() => epnp(tf.zeros([5, 3]), tf.zeros([4, 2]), focal, principal)).toThrow(/points2d must have exactly 5/);
  });
});
