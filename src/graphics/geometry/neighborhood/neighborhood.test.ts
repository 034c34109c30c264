import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { disposeNeighborhood, graphPooling } from '../convolution';
import { ballQuery, ballQueryAsync, farthestPointSampling, gridAverageMap, interpolateByInverseDistance, kNearestNeighbors, kNearestNeighborsAsync, neighborhoodOf, poissonDiskSampling, radiusPairs } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = createRandom(21);
const uniform = (...shape: number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.uniform()), shape);

/** By stock ops: the distance matrix, sorted. */
function stockNeighbors(points: tf.Tensor, k: number): number[] {
  const difference = tf.sub(tf.expandDims(points, -2), tf.expandDims(points, -3));
  return Array.from(tf.topk(tf.neg(tf.sum(tf.square(difference), -1)), k).indices.dataSync());
}

describe('kNearestNeighbors and ballQuery', () => {
  it('agree with stock ops, for any batch', () => {
    const points = uniform(2, 2, 30, 3);
    const { indices, mask } = kNearestNeighbors(points, 5);
    expect(indices.shape).toEqual([2, 2, 30, 5]);
    expect(Array.from(indices.dataSync())).toEqual(stockNeighbors(points, 5));
    expect(tf.min(mask).dataSync()[0]).toBe(1);
  });

  it('leave padding out, on both sides', () => {
    const points = uniform(2, 6, 2);
    const [sizes, querySizes] = [tf.tensor1d([3, 6], 'int32'), tf.tensor1d([2, 0], 'int32')];
    const { indices, mask, squaredDistances } = kNearestNeighbors(points, 4, { sizes, queries: uniform(2, 2, 2), querySizes });
    const table = indices.dataSync();
    expect(Array.from(table.slice(0, 8)).every((index, i) => (i % 4 === 3 ? index === -1 : index >= 0 && index < 3))).toBe(true);
    expect(Array.from(table.slice(8)).every((index) => index === -1)).toBe(true);
    expect(Array.from(mask.dataSync())).toEqual(Array.from(table, (index) => (index < 0 ? 0 : 1)));
    expect(squaredDistances.dataSync().every(Number.isFinite)).toBe(true);
  });

  it('a ball holds the nearest first, up to its cap; pairs hold all', () => {
    const points = tf.tensor2d([[0], [1], [3], [1.5], [0.5]]);
    const { indices } = ballQuery(points, 1, { maxNeighbors: 3 });
    expect(Array.from(indices.dataSync())).toEqual([0, 4, 1, 1, 3, 4, 2, -1, -1, 3, 1, 4, 4, 0, 1]);
    const pairs = radiusPairs(points, 1);
    expect(Array.from(pairs.columns.segments.dataSync())).toEqual([0, 1, 4, 0, 1, 3, 4, 2, 1, 3, 4, 0, 1, 3, 4]);
    disposeNeighborhood(pairs);
  });

  it('turn with the points, and follow their order', () => {
    const points = uniform(20, 3);
    const turned = tf.matMul(points, tf.tensor2d([[0, 1, 0], [-1, 0, 0], [0, 0, 1]]));
    expect(kNearestNeighbors(turned, 4).indices.dataSync()).toEqual(kNearestNeighbors(points, 4).indices.dataSync());
    const reversed = kNearestNeighbors(tf.reverse(points, 0), 4).indices.dataSync();
    expect(Array.from(reversed, (index) => 19 - index).slice(-4)).toEqual(Array.from(kNearestNeighbors(points, 4).indices.dataSync().slice(0, 4)));
    expect(Array.from(kNearestNeighbors(points, 1, { excludeSelf: true }).indices.dataSync()).every((index, i) => index !== i)).toBe(true);
  });

  it('are the same without waiting for the device', async () => {
    const points = uniform(2, 12, 3);
    const options = { queries: uniform(2, 4, 3), sizes: tf.tensor1d([12, 7], 'int32') };
    const pairs = [
      [await kNearestNeighborsAsync(points, 3, options), kNearestNeighbors(points, 3, options)],
      [await ballQueryAsync(points, 0.5, options), ballQuery(points, 0.5, options)],
    ];
    for (const [found, expected] of pairs) {
      expect(found.indices.dataSync()).toEqual(expected.indices.dataSync());
      expect(found.squaredDistances.dataSync()).toEqual(expected.squaredDistances.dataSync());
    }
    await expect(kNearestNeighborsAsync(tf.zeros([3]), 1)).rejects.toThrow(/points must have a rank of greater than 1/);
  });

  it('refuse wrong input by name', () => {
    for (const start of [-1, 0.5]) expect(() => farthestPointSampling(tf.zeros([3, 3]), 2, { start })).toThrow(/start must be a whole number of at least 0/);
    expect(() => kNearestNeighbors(tf.zeros([3]), 1)).toThrow(/points must have a rank of greater than 1/);
    expect(() => kNearestNeighbors(tf.zeros([3, 2]), 1.5)).toThrow(/k must be a whole number/);
    expect(() => kNearestNeighbors(tf.zeros([3, 2]), 1, { queries: tf.zeros([3, 3]) })).toThrow(/queries must have exactly 2 dimensions in axis -1/);
    expect(() => kNearestNeighbors(tf.zeros([2, 3, 2]), 1, { sizes: tf.tensor1d([1, 4], 'int32') })).toThrow(/sizes must lie between 0 and the number of points, 3/);
    expect(() => kNearestNeighbors(tf.tensor2d([[NaN]]), 1)).toThrow(/coordinate 0 is NaN/);
  });
});

describe('samples', () => {
  it('of ragged batches are padded with −1', () => {
    const points = uniform(2, 8, 3);
    const { indices, sizes } = farthestPointSampling(points, 4, { sizes: tf.tensor1d([8, 2], 'int32') });
    expect(Array.from(sizes.dataSync())).toEqual([4, 2]);
    expect(Array.from(indices.dataSync().slice(4))).toEqual([0, 1, -1, -1]);
    const disks = poissonDiskSampling(points, 10, { seed: 1 });
    expect(disks.indices.shape).toEqual([2, 1]);
  });

  it('by a grid average points and features alike, with gradients', () => {
    const points = tf.tensor3d([[[0.1, 0], [0.2, 0], [0.9, 0]], [[0, 0], [0, 0.8], [0.4, 0.8]]]);
    const { map, sizes } = gridAverageMap(points, 0.5);
    expect(Array.from(sizes.dataSync())).toEqual([2, 2]);
    const means = graphPooling.pool(points, map, null, { algorithm: 'weighted' });
    expect(relativeError(means.dataSync(), [0.15, 0, 0.9, 0, 0, 0, 0.2, 0.8])).toBeLessThan(1e-6);
    expect(checkGradient((x) => probe(graphPooling.pool(x, map, null, { algorithm: 'weighted' })), [2, 3, 1], [1, 2, 3, 4, 5, 6]).relativeError).toBeLessThan(1e-2);
    disposeNeighborhood(map);
  });
});

describe('interpolateByInverseDistance', () => {
  const sources = uniform(2, 9, 3);

  it('gives back the features at the sources, and constants everywhere', () => {
    const features = uniform(2, 9, 4);
    expect(relativeError(interpolateByInverseDistance(features, sources, sources).dataSync(), features.dataSync())).toBeLessThan(1e-4);
    expect(relativeError(interpolateByInverseDistance(tf.fill([2, 9, 1], 7), sources, uniform(2, 5, 3)).dataSync(), tf.fill([2, 5, 1], 7).dataSync())).toBeLessThan(1e-6);
  });

  it('weights by 1 / d²', () => {
    const result = interpolateByInverseDistance(tf.tensor2d([[0], [10], [99]]), tf.tensor2d([[0], [3], [50]]), tf.tensor2d([[1]]), { k: 2 });
    expect(result.dataSync()[0]).toBeCloseTo(10 * (1 / 4) / (1 + 1 / 4), 5);
  });

  it.each([1e-3, 1, 1e6])('does so whatever the power, and whatever the unit: %f', (unit) => {
    const [values, sources] = [tf.tensor2d([[1], [5]]), tf.tensor2d([[0], [3 * unit]])];
    const points = tf.tensor2d([[0], [unit], [3 * unit], [1000 * unit]]);
    const far = ((1000 / 997) ** 20 * 5 + 1) / ((1000 / 997) ** 20 + 1);
    const y = interpolateByInverseDistance(values, sources, points, { k: 2, power: 20 }).dataSync();
    [1, (2 ** 20 + 5) / (2 ** 20 + 1), 5, far].forEach((expected, i) => expect(y[i]).toBeCloseTo(expected, 4));
  });

  it('has the gradient of finite differences, finite where sources coincide', () => {
    const points = uniform(2, 5, 3);
    const f = (x: tf.Tensor) => probe(interpolateByInverseDistance(x, sources, points));
    expect(checkGradient(f, [2, 9, 2], Array.from(uniform(2, 9, 2).dataSync())).relativeError).toBeLessThan(1e-2);
    const same = tf.zeros([4, 3]);
    const gradient = tf.grad((x) => tf.sum(interpolateByInverseDistance(x, same, same)))(tf.ones([4, 1]));
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
  });

  it('refuses features of other points, and leaves no tensors behind', () => {
    expect(() => interpolateByInverseDistance(tf.zeros([2, 8, 1]), sources, sources)).toThrow(/features must have exactly 9 dimensions in axis -2/);
    const before = tf.memory().numTensors;
    tf.dispose(interpolateByInverseDistance(sources, sources, sources));
    const { indices, mask, squaredDistances } = kNearestNeighbors(sources, 2);
    disposeNeighborhood(neighborhoodOf(indices, 9));
    tf.dispose([indices, mask, squaredDistances]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
