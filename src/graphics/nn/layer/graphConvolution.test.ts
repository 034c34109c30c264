import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { createNeighborhood, disposeNeighborhood, graphConvolution as functions, meshNeighborhood, type SparseNeighborhood } from '../../geometry/convolution';
import { kNearestNeighbors } from '../../geometry/neighborhood';
import { icosphereMesh } from '../../../scene/primitives';
import { initializers, input, loadLayersModel, model, type layers } from '../../layers';
import { relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { DynamicGraphConvolutionKerasLayer, FeatureSteeredConvolutionKerasLayer } from './graphConvolution';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = createRandom(13);
const normals = (...shape: number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape);
const withSphere = (run: (neighbors: SparseNeighborhood) => void) => {
  const neighbors = createNeighborhood(meshNeighborhood(icosphereMesh(1, 1)));
  run(neighbors);
  disposeNeighborhood(neighbors);
};
const weights = (layer: layers.Layer) => layer.weights.map(({ originalName, shape }) => [originalName.split('/').slice(1).join('/'), shape]);

/** The same model after being saved and loaded. */
async function reload(saved: ReturnType<typeof model>): Promise<ReturnType<typeof model>> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await saved.save(tf.io.withSaveHandler(async (given) => {
    artifacts = given;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  }));
  // Through text, as a file would be.
  const topology = JSON.parse(JSON.stringify(artifacts!.modelTopology)) as object;
  return loadLayersModel(tf.io.fromMemory({ ...artifacts!, modelTopology: topology }));
}

describe('FeatureSteeredConvolutionKerasLayer', () => {
  it('is the function of its weights, with the defaults of TensorFlow Graphics', () => withSphere((neighbors) => {
    const layer = new FeatureSteeredConvolutionKerasLayer();
    const data = normals(42, 3);
    const y = layer.apply(data, { neighbors }) as tf.Tensor;
    expect(weights(layer)).toEqual([['u', [3, 8]], ['c', [8]], ['w', [8, 3, 3]], ['b', [3]]]);
    const [u, c, w, b] = layer.getWeights();
    const expected = functions.featureSteeredConvolution(data, neighbors, null, u, tf.neg(u), c, w, b);
    expect(Array.from(y.dataSync())).toEqual(Array.from(expected.dataSync()));
    expect(Math.abs(tf.moments(w).variance.dataSync()[0] ** 0.5 - 0.1)).toBeLessThan(0.03);
  }));

  it('starts alike from the same seed, with u and v that differ', () => withSphere((neighbors) => {
    const make = (seed: number) => {
      const layer = new FeatureSteeredConvolutionKerasLayer({ translationInvariant: false, numOutputChannels: 2, seed });
      layer.apply(tf.zeros([42, 3]), { neighbors });
      return layer.getWeights().map((weight) => Array.from(weight.dataSync()));
    };
    expect(make(4)).toEqual(make(4));
    expect(make(4)).not.toEqual(make(5));
    expect(make(4)[0]).not.toEqual(make(4)[1]);
  }));

  it('learns', () => withSphere((neighbors) => {
    const layer = new FeatureSteeredConvolutionKerasLayer({ numWeightMatrices: 2, numOutputChannels: 1 });
    const data = normals(42, 3);
    const target = tf.slice(data, [0, 0], [42, 1]);
    const loss = () => tf.mean(tf.squaredDifference(layer.apply(data, { neighbors }) as tf.Tensor, target)) as tf.Scalar;
    const before = loss().dataSync()[0];
    const optimizer = tf.train.adam(0.05);
    for (let step = 0; step < 30; step++) optimizer.minimize(loss);
    expect(loss().dataSync()[0]).toBeLessThan(0.8 * before);
  }));

  it('takes an initialiser, its name or its record, and refuses others', () => {
    for (const initializer of ['ones', initializers.ones(), { className: 'Ones', config: {} }]) {
      const layer = new FeatureSteeredConvolutionKerasLayer({ initializer });
      expect(layer.getConfig().initializer).toEqual({ className: 'Ones', config: {} });
    }
    expect(() => new FeatureSteeredConvolutionKerasLayer({ initializer: 'nonsense' })).toThrow(/initializer must be one that TensorFlow.js knows, not "Nonsense"/);
    expect(() => new FeatureSteeredConvolutionKerasLayer().apply(tf.zeros([4, 3]))).toThrow(/neighbors must be given/);
  });
});

describe('DynamicGraphConvolutionKerasLayer', () => {
  it('is EdgeConv, unmoved by the order of the points', () => {
    const layer = new DynamicGraphConvolutionKerasLayer({ numOutputChannels: 5, reduction: 'max', activation: 'relu' });
    const data = normals(2, 12, 3);
    const run = (x: tf.Tensor) => layer.apply([x, kNearestNeighbors(x, 4).indices]) as tf.Tensor;
    const y = run(data);
    expect(weights(layer)).toEqual([['filter/kernel', [6, 5]], ['filter/bias', [5]]]);
    expect(relativeError(tf.reverse(run(tf.reverse(data, 1)), 1).dataSync(), y.dataSync())).toBeLessThan(1e-6);
    const [kernel] = layer.getWeights();
    const table = kNearestNeighbors(data, 4).indices;
    const neighbors = tf.gather(tf.reshape(data, [24, 3]), tf.add(table, tf.tensor3d([0, 12], [2, 1, 1], 'int32')));
    const centres = tf.tile(tf.expandDims(data, 2), [1, 1, 4, 1]);
    const edges = tf.concat([centres, tf.sub(neighbors, centres)], -1);
    const expected = tf.max(tf.relu(tf.reshape(tf.matMul(tf.reshape(edges, [-1, 6]), kernel), [2, 12, 4, 5])), 2);
    expect(relativeError(y.dataSync(), expected.dataSync())).toBeLessThan(1e-5);
  });

  it('adds its regulariser to a model\'s losses', () => {
    const layer = new DynamicGraphConvolutionKerasLayer({ numOutputChannels: 2, reduction: 'weighted', kernelRegularizer: 'l1l2' });
    layer.apply([normals(1, 4, 2), tf.zeros([1, 4, 1], 'int32')]);
    expect(layer.calculateLosses()).toHaveLength(1);
  });
});

it('both are saved and loaded with a model', async () => {
  const [data, table] = [input({ shape: [12, 3] }), input({ shape: [12, 4], dtype: 'int32' })];
  const features = new DynamicGraphConvolutionKerasLayer({ name: 'edges', numOutputChannels: 4, reduction: 'max', activation: 'relu', useBias: false }).apply([data, table]);
  const steered = new FeatureSteeredConvolutionKerasLayer({ name: 'steered', numOutputChannels: 2, numWeightMatrices: 3, initializer: initializers.randomNormal({ seed: 3 }) });
  const built = model({ inputs: [data, table], outputs: steered.apply([features as typeof data, table]) as typeof data });
  const points = normals(2, 12, 3);
  const inputs = [points, kNearestNeighbors(points, 4).indices];
  const before = built.predict(inputs) as tf.Tensor;
  const loaded = await reload(built);
  expect(Array.from((loaded.predict(inputs) as tf.Tensor).dataSync())).toEqual(Array.from(before.dataSync()));
  expect(loaded.getLayer('steered').getConfig()).toEqual(built.getLayer('steered').getConfig());
});

it('both leave no tensors behind', () => withSphere((neighbors) => {
  const made = [new FeatureSteeredConvolutionKerasLayer(), new DynamicGraphConvolutionKerasLayer({ numOutputChannels: 2, reduction: 'max' })];
  const data = normals(42, 3);
  const tensors = tf.memory().numTensors;
  for (const layer of made) {
    for (let i = 0; i < 2; i++) tf.dispose(layer.apply(data, { neighbors }) as tf.Tensor);
    layer.dispose();
  }
  expect(tf.memory().numTensors).toBe(tensors);
}));
