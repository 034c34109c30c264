import { beforeAll, describe, expect, it } from 'vitest';
import { layers } from '../../layers';
import { largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import type { KernelView } from './kernelConvolution';
import { DeformableKPConv, kernelPointPositions, KPConv } from './kpConv';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = randomTensors(8);
const distance = (points: Float32Array, a: number, b: number) => Math.hypot(...[0, 1, 2].map((d) => points[3 * a + d] - points[3 * b + d]));

describe('kernelPointPositions', () => {
  it('are those of the platonic solids where there are any', () => {
    const octahedron = kernelPointPositions(7, 2);
    for (let k = 1; k < 7; k++) {
      const others = [1, 2, 3, 4, 5, 6].filter((l) => l !== k).map((l) => distance(octahedron, k, l)).sort();
      expect(distance(octahedron, 0, k)).toBeCloseTo(2, 3);
      others.forEach((d, i) => expect(d).toBeCloseTo(i < 4 ? 2 * Math.SQRT2 : 4, 3));
    }
  });

  it('are spread out for any number, turned by the seed, and the same for the same', () => {
    const points = kernelPointPositions(15, 1);
    const apart = Array.from({ length: 15 }, (_, k) => Math.min(...Array.from({ length: 15 }, (_x, l) => (l === k ? Infinity : distance(points, k, l)))));
    expect(Math.min(...apart)).toBeGreaterThan(0.85);
    expect(kernelPointPositions(15, 1)).toEqual(points);
    expect(kernelPointPositions(15, 1, { seed: 2 })).not.toEqual(points);
    expect(Array.from(kernelPointPositions(1, 1))).toEqual([0, 0, 0]);
    expect(kernelPointPositions(4, 1, { dimension: 2 })).toHaveLength(8);
    expect(() => kernelPointPositions(0, 1)).toThrow(/the number of kernel points must be a positive whole number, not 0/);
  });
});

describe('KPConv (seed 8)', () => {
  const [features, points] = [random.uniform([9, 4]), random.uniform([9, 3], -0.5, 0.5)];

  it('with one kernel point that is felt from afar is a dense layer on what is in reach', () => {
    const layer = new KPConv({ channels: 5, kernelSize: 1, influence: 1e7, radius: 0.8, biasInitializer: 'ones' });
    const y = layer.apply([features, points]) as tf.Tensor;
    const dense = layers.dense({ units: 5, weights: layer.getWeights().slice(0, 2) });
    const inReach = tf.cast(tf.lessEqual(tf.norm(tf.sub(tf.expandDims(points, 0), tf.expandDims(points, 1)), 'euclidean', -1), 0.8), 'float32');
    expect(largestDifference(y, dense.apply(tf.matMul(inReach as tf.Tensor2D, features as tf.Tensor2D)) as tf.Tensor)).toBeLessThan(1e-4);
    // Each point alone: the dense layer itself.
    const own = tf.tensor2d(Int32Array.from({ length: 9 }, (_, i) => i), [9, 1], 'int32');
    expect(largestDifference(layer.apply([features, points, own]) as tf.Tensor, dense.apply(features) as tf.Tensor)).toBeLessThan(1e-5);
  });

  it('is equations 1 to 3', () => {
    const layer = new KPConv({ channels: 5, kernelSize: 6, radius: 2, seed: 3 });
    const y = layer.apply([features, points]) as tf.Tensor;
    const kernelPoints = tf.tensor2d(kernelPointPositions(6, 1.2, { seed: 3 }), [6, 3]);
    const offsets = tf.sub(tf.expandDims(points, 0), tf.expandDims(points, 1));
    const gaps = tf.norm(tf.sub(tf.expandDims(offsets, 2), kernelPoints), 'euclidean', -1);
    const h = tf.relu(tf.sub(1, tf.div(gaps, 0.8)));
    const sums = tf.matMul(tf.transpose(h, [0, 2, 1]), tf.tile(tf.expandDims(features, 0), [9, 1, 1]));
    expect(largestDifference(y, tf.matMul(tf.reshape(sums, [9, 24]) as tf.Tensor2D, layer.getWeights()[0] as tf.Tensor2D))).toBeLessThan(1e-4);
  });

  it('is felt by Gaussians of a deviation of 0.3 σ, where one asks for them', () => {
    const layer = new KPConv({ channels: 5, kernelSize: 6, radius: 2, seed: 3, correlation: 'gaussian' });
    const y = layer.apply([features, points]) as tf.Tensor;
    const kernelPoints = tf.tensor2d(kernelPointPositions(6, 1.2, { seed: 3 }), [6, 3]);
    const offsets = tf.sub(tf.expandDims(points, 0), tf.expandDims(points, 1));
    const gaps = tf.norm(tf.sub(tf.expandDims(offsets, 2), kernelPoints), 'euclidean', -1);
    const h = tf.exp(tf.neg(tf.div(tf.square(gaps), 2 * (0.3 * 0.8) ** 2)));
    const sums = tf.matMul(tf.transpose(h, [0, 2, 1]), tf.tile(tf.expandDims(features, 0), [9, 1, 1]));
    expect(largestDifference(y, tf.matMul(tf.reshape(sums, [9, 24]) as tf.Tensor2D, layer.getWeights()[0] as tf.Tensor2D))).toBeLessThan(1e-4);
    expect(() => new KPConv({ channels: 1, correlation: 'closest' as 'linear' })).toThrow(/correlation must be one of linear, gaussian, not 'closest'/);
  });

  it('takes its kernel points over with its weights, whatever its seed', () => {
    const [trained, other] = [2, 9].map((seed) => new KPConv({ channels: 5, kernelSize: 6, seed }));
    const [y, before] = [trained, other].map((layer) => layer.apply([features, points]) as tf.Tensor);
    expect(trained.weights.map(({ originalName }) => originalName.split('/').pop())).toEqual(['kernel', 'bias', 'kernelPoints']);
    expect(trained.trainableWeights).toHaveLength(2);
    other.setWeights(trained.getWeights());
    expect(largestDifference(before, y)).toBeGreaterThan(0.01);
    expect(largestDifference(other.apply([features, points]) as tf.Tensor, y)).toBe(0);
  });

  it('shows its kernel points in the unit of the points, and refuses other dimensions', () => {
    const layer = new KPConv({ channels: 5, kernelSize: 4, radius: 5, kernelRadius: 2 });
    const lengths: number[] = [];
    layer.apply([features, points], { inspect: ({ kernelPoints }: KernelView) => lengths.push(...tf.norm(kernelPoints!, 'euclidean', 1).dataSync()) });
    [0, 2, 2, 2].forEach((length, k) => expect(lengths[k]).toBeCloseTo(length, 3));
    expect(() => new KPConv({ channels: 1 }).apply([tf.zeros([4, 1]), tf.zeros([4, 2])])).toThrow(/points must have exactly 3 dimensions in axis -1/);
    expect(() => new KPConv({ channels: 1, influence: 0 })).toThrow(/influence must be greater than 0/);
  });
});

describe('DeformableKPConv (seed 8)', () => {
  const penaltyOf = (layer: DeformableKPConv, inputs: tf.Tensor[]): tf.Scalar => {
    let kept: tf.Tensor | undefined;
    layer.apply(inputs, { regularize: (penalty: tf.Tensor) => { kept = tf.keep(penalty); } });
    return kept as tf.Scalar;
  };

  it('asks for what equations 6 to 8 say', () => {
    const points = tf.tensor2d([[0, 0, 0], [0.3, 0.1, 0], [0, -0.4, 0.2]]);
    const layer = new DeformableKPConv({ channels: 2, kernelSize: 4, radius: 1, influence: 0.5, kernelRadius: 0.4, seed: 2 });
    const places = tf.tensor2d(kernelPointPositions(4, 0.4, { seed: 2 }), [4, 3]);
    const offsets = tf.sub(tf.expandDims(points, 0), tf.expandDims(points, 1));
    const gaps = tf.norm(tf.sub(tf.expandDims(offsets, 2), places), 'euclidean', -1);
    const fit = tf.sum(tf.square(tf.div(tf.min(gaps, 1), 0.5)));
    const apart = tf.norm(tf.sub(tf.expandDims(places, 0), tf.expandDims(places, 1)), 'euclidean', -1);
    const repulsion = tf.sub(tf.sum(tf.square(tf.relu(tf.sub(1, tf.div(apart, 0.5))))), 4);
    const expected = (fit.dataSync()[0] + 3 * repulsion.dataSync()[0]) / (3 * 4);
    // A place that sees nobody asks for nothing.
    const queries = tf.concat([points, tf.tensor2d([[9, 9, 9]])]);
    expect(penaltyOf(layer, [tf.ones([3, 1]), points, queries]).dataSync()[0]).toBeCloseTo(expected, 4);
  });

  it('shows each place\'s kernel points where that place has moved them, and its weights follow from there', () => {
    const [features, points] = [random.uniform([6, 2]), random.uniform([6, 3], -0.5, 0.5)];
    const layer = new DeformableKPConv({ channels: 2, kernelSize: 4, radius: 1.5 });
    layer.apply([features, points]);
    layer.trainableWeights.forEach((weight) => weight.write(random.uniform(weight.shape as number[], -0.3, 0.3)));
    let view: KernelView | undefined;
    layer.apply([features, points], { inspect: (seen: KernelView) => { view = { entryWeights: tf.keep(seen.entryWeights), kernelPoints: tf.keep(seen.kernelPoints!) }; } });
    const moved = tf.reshape(view!.kernelPoints!, [6, 4, 3]);
    const rest = tf.tensor2d(kernelPointPositions(4, 0.9), [4, 3]);
    expect(largestDifference(moved, tf.tile(tf.expandDims(rest), [6, 1, 1]))).toBeGreaterThan(0.05);
    expect(largestDifference(tf.slice(moved, 0, 1), tf.slice(moved, 1, 1))).toBeGreaterThan(0.01);
    // All six see each other: the weight of each pair is that of the moved points.
    const offsets = tf.sub(tf.expandDims(points, 0), tf.expandDims(points, 1));
    const gaps = tf.norm(tf.sub(tf.expandDims(offsets, 2), tf.expandDims(moved, 1)), 'euclidean', -1);
    expect(largestDifference(tf.reshape(view!.entryWeights, [36, 4]), tf.reshape(tf.relu(tf.sub(1, tf.div(gaps, 0.6))), [36, 4]))).toBeLessThan(1e-4);
  });

  it('with one kernel point that nothing moves is a dense layer on what is in reach', () => {
    const [features, points] = [random.uniform([9, 4]), random.uniform([9, 3], -0.5, 0.5)];
    const own = tf.tensor2d(Int32Array.from({ length: 9 }, (_, i) => i), [9, 1], 'int32');
    const layer = new DeformableKPConv({ channels: 5, kernelSize: 1, influence: 1e7 });
    const y = layer.apply([features, points, own]) as tf.Tensor;
    const [kernel] = layer.getWeights();
    expect(kernel.shape).toEqual([4, 5]);
    expect(largestDifference(y, tf.matMul(features as tf.Tensor2D, kernel as tf.Tensor2D))).toBeLessThan(1e-5);
  });

  it('asks for a tenth of the learning rate for its shifts, and of nothing else', () => {
    const layer = new DeformableKPConv({ channels: 2, kernelSize: 4 });
    layer.apply([tf.zeros([1, 1]), tf.zeros([1, 3])]);
    expect([...layer.rateFactors].map(([{ originalName }, factor]) => [originalName.split('/').slice(1).join('/'), factor])).toEqual([
      ['deformation/mix/kernel', 0.1], ['deformation/mix/bias', 0.1],
    ]);
    expect(new KPConv({ channels: 2 }).rateFactors.size).toBe(0);
  });

  it('learns to bring its kernel points to where the points are', () => {
    // A flat cloud: kernel points above and below it find nobody where they are.
    const points = tf.concat([random.uniform([40, 2], -0.5, 0.5), tf.zeros([40, 1])], 1);
    const layer = new DeformableKPConv({ channels: 2, kernelSize: 7, radius: 0.6 });
    const inputs = [tf.ones([40, 1]), points];
    const before = penaltyOf(layer, inputs).dataSync()[0];
    const optimizer = tf.train.adam(0.01);
    for (let step = 0; step < 30; step++) optimizer.minimize(() => penaltyOf(layer, inputs));
    expect(penaltyOf(layer, inputs).dataSync()[0]).toBeLessThan(0.6 * before);
  });
});
