import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import * as tf from '../../tf';
import { grid, point, ray, triangle } from '.';
import { faceNormals } from './mesh/normals';

beforeAll(async () => { await tf.setBackend('cpu'); });

const largest = (t: tf.Tensor): number => tf.max(tf.abs(t)).dataSync()[0];
const finite = (t: tf.Tensor): boolean => t.dataSync().every(Number.isFinite);
const gradientOf = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor => tf.grad((t) => probe(f(t)))(x);
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const unit = (shape: number[], seed: number) => { const v = normal(shape, seed); return tf.div(v, tf.norm(v, 'euclidean', -1, true)); };

describe('grid', () => {
  it('is a product of linear spaces for every element of a batch', () => {
    const points = grid.generate(tf.tensor2d([[0, 0], [1, 2]]), tf.tensor1d([4, 6]), [3, 2]);
    expect(points.shape).toEqual([2, 3, 2, 2]);
    expect(Array.from(points.dataSync())).toEqual([0, 0, 0, 6, 2, 0, 2, 6, 4, 0, 4, 6, 1, 2, 1, 6, 2.5, 2, 2.5, 6, 4, 2, 4, 6]);
  });

  it('has the gradients of central differences, and refuses wrong shapes', () => {
    expect(checkGradient((x) => probe(grid.generate(x, tf.ones([2]), [2, 3])), [2], [0.3, -1]).relativeError).toBeLessThan(2e-3);
    expect(() => grid.generate(tf.zeros([2]), tf.zeros([3]), [2, 2])).toThrow(/stops must have exactly 2/);
    expect(() => grid.generate(tf.zeros([2]), tf.zeros([2]), [2])).toThrow(/nums must have exactly 2/);
    expect(() => grid.generate(tf.zeros([1]), tf.zeros([1]), [0])).toThrow(/nums must be whole numbers of at least 1/);
  });
});

describe('point', () => {
  it('projects at a right angle, in any number of dimensions (seeds 1 to 3)', () => {
    const [points, origin, direction] = [normal([3, 2, 5], 1), normal([2, 5], 2), unit([5], 3)];
    const foot = point.projectToRay(points, origin, direction);
    const offset = tf.sub(points, foot);
    expect(largest(tf.sum(tf.mul(offset, direction), -1))).toBeLessThan(2e-6);
    expect(largest(tf.sub(tf.norm(offset, 'euclidean', -1), point.distanceToRay(points, origin, direction, { keepdims: false })))).toBeLessThan(2e-6);
    expect(largest(point.distanceToRay(foot, origin, direction))).toBeLessThan(2e-6);
  });

  it('has the gradients of central differences, finite on the ray, and refuses wrong shapes', () => {
    const [origin, direction] = [tf.zeros([3]), tf.tensor1d([0.6, 0, 0.8])];
    expect(checkGradient((x) => probe(point.distanceToRay(x, origin, direction)), [3], [1, 2, -1]).relativeError).toBeLessThan(2e-3);
    expect(finite(gradientOf((x) => point.distanceToRay(x, origin, direction), direction))).toBe(true);
    expect(() => point.distanceToRay(tf.zeros([3]), tf.zeros([2]), tf.zeros([3]))).toThrow(/origin must have exactly 3/);
  });
});

describe('triangle', () => {
  it('has one default normal with the mesh: right-handed, where TensorFlow Graphics has two', () => {
    const corners = [[0, 0, 0], [1, 0, 0], [0, 1, 0]].map((corner) => tf.tensor1d(corner));
    expect(Array.from(triangle.normal(corners[0], corners[1], corners[2]).dataSync())).toEqual([0, 0, 1]);
    expect(Array.from(faceNormals(tf.stack(corners)).dataSync())).toEqual([0, 0, 1]);
    expect(Array.from(triangle.normal(corners[0], corners[1], corners[2], { clockwise: false, normalize: false }).dataSync()).map((x) => x + 0)).toEqual([0, 0, -1]);
    expect(triangle.area(corners[0], corners[1], corners[2]).dataSync()[0]).toBeCloseTo(0.5, 6);
  });

  it('scales its area with the square (seed 4), is finite with its gradients without area, and refuses wrong shapes', () => {
    const [a, b, c] = tf.split(normal([4, 3, 3], 4), 3, 1);
    expect(largest(tf.sub(triangle.area(tf.mul(a, 2), tf.mul(b, 2), tf.mul(c, 2)), tf.mul(triangle.area(a, b, c), 4)))).toBeLessThan(2e-5);
    expect(finite(gradientOf((x) => triangle.area(x, tf.ones([3]), tf.zeros([3])), tf.ones([3])))).toBe(true);
    expect(finite(gradientOf((x) => triangle.normal(x, tf.ones([3]), tf.zeros([3])), tf.ones([3])))).toBe(true);
    expect(checkGradient((x) => probe(triangle.normal(x, tf.tensor1d([1, 0, 0]), tf.tensor1d([0, 1, 0]))), [3], [0.2, 0.1, 0.9]).relativeError).toBeLessThan(2e-3);
    expect(() => triangle.area(tf.zeros([3]), tf.zeros([2]), tf.zeros([3]))).toThrow(/v1 must have exactly 3/);
  });
});

describe('ray.triangulate', () => {
  const rays = (target: tf.Tensor, count: number, seed: number): [tf.Tensor, tf.Tensor] => {
    const starts = tf.add(normal([...target.shape.slice(0, -1), count, 3], seed), tf.tensor1d([0, 0, 5]));
    return [starts, tf.add(starts, tf.mul(tf.sub(tf.expandDims(target, -2), starts), 0.3))];
  };

  it('finds where rays meet (seeds 5, 6)', () => {
    const target = normal([2, 3, 3], 5);
    const [starts, ends] = rays(target, 4, 6);
    expect(largest(tf.sub(ray.triangulate(starts, ends, tf.ones([2, 3, 4])), target))).toBeLessThan(2e-4);
  });

  it('is finite with its gradient for parallel rays and for rays without a direction', () => {
    const starts = tf.tensor2d([[0, 0, 0], [1, 0, 0]]);
    const parallel = (x: tf.Tensor) => ray.triangulate(x, tf.add(starts, tf.tensor1d([0, 0, 1])), tf.ones([2]));
    expect(Array.from(parallel(starts).dataSync())).toEqual([0.5, 0, 0]);
    expect(finite(gradientOf(parallel, starts))).toBe(true);
    expect(largest(tf.sub(ray.triangulate(starts, starts, tf.ones([2])), tf.tensor1d([0.5, 0, 0])))).toBeLessThan(1e-6);
    expect(finite(gradientOf((x) => ray.triangulate(x, starts, tf.ones([2])), starts))).toBe(true);
  });

  it('has the gradients of central differences, and refuses wrong shapes', () => {
    const [starts, ends] = rays(tf.tensor1d([0.2, -0.1, 0.4]), 3, 7);
    expect(checkGradient((x) => probe(ray.triangulate(starts, x, tf.tensor1d([1, 2, 0.5]))), [3, 3], Array.from(ends.dataSync())).relativeError).toBeLessThan(1e-2);
    expect(() => ray.triangulate(tf.zeros([4, 3]), tf.zeros([4, 3]), tf.zeros([3]))).toThrow(/weights must have exactly 4/);
    expect(() => ray.triangulate(tf.zeros([3]), tf.zeros([3]), tf.zeros([3]))).toThrow(/startpoints must have a rank of greater than 1/);
  });
});

describe('ray.intersectionRaySphere', () => {
  it('puts its places on the sphere and on the ray (seeds 8 to 10)', () => {
    const [center, radius] = [normal([4, 1, 3], 8), tf.tensor1d([2])];
    const inside = tf.add(center, tf.mul(unit([4, 2, 3], 9), 1.5));
    const direction = unit([2, 3], 10);
    const { points, normals, hits } = ray.intersectionRaySphere(center, radius, direction, inside);
    expect(points.shape).toEqual([2, 4, 2, 3]);
    expect(largest(tf.sub(tf.norm(tf.sub(points, center), 'euclidean', -1), 2))).toBeLessThan(3e-6);
    expect(largest(point.distanceToRay(points, inside, direction))).toBeLessThan(3e-6);
    expect(largest(tf.sub(tf.norm(normals, 'euclidean', -1), 1))).toBeLessThan(1e-6);
    expect(Array.from(hits.dataSync())).toEqual(new Array(8).fill(1));
  });

  it('says that a ray misses, without NaN in values or gradients', () => {
    const miss = (x: tf.Tensor) => ray.intersectionRaySphere(tf.tensor1d([0, 0, 3]), tf.tensor1d([1]), tf.tensor1d([0, 0, 1]), x);
    const { points, hits } = miss(tf.tensor1d([2, 0, 0]));
    expect(Array.from(hits.dataSync())).toEqual([0]);
    expect(Array.from(points.dataSync())).toEqual([2, 0, 3, 2, 0, 3]);
    for (const x of [2, 1]) expect(finite(gradientOf((t) => tf.concat([miss(t).points, miss(t).normals]), tf.tensor1d([x, 0, 0])))).toBe(true);
  });

  it('has the gradients of central differences, and refuses wrong shapes', () => {
    const f = (x: tf.Tensor) => ray.intersectionRaySphere(x, tf.tensor1d([1]), tf.tensor1d([0, 0, 1]), tf.tensor1d([0.3, 0.2, 0])).normals;
    expect(checkGradient((x) => probe(f(x)), [3], [0, 0.1, 3]).relativeError).toBeLessThan(3e-3);
    expect(() => ray.intersectionRaySphere(tf.zeros([2]), tf.ones([1]), tf.zeros([3]), tf.zeros([3]))).toThrow(/sphereCenter must have exactly 3/);
  });
});

describe('samples along rays', () => {
  const [origins, directions] = [normal([3, 2, 3], 11), normal([3, 2, 3], 12)];

  it('lie on the rays, in order, between near and far (seed 13)', () => {
    const { points, zValues } = ray.sampleStratified1d(origins, directions, 1, tf.tensor2d([[2, 3]]), 8, { seed: 13 });
    expect([points.shape, zValues.shape]).toEqual([[3, 2, 8, 3], [3, 2, 8]]);
    const expected = tf.add(tf.expandDims(origins, 2), tf.mul(tf.expandDims(directions, 2), tf.expandDims(zValues, 3)));
    expect(largest(tf.sub(points, expected))).toBe(0);
    const steps = tf.sub(tf.slice(zValues, [0, 0, 1], [3, 2, 7]), tf.slice(zValues, [0, 0, 0], [3, 2, 7]));
    expect(tf.min(steps).dataSync()[0]).toBeGreaterThan(0);
    expect([tf.min(zValues).dataSync()[0] >= 1, tf.max(zValues).dataSync()[0] <= 3]).toEqual([true, true]);
    expect(Array.from(ray.sample1d(origins, directions, 0, 1, 3, { strategy: 'regular' }).zValues.dataSync()).slice(0, 3)).toEqual([0, 0.5, 1]);
  });

  it('crowd where the weights are, and keep the earlier ones (seed 14)', () => {
    const early = tf.tensor1d([0, 1, 2, 3]);
    const { points, zValues } = ray.sampleInverseTransformStratified1d(origins, directions, early, tf.tensor1d([0, 0, 4, 4]), 20, { seed: 14 });
    expect(points.shape).toEqual([3, 2, 24, 3]);
    const values = Array.from(zValues.dataSync()).slice(0, 24);
    expect([...values].sort((a, b) => a - b)).toEqual(values);
    expect([0, 1, 2, 3].every((z) => values.includes(z))).toBe(true);
    expect(values.filter((z) => z < 1).length).toBe(1);
    expect(ray.sampleInverseTransformStratified1d(origins, directions, early, tf.ones([4]), 5, { combineZValues: false, seed: 14 }).zValues.shape).toEqual([3, 2, 5]);
  });

  it('let gradients through to the rays, near and far, and refuse what they do not know', () => {
    expect(checkGradient((x) => probe(ray.sample1d(x, tf.ones([3]), 0, 1, 4, { seed: 15 }).points), [3], [1, 2, 3]).relativeError).toBeLessThan(2e-3);
    expect(checkGradient((x) => probe(ray.sampleStratified1d(tf.zeros([3]), tf.ones([3]), 0, x, 4, { seed: 15 }).points), [], [2]).relativeError).toBeLessThan(2e-3);
    const sorted = (x: tf.Tensor) => ray.sampleInverseTransformStratified1d(tf.zeros([3]), tf.ones([3]), x, tf.ones([3]), 2, { seed: 15 }).points;
    expect(finite(gradientOf(sorted, tf.tensor1d([0, 1, 2])))).toBe(true);
    expect(() => ray.sample1d(tf.zeros([3]), tf.zeros([2]), 0, 1, 4, { seed: 15 })).toThrow(/rayDir must have exactly 3/);
    expect(() => ray.sample1d(tf.zeros([3]), tf.zeros([3]), 0, 1, 4, { strategy: 'wild' as 'regular' })).toThrow(/strategy must be one of/);
    expect(() => ray.sample1d(tf.zeros([3]), tf.zeros([3]), 0, 1, 4, { seed: undefined as unknown as number })).toThrow(/seed must be a whole number/);
  });
});
