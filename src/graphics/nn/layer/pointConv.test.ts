import { beforeAll, describe, expect, it } from 'vitest';
import { kernelDensity, kNearestNeighbors } from '../../geometry/neighborhood';
import { relativeError } from '../../testing/gradients';
import { largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import type { KernelView } from './kernelConvolution';
import { PointConv } from './pointConv';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = randomTensors(5);
const weightsOf = (layer: PointConv) => Object.fromEntries(layer.weights.map((weight) => [weight.originalName.split('/').slice(1).join('/'), weight.read()]));

describe('PointConv (seed 5)', () => {
  const [features, points] = [random.uniform([10, 4]), random.uniform([10, 3])];
  const { indices } = kNearestNeighbors(points, 3);
  /** [10, 3, D] */
  const grouped = (x: tf.Tensor) => tf.reshape(tf.gather(x, tf.reshape(indices, [-1])), [10, 3, -1]);
  const offsets = tf.div(tf.sub(grouped(points), tf.expandDims(points, 1)), 2);

  it('is the sum over neighbours with the whole kernel, weight net and last layer in one', () => {
    const layer = new PointConv({ channels: 6, radius: 2, weightNet: [7, 5], inverseDensity: false, normalization: false });
    const y = layer.apply([features, points, indices]) as tf.Tensor;
    const w = weightsOf(layer);
    const hidden = tf.relu(tf.add(tf.matMul(tf.reshape(offsets, [30, 3]), w['weight1/kernel'] as tf.Tensor2D), w['weight1/bias']));
    const middle = tf.relu(tf.add(tf.matMul(hidden as tf.Tensor2D, w['weight2/kernel'] as tf.Tensor2D), w['weight2/bias']));
    // The kernel that the efficient form never makes: a matrix [C, channels] at every neighbour.
    const kernel = tf.reshape(tf.matMul(middle as tf.Tensor2D, tf.reshape(w['mix/kernel'], [5, 24]) as tf.Tensor2D), [10, 3, 4, 6]);
    const expected = tf.sum(tf.mul(tf.expandDims(grouped(features), -1), kernel), [1, 2]);
    expect(relativeError(y.dataSync(), expected.dataSync())).toBeLessThan(1e-5);
  });

  it('weighs by a network of the inverse density over the largest in the neighbourhood', () => {
    const layer = new PointConv({ channels: 2, radius: 2, weightNet: [3], bandwidth: 0.2, normalization: false });
    let seen: tf.Tensor | undefined;
    layer.apply([features, points, indices], { inspect: ({ entryWeights }: KernelView) => { seen = tf.keep(entryWeights); } });
    const w = weightsOf(layer);
    const inverse = grouped(tf.div(1, tf.reshape(kernelDensity(points, 0.4), [10, 1])));
    const ratio = tf.reshape(tf.div(inverse, tf.max(inverse, 1, true)), [30, 1]) as tf.Tensor2D;
    const hidden = tf.relu(tf.add(tf.matMul(ratio, w['density1/kernel'] as tf.Tensor2D), w['density1/bias'])) as tf.Tensor2D;
    const scale = tf.sigmoid(tf.add(tf.matMul(hidden, w['scale1/kernel'] as tf.Tensor2D), w['scale1/bias']));
    const weights = tf.relu(tf.add(tf.matMul(tf.reshape(offsets, [30, 3]), w['weight1/kernel'] as tf.Tensor2D), w['weight1/bias']));
    expect(largestDifference(seen!, tf.mul(weights, scale))).toBeLessThan(1e-5);
    expect(largestDifference(layer.apply([features, points, indices], { density: kernelDensity(points, 0.4) }) as tf.Tensor,
      layer.apply([features, points, indices]) as tf.Tensor)).toBeLessThan(1e-6);
  });

  it('has the networks of the paper\'s program: 32 units and 16, normalised over all neighbours of the batch', () => {
    const layer = new PointConv({ channels: 2, radius: 2 });
    let seen: tf.Tensor | undefined;
    layer.apply([features, points, indices], { training: true, inspect: ({ entryWeights }: KernelView) => { seen = tf.keep(entryWeights); } });
    const w = weightsOf(layer);
    expect([w['weight1/dense/kernel'].shape, w['density1/dense/kernel'].shape, w['scale1/kernel'].shape]).toEqual([[3, 32], [1, 16], [16, 1]]);
    const normalized = (x: tf.Tensor) => {
      const { mean, variance } = tf.moments(x, 0);
      return tf.relu(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)))) as tf.Tensor2D;
    };
    const inverse = grouped(tf.div(1, tf.reshape(kernelDensity(points, 0.4), [10, 1])));
    const ratio = tf.reshape(tf.div(inverse, tf.max(inverse, 1, true)), [30, 1]) as tf.Tensor2D;
    const hidden = normalized(tf.matMul(ratio, w['density1/dense/kernel'] as tf.Tensor2D));
    const scale = tf.sigmoid(tf.add(tf.matMul(hidden, w['scale1/kernel'] as tf.Tensor2D), w['scale1/bias']));
    const weights = normalized(tf.matMul(tf.reshape(offsets, [30, 3]) as tf.Tensor2D, w['weight1/dense/kernel'] as tf.Tensor2D));
    expect(largestDifference(seen!, tf.mul(weights, scale))).toBeLessThan(1e-4);
  });

  it('takes a density of 0 for points that are not there, and refuses an empty weight net', () => {
    const y = new PointConv({ channels: 2, radius: 2 }).apply([features, points, indices], { density: tf.zeros([10]) }) as tf.Tensor;
    expect(y.dataSync().every(Number.isFinite)).toBe(true);
    expect(() => new PointConv({ channels: 2, weightNet: [] })).toThrow(/weightNet must have at least one layer/);
  });
});
