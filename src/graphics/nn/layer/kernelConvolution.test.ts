import { beforeAll, describe, expect, it } from 'vitest';
import { createNeighborhood, disposeNeighborhood, neighborhoodFromTable, type SparseNeighborhood } from '../../geometry/convolution';
import { ballQuery } from '../../geometry/neighborhood';
import { input, loadLayersModel, model } from '../../layers';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import type { KernelConvolution, KernelConvolutionArgs, KernelView } from './kernelConvolution';
import { DeformableKPConv, KPConv } from './kpConv';
import { MonteCarloConvolution } from './monteCarlo';
import { PointConv } from './pointConv';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = randomTensors(47);
/** Without bends where differences are taken, as far as they can be had. */
const LAYERS: readonly (readonly [string, (args: Partial<KernelConvolutionArgs>) => KernelConvolution])[] = [
  ['PointConv', (args) => new PointConv({ channels: 3, weightNet: [4, 5], weightActivation: 'tanh', normalization: false, ...args })],
  ['PointConv with normalisation', (args) => new PointConv({ channels: 3, weightNet: [5], weightActivation: 'tanh', inverseDensity: false, ...args })],
  ['MonteCarloConvolution', (args) => new MonteCarloConvolution({ channels: 3, kernelNet: [4, 5], kernelNets: 1, kernelActivation: 'tanh', ...args })],
  ['MonteCarloConvolution of two networks', (args) => new MonteCarloConvolution({ channels: 3, kernelNet: [3, 2], kernelNets: 2, kernelActivation: 'tanh', ...args })],
  ['KPConv', (args) => new KPConv({ channels: 3, kernelSize: 5, ...args })],
  ['KPConv by Gaussians', (args) => new KPConv({ channels: 3, kernelSize: 5, correlation: 'gaussian', ...args })],
  ['DeformableKPConv', (args) => new DeformableKPConv({ channels: 3, kernelSize: 5, ...args })],
  ['DeformableKPConv by Gaussians', (args) => new DeformableKPConv({ channels: 3, kernelSize: 5, correlation: 'gaussian', ...args })],
];

/** Everybody sees everybody, and so stays when points move. */
const complete = (rows: number, columns: number, batch: readonly number[] = []): SparseNeighborhood => {
  const cells = rows * batch.reduce((a, b) => a * b, 1);
  return createNeighborhood(neighborhoodFromTable(Int32Array.from({ length: cells * columns }, (_, i) => i % columns), columns, { rowCount: rows, columnCount: columns, batch }));
};

/** Every trainable weight moved away from where it began, zeros among them. */
const disturb = (layer: KernelConvolution, { uniform } = random) => layer.trainableWeights.forEach((weight) => {
  tf.tidy(() => void weight.write(tf.add(weight.read(), uniform(weight.shape as number[], -0.2, 0.2))));
});

describe.each(LAYERS)('%s (seeds 47, 4)', (_name, make) => {
  const [features, points] = [random.uniform([2, 12, 2]), random.uniform([2, 12, 3], -0.5, 0.5)];

  it('stays when all points move alike, and follows their order', () => {
    const layer = make({ radius: 0.6 });
    const y = layer.apply([features, points]) as tf.Tensor;
    disturb(layer);
    const again = layer.apply([features, points]) as tf.Tensor;
    expect(again.shape).toEqual([2, 12, 3]);
    expect(largestDifference(y, again)).toBeGreaterThan(0.01);
    expect(largestDifference(layer.apply([features, tf.add(points, tf.tensor1d([0.5, 2, -1]))]) as tf.Tensor, again)).toBeLessThan(1e-4);
    const reversed = layer.apply([tf.reverse(features, 1), tf.reverse(points, 1)]) as tf.Tensor;
    expect(largestDifference(tf.reverse(reversed, 1), again)).toBeLessThan(1e-4);
    expect(largestDifference(layer.apply([tf.reverse(features, 1), tf.reverse(points, 1), points]) as tf.Tensor, again)).toBeLessThan(1e-4);
  });

  it('gives the same for a neighbourhood, a table and its own search, at places other than the points', () => {
    const layer = make({ radius: 0.6 });
    const queries = random.uniform([2, 5, 3], -0.5, 0.5);
    const { indices } = ballQuery(points, 0.6, { queries, maxNeighbors: 12 });
    const searched = layer.apply([features, points, queries]) as tf.Tensor;
    expect(searched.shape).toEqual([2, 5, 3]);
    expect(largestDifference(layer.apply([features, points, queries, indices]) as tf.Tensor, searched)).toBeLessThan(1e-5);
    const one = complete(5, 12);
    const many = complete(5, 12, [2]);
    const shared = layer.apply([features, points, queries], { neighbors: one }) as tf.Tensor;
    expect(largestDifference(shared, layer.apply([features, points, queries], { neighbors: many }) as tf.Tensor)).toBeLessThan(1e-5);
    disposeNeighborhood(one);
    disposeNeighborhood(many);
  });

  it('has the gradients of finite differences in features, positions and weights', () => {
    const layer = make({ radius: 1.2 });
    // From a seed that leaves no two points as near to a kernel point that the nearest changes within a step.
    const smooth = randomTensors(4);
    const [few, places, queries] = [smooth.uniform([6, 2]), smooth.uniform([6, 3], -0.5, 0.5), smooth.uniform([2, 3], -0.3, 0.3)];
    const neighbors = complete(2, 6);
    const run = (x: tf.Tensor, at: tf.Tensor, from: tf.Tensor) => {
      const penalties: tf.Tensor[] = [];
      const y = layer.apply([x, at, from], { neighbors, regularize: (penalty: tf.Tensor) => void penalties.push(tf.keep(penalty)) }) as tf.Tensor;
      return penalties.reduce((sum, penalty) => tf.add(sum, penalty), probe(y));
    };
    run(few, places, queries);
    disturb(layer, smooth);
    const step = 2e-3;
    expect(checkGradient((x) => run(x, places, queries), [6, 2], Array.from(few.dataSync()), step).relativeError).toBeLessThan(1e-2);
    expect(checkGradient((x) => run(few, x, queries), [6, 3], Array.from(places.dataSync()), step).relativeError).toBeLessThan(1e-2);
    expect(checkGradient((x) => run(few, places, x), [2, 3], Array.from(queries.dataSync()), step).relativeError).toBeLessThan(1e-2);
    for (const weight of layer.trainableWeights) {
      const start = weight.read().clone();
      const { grads } = tf.variableGrads(() => run(few, places, queries) as tf.Scalar);
      const analytic = grads[(weight as unknown as { val: tf.Variable }).val.name].dataSync();
      const numeric = Array.from(start.dataSync(), (_value, i) => {
        const at = (by: number) => tf.tidy(() => {
          weight.write(tf.tensor(start.dataSync().map((x, j) => (j === i ? x + by : x)), start.shape));
          return run(few, places, queries).dataSync()[0];
        });
        return (at(step) - at(-step)) / (2 * step);
      });
      weight.write(start);
      expect(relativeError(analytic, numeric), weight.originalName).toBeLessThan(1e-2);
    }
    disposeNeighborhood(neighbors);
  });

  it('has finite gradients where all points coincide, and gives the bias to who sees nobody', () => {
    const layer = make({ biasInitializer: 'ones' });
    const gradients = tf.grads((x: tf.Tensor, at: tf.Tensor) => tf.sum(layer.apply([x, at]) as tf.Tensor))([tf.ones([4, 2]), tf.zeros([4, 3])]);
    expect(allFinite(...gradients)).toBe(true);
    const alone = layer.apply([tf.ones([4, 2]), tf.zeros([4, 3]), tf.tensor2d([[9, 9, 9]])]) as tf.Tensor;
    expect(Array.from(alone.dataSync())).toEqual([1, 1, 1]);
  });

  it('does not see padding', () => {
    const layer = make({});
    const sizes = tf.tensor1d([7, 12], 'int32');
    const y = layer.apply([features, points], { sizes }) as tf.Tensor;
    const alone = layer.apply([tf.slice(features, 0, [1, 7, 2]), tf.slice(points, 0, [1, 7, 3])]) as tf.Tensor;
    expect(largestDifference(tf.slice(y, 0, [1, 7, 3]), alone)).toBeLessThan(1e-4);
  });

  it('shows what its kernel gave each entry', () => {
    const layer = make({});
    const neighbors = complete(12, 12);
    const views: KernelView[] = [];
    layer.apply([features, points], { neighbors, inspect: (view: KernelView) => void views.push(view) });
    const [{ entryWeights, kernelPoints }] = views;
    expect(entryWeights.shape.slice(0, 2)).toEqual([2, 144]);
    // Of a deformable one, each place's own.
    if (kernelPoints) expect(kernelPoints.shape).toEqual([...(layer instanceof DeformableKPConv ? [2, 12] : []), entryWeights.shape[2], 3]);
    disposeNeighborhood(neighbors);
  });

  it('is saved and loaded with a model', async () => {
    const inputs = [input({ shape: [12, 2] }), input({ shape: [12, 3] }), input({ shape: [5, 3] }), input({ shape: [5, 4], dtype: 'int32' })];
    const saved = model({ inputs, outputs: make({ name: 'convolution', radius: 0.7, kernelRegularizer: 'l1l2' }).apply(inputs) as ReturnType<typeof input> });
    let artifacts: tf.io.ModelArtifacts | undefined;
    await saved.save(tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }));
    const topology = JSON.parse(JSON.stringify(artifacts!.modelTopology)) as object;
    const loaded = await loadLayersModel(tf.io.fromMemory({ ...artifacts!, modelTopology: topology }));
    const queries = random.uniform([2, 5, 3], -0.5, 0.5);
    const given = [features, points, queries, ballQuery(points, 0.7, { queries, maxNeighbors: 4 }).indices];
    expect(saved.outputShape).toEqual([null, 5, 3]);
    expect(largestDifference(loaded.predict(given) as tf.Tensor, saved.predict(given) as tf.Tensor)).toBe(0);
  });

  it('starts alike from the same seed only, and leaves no tensors behind', () => {
    const first = (seed: number) => Array.from((make({ seed }).apply([features, points]) as tf.Tensor).dataSync());
    expect(first(3)).toEqual(first(3));
    expect(first(3)).not.toEqual(first(4));
    const layer = make({});
    tf.dispose(layer.apply([features, points]) as tf.Tensor);
    const before = tf.memory().numTensors;
    tf.dispose(layer.apply([features, points]) as tf.Tensor);
    expect(tf.memory().numTensors).toBe(before);
    layer.dispose();
  });

  it('refuses wrong input by name', () => {
    const layer = make({});
    expect(() => make({ radius: 0 })).toThrow(/radius must be greater than 0, not 0/);
    layer.apply([features, points]);
    expect(() => layer.call([features], {})).toThrow(/inputs must be \[features, points\]/);
    expect(() => layer.apply([tf.zeros([2, 11, 2]), points])).toThrow(/features must have exactly 12 dimensions in axis 1/);
    expect(() => layer.apply([features, points, tf.zeros([3, 5, 3])])).toThrow(/points: \[2\], queries: \[3\]/);
    expect(() => layer.apply([features, points, tf.zeros([2, 5, 2])])).toThrow(/queries must have exactly 3 dimensions in axis -1/);
    const neighbors = complete(5, 11);
    expect(() => layer.apply([features, points], { neighbors })).toThrow(/a row for each of 12 queries and a column for each of 12 points, but it has 5 and 11/);
    disposeNeighborhood(neighbors);
  });
});
