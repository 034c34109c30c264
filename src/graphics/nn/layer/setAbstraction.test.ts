import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { disposeNeighborhood, transpose } from '../../geometry/convolution';
import { interpolateByInverseDistance, neighborhoodOf } from '../../geometry/neighborhood';
import { buildPointHierarchy, createPointHierarchy, disposePointHierarchy, dropPoints, withPositions } from '../../geometry/pointHierarchy';
import { input, layers, loadLayersModel, model } from '../../layers';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { FeaturePropagation, GlobalSetAbstraction, MultiScaleSetAbstraction, PointNet2Classifier, PointNet2Segmenter, PointPooling, PointUnpooling, SetAbstraction } from './points';

beforeAll(async () => { await tf.setBackend('cpu'); });

const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
const random = randomTensors(8);
const [points, centres, features] = [random.uniform([2, 8, 3]), random.uniform([2, 4, 3]), random.uniform([2, 8, 5])];
/** Of every centre three points, of the second cloud's last none. */
const table = tf.tidy(() => {
  const drawn = createRandom(2);
  return tf.tensor3d(Int32Array.from({ length: 24 }, (_, i) => (i >= 21 ? -1 : (i % 3) * 2 + drawn.integer(2))), [2, 4, 3], 'int32');
});

describe('SetAbstraction', () => {
  it('is the maximum of a PointNet of relative coordinates and features, made edge by edge', () => {
    const layer = new SetAbstraction({ channels: [6, 4] });
    const y = layer.apply([points, centres, features, table]) as tf.Tensor;
    const own = tf.tensor1d([0, 8], 'int32');
    const flat = tf.reshape(tf.add(tf.cast(tf.maximum(table, 0), 'int32'), tf.reshape(own, [2, 1, 1])), [-1]) as tf.Tensor1D;
    const gather = (x: tf.Tensor) => tf.reshape(tf.gather(tf.reshape(x, [16, -1]), flat), [2, 4, 3, -1]);
    const edges = tf.concat([tf.sub(gather(points), tf.expandDims(centres, 2)), gather(features)], 3);
    const [first, second] = layer.getWeights().filter(({ rank }) => rank === 2) as tf.Tensor2D[];
    // Untrained, the normalisation divides by √(1 + ε).
    const shared = (x: tf.Tensor, kernel: tf.Tensor2D) => tf.relu(tf.div(tf.matMul(tf.reshape(x, [24, -1]), kernel), Math.sqrt(1.001)));
    const seen = tf.reshape(shared(shared(edges, first), second), [2, 4, 3, 4]);
    const expected = numbers(tf.max(seen, 2));
    expected.fill(0, 28);
    expect(relativeError(numbers(y), expected)).toBeLessThan(1e-5);
  });

  it('takes a neighbourhood as it takes a table, and is unmoved where all points move', () => {
    const layer = new SetAbstraction({ channels: [6] });
    const neighbors = neighborhoodOf(table, 8);
    const y = layer.apply([points, centres, features], { neighbors }) as tf.Tensor;
    expect(largestDifference(y, layer.apply([points, centres, features, table]) as tf.Tensor)).toBe(0);
    expect(largestDifference(y, layer.apply([tf.add(points, 2), tf.add(centres, 2), features], { neighbors }) as tf.Tensor)).toBeLessThan(1e-5);
    disposeNeighborhood(neighbors);
  });

  it('has the gradients of central differences, in training too', () => {
    for (const training of [false, true]) {
      const layer = new SetAbstraction({ channels: [5, 3] });
      const run = (p: tf.Tensor, c: tf.Tensor, f: tf.Tensor) => probe(layer.apply([p, c, f, table], { training }) as tf.Tensor);
      expect(checkGradient((x) => run(x, centres, features), [2, 8, 3], numbers(points), 1e-3).relativeError).toBeLessThan(2e-2);
      expect(checkGradient((x) => run(points, x, features), [2, 4, 3], numbers(centres), 1e-3).relativeError).toBeLessThan(2e-2);
      expect(checkGradient((x) => run(points, centres, x), [2, 8, 5], numbers(features), 1e-3).relativeError).toBeLessThan(2e-2);
    }
  });

  it('stays finite where points coincide, and where nobody has neighbours', () => {
    const layer = new SetAbstraction({ channels: [4], features: false });
    const [same, at] = [tf.zeros([1, 5, 3]), tf.zeros([1, 2, 3])];
    const everybody = tf.zeros([1, 2, 5], 'int32');
    expect(allFinite(tf.grad((x) => probe(layer.apply([x, at, everybody], { training: true }) as tf.Tensor))(same))).toBe(true);
    expect(numbers(layer.apply([same, at, tf.fill([1, 2, 3], -1, 'int32')]) as tf.Tensor)).toEqual(new Array(8).fill(0));
  });

  it('refuses wrong inputs by name', () => {
    const layer = new SetAbstraction({ channels: [4] });
    expect(() => layer.apply([points, centres, features])).toThrow(/neighbors must be given/);
    expect(() => layer.apply([points, tf.zeros([2, 4, 2]), features, table])).toThrow(/centres must have exactly 3 dimensions in axis 2/);
    expect(() => layer.apply([points, centres, tf.zeros([2, 7, 5]), table])).toThrow(/features must have exactly 8 dimensions in axis 1/);
    expect(() => new MultiScaleSetAbstraction({ scales: [[4], [4]] }).apply([points, centres, features, table])).toThrow(/each of 2 scales, but there are 1/);
    expect(() => new SetAbstraction({ channels: [] })).toThrow(/channels must have the width of at least one layer/);
  });
});

it('several scales stand side by side', () => {
  const layer = new MultiScaleSetAbstraction({ scales: [[6, 3], [2]], seed: 3 });
  const y = layer.apply([points, centres, features, table, table]) as tf.Tensor;
  const alone = [[6, 3], [2]].map((channels, i) => new SetAbstraction({ channels, seed: 30 + i }).apply([points, centres, features, table]) as tf.Tensor);
  expect(largestDifference(y, tf.concat(alone, 2))).toBe(0);
});

it('the abstraction of the whole cloud does not mind order or place', () => {
  const layer = new GlobalSetAbstraction({ channels: [6, 3] });
  const sizes = tf.tensor1d([8, 5], 'int32');
  const y = layer.apply([points, features], { sizes }) as tf.Tensor;
  expect(largestDifference(y, layer.apply([tf.add(points, 3), features], { sizes }) as tf.Tensor)).toBeLessThan(1e-5);
  const whole = layer.apply([points, features]) as tf.Tensor;
  expect(largestDifference(whole, layer.apply([tf.reverse(points, 1), tf.reverse(features, 1)]) as tf.Tensor)).toBeLessThan(1e-6);
});

describe('levels of a hierarchy', () => {
  const cloud = { batch: 2, count: 8, positions: Float32Array.from(points.dataSync()), sizes: Int32Array.of(8, 6) };
  const levels = createPointHierarchy(buildPointHierarchy(cloud, [{ sampling: { method: 'farthest', count: 3 }, groups: [{ k: 4 }], cells: true, interpolation: { k: 3 } }]));
  const [, { cells, interpolation, groups, rows, positions }] = levels;

  it('are pooled and unpooled', () => {
    const average = new PointPooling({ algorithm: 'average' }).apply(features, { neighbors: cells }) as tf.Tensor;
    const max = new PointPooling().apply(features, { neighbors: cells }) as tf.Tensor;
    expect([average.shape, max.shape]).toEqual([[2, 3, 5], [2, 3, 5]]);
    expect(tf.min(tf.sub(max, average)).dataSync()[0]).toBeGreaterThanOrEqual(-1e-6);
    // What is the same in a cell comes back as it was: down and up is a projection.
    const up = (x: tf.Tensor) => new PointUnpooling().apply(x, { neighbors: transpose(cells!) }) as tf.Tensor;
    const down = (x: tf.Tensor) => new PointPooling({ algorithm: 'average' }).apply(x, { neighbors: cells }) as tf.Tensor;
    expect(largestDifference(down(up(average)), average)).toBeLessThan(1e-6);
    const between = new PointUnpooling({ algorithm: 'interpolate' }).apply(average, { neighbors: interpolation }) as tf.Tensor;
    const sizes = tf.tensor1d([3, 3], 'int32');
    const expected = interpolateByInverseDistance(average, positions, points, { sizes, querySizes: tf.tensor1d([8, 6], 'int32') });
    expect(largestDifference(between, expected)).toBeLessThan(1e-5);
    for (const layer of [(x: tf.Tensor) => down(x), (x: tf.Tensor) => up(down(x))]) {
      expect(checkGradient((x) => probe(layer(x)), [2, 8, 5], numbers(features), 1e-2).relativeError).toBeLessThan(1e-2);
    }
  });

  it('propagate: interpolation, then shared layers on it and the fine features side by side', () => {
    const [coarse, fine] = [random.uniform([2, 3, 4]), random.uniform([2, 8, 2])];
    const layer = new FeaturePropagation({ channels: [5] });
    const y = layer.apply([coarse, fine], { neighbors: interpolation }) as tf.Tensor;
    const between = new PointUnpooling({ algorithm: 'interpolate' }).apply(coarse, { neighbors: interpolation }) as tf.Tensor;
    const [kernel] = layer.getWeights() as [tf.Tensor2D];
    const product = tf.reshape(tf.matMul(tf.reshape(tf.concat([between, fine], 2), [16, 6]), kernel), [2, 8, 5]);
    expect(largestDifference(y, tf.relu(tf.div(product, Math.sqrt(1.001))))).toBeLessThan(1e-5);
    for (const training of [false, true]) {
      const call = { training, neighbors: interpolation, rows: levels[0].rows };
      const loss = (x: tf.Tensor, z: tf.Tensor) => probe(tf.slice(layer.apply([x, z], call) as tf.Tensor, [0, 0, 0], [2, 6, 5]));
      expect(checkGradient((x) => loss(x, fine), [2, 3, 4], numbers(coarse), 1e-3).relativeError).toBeLessThan(2e-2);
      const { analytic, numeric } = checkGradient((x) => loss(coarse, x), [2, 8, 2], numbers(fine), 1e-3);
      // Padding's share in nothing.
      expect(relativeError(analytic.slice(0, 28), numeric.slice(0, 28))).toBeLessThan(2e-2);
    }
    expect(() => layer.apply([coarse, fine])).toThrow(/neighbors must be given/);
  });

  it('are freed all at once', () => {
    expect([groups.length, rows.total]).toEqual([1, 6]);
    const before = tf.memory().numTensors;
    const again = createPointHierarchy(levels.map(({ source }) => source));
    expect(tf.memory().numTensors).toBeGreaterThan(before + 10);
    disposePointHierarchy(again);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('points are left out by seed, never all', () => {
  const cloud = { batch: 3, count: 50, positions: Float32Array.from({ length: 450 }, (_, i) => i), features: Float32Array.from({ length: 300 }, (_, i) => i) };
  const dropped = dropPoints(cloud, 4);
  expect(dropped).toEqual(dropPoints(cloud, 4));
  dropped.sizes.forEach((size, b) => {
    expect(size).toBeGreaterThan(0);
    for (let i = 0; i < size; i++) {
      // Features stay with their points, and these in order.
      expect(dropped.features![2 * (50 * b + i)] / 2).toBe(dropped.positions[3 * (50 * b + i)] / 3);
      if (i > 0) expect(dropped.positions[3 * (50 * b + i)]).toBeGreaterThan(dropped.positions[3 * (50 * b + i - 1)]);
    }
  });
  expect(Array.from(dropPoints(cloud, 4, { most: 1 }).sizes).every((size) => size >= 1)).toBe(true);
  expect(dropPoints({ ...cloud, sizes: Int32Array.of(1, 2, 0) }, 4, { most: 0 }).sizes).toEqual(Int32Array.of(1, 2, 0));
});

/** The same model after being saved and loaded. */
async function reload(saved: ReturnType<typeof model>): Promise<ReturnType<typeof model>> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await saved.save(tf.io.withSaveHandler(async (given) => {
    artifacts = given;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  }));
  const topology = JSON.parse(JSON.stringify(artifacts!.modelTopology)) as object;
  return loadLayersModel(tf.io.fromMemory({ ...artifacts!, modelTopology: topology }));
}

const [cloudInput, centreInput, featureInput, tableInput] = [
  input({ shape: [8, 3] }), input({ shape: [4, 3] }), input({ shape: [8, 5] }), input({ shape: [4, 3], dtype: 'int32' }),
];
const cases: readonly (readonly [string, () => layers.Layer, readonly (typeof cloudInput)[], readonly tf.Tensor[]])[] = [
  ['SetAbstraction', () => new SetAbstraction({ channels: [4, 3] }), [cloudInput, centreInput, featureInput, tableInput], [points, centres, features, table]],
  ['MultiScaleSetAbstraction', () => new MultiScaleSetAbstraction({ scales: [[4], [3]], features: false }), [cloudInput, centreInput, tableInput, tableInput], [points, centres, table, table]],
  ['GlobalSetAbstraction', () => new GlobalSetAbstraction({ channels: [4] }), [cloudInput, featureInput], [points, features]],
  ['FeaturePropagation', () => new FeaturePropagation({ channels: [4] }), [featureInput, centreInput, tableInput], [features, centres, table]],
  ['PointPooling', () => new PointPooling({ algorithm: 'average' }), [featureInput, tableInput], [features, table]],
  ['PointUnpooling', () => new PointUnpooling({ algorithm: 'interpolate' }), [featureInput, tableInput], [features, table]],
  ['PointNet2Classifier', () => new PointNet2Classifier({ classCount: 2, width: 0.05 }), [cloudInput], [points]],
  ['PointNet2Segmenter', () => new PointNet2Segmenter({ classCount: 2, width: 0.05, scales: 'multi' }), [cloudInput], [points]],
];

it.each(cases)('%s is saved and loaded with a model', async (_name, make, symbols, data) => {
  const built = model({ inputs: [...new Set(symbols)], outputs: make().apply([...symbols]) as typeof cloudInput });
  const loaded = await reload(built);
  const given = [...new Set(data)];
  const before = built.predict(given) as tf.Tensor;
  expect(numbers(loaded.predict(given) as tf.Tensor)).toEqual(numbers(before));
  expect(loaded.layers.at(-1)!.getConfig()).toEqual(built.layers.at(-1)!.getConfig());
});

it('set abstraction is the same with entries that only fill up, in training too', () => {
  const cloud = { batch: 2, count: 8, positions: Float32Array.from(points.dataSync()), sizes: Int32Array.of(8, 5) };
  const hierarchy = buildPointHierarchy(cloud, [{ sampling: { method: 'farthest', count: 4 }, groups: [{ k: 6, radius: 0.9 }] }]);
  const run = (padded: boolean): number[][] => {
    const levels = createPointHierarchy(hierarchy, { padded });
    const layer = new SetAbstraction({ channels: [6, 4] });
    const of = (x: tf.Tensor) => layer.apply([levels[0].positions, levels[1].positions, x], { training: true, neighbors: levels[1].groups[0] }) as tf.Tensor;
    const values = [of(features), tf.grad((x) => probe(of(x)))(features), ...layer.getWeights()].map(numbers);
    expect(levels[1].groups[0].rows.memberCount < levels[1].groups[0].rows.entryCount).toBe(padded);
    disposePointHierarchy(levels);
    return values;
  };
  const [exact, filled] = [run(false), run(true)];
  exact.forEach((values, i) => expect(relativeError(filled[i], values)).toBeLessThan(1e-5));
});

it('positions of all levels follow from the clouds\' own, with gradients', () => {
  const cloud = { batch: 2, count: 8, positions: Float32Array.from(points.dataSync()), sizes: Int32Array.of(8, 5) };
  const built = buildPointHierarchy(cloud, [
    { sampling: { method: 'farthest', count: 6 } }, { sampling: { method: 'grid', cellSize: 0.6 }, cells: true }, { sampling: { method: 'poisson', radius: 0.2 } },
  ]);
  const levels = createPointHierarchy(built);
  const places = levels[0].positions;
  withPositions(levels, places).forEach(({ positions }, i) => expect(largestDifference(positions, levels[i].positions), `level ${i}`).toBeLessThan(1e-6));
  const f = (x: tf.Tensor) => probe(tf.concat(withPositions(levels, x as tf.Tensor3D).map(({ positions }) => tf.reshape(positions, [-1]))));
  expect(checkGradient(f, places.shape, Array.from(places.dataSync())).relativeError).toBeLessThan(1e-2);
  expect(() => withPositions(levels, tf.zeros([2, 7, 3]))).toThrow(/positions must have exactly 8 dimensions in axis 1/);
  disposePointHierarchy(levels);
});
