import { beforeAll, describe, expect, it } from 'vitest';
import { decimate } from '../../../scene/decimate';
import { icosphereMesh, torusMesh } from '../../../scene/primitives';
import { createRandom } from '../../../scene/random';
import {
  createNeighborhood, disposeNeighborhood, graphConvolution as functions, meshNeighborhood, symmetricWeights, transpose, type SparseNeighborhood,
} from '../../geometry/convolution';
import { initializers, input, loadLayersModel, model, type layers } from '../../layers';
import { checkGradient, numericGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { EdgeConv } from './edgeConv';
import { DynamicGraphConvolutionKerasLayer, FeatureSteeredConvolutionKerasLayer } from './graphConvolution';
import { MESH_CONVOLUTIONS } from './meshBlock';
import { createMeshGraph, disposeMeshGraph, FeastNetSegmenter, GraphConvolution, MeshPooling, MeshUnpooling } from './mesh';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = createRandom(17);
const normals = (...shape: number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape);
const values = (count: number) => Array.from({ length: count }, () => random.normal());
const torus = torusMesh(1, 0.4, 6, 5);
const COUNT = torus.positions.length / 3;
const withMap = (plain: Parameters<typeof createNeighborhood>[0], run: (map: SparseNeighborhood) => void) => {
  const map = createNeighborhood(plain);
  run(map);
  disposeNeighborhood(map);
};

/** The same model after being saved and loaded, through text as a file would be. */
async function reload(saved: ReturnType<typeof model>): Promise<ReturnType<typeof model>> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await saved.save(tf.io.withSaveHandler(async (given) => {
    artifacts = given;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  }));
  return loadLayersModel(tf.io.fromMemory({ ...artifacts!, modelTopology: JSON.parse(JSON.stringify(artifacts!.modelTopology)) as object }));
}

const convolutions: readonly (readonly [string, () => layers.Layer])[] = [
  ['feature-steered', () => new FeatureSteeredConvolutionKerasLayer({ numOutputChannels: 4, numWeightMatrices: 3, kernelInitializer: 'glorotNormal' })],
  ['plain', () => new GraphConvolution({ channels: 4, activation: 'tanh' })],
  ['edge', () => new DynamicGraphConvolutionKerasLayer({ numOutputChannels: 4, reduction: 'max', activation: 'tanh' })],
  ['normalised edge', () => new EdgeConv({ channels: 4 })],
];

describe.each(convolutions)('a %s convolution on a mesh', (_name, make) => {
  it('has the gradient of finite differences in its input and its weights (seed 17)', () => withMap(meshNeighborhood(torus), (neighbors) => {
    const layer = make();
    const start = values(COUNT * 2);
    const x = tf.tensor(start, [COUNT, 2]);
    layer.apply(x, { neighbors });
    expect(checkGradient((data) => probe(layer.apply(data, { neighbors }) as tf.Tensor), [COUNT, 2], start, 2e-3).relativeError).toBeLessThan(0.02);
    layer.trainableWeights.forEach((trained) => {
      const i = layer.weights.indexOf(trained);
      const others = layer.getWeights();
      const weight = others[i];
      const numeric = numericGradient((w) => {
        layer.setWeights(others.map((one, k) => (k === i ? tf.tensor(Float32Array.from(w), weight.shape) : one)));
        return probe(layer.apply(x, { neighbors }) as tf.Tensor).dataSync()[0];
      }, Float64Array.from(weight.dataSync()), 2e-3);
      layer.setWeights(others);
      const { grads } = tf.variableGrads(() => probe(layer.apply(x, { neighbors }) as tf.Tensor) as tf.Scalar, layer.trainableWeights.map((one) => one.read() as tf.Variable));
      const { name } = trained.read() as tf.Variable;
      expect(relativeError(grads[name].dataSync(), numeric), name).toBeLessThan(0.02);
    });
  }));

  it('does not mind the order of the vertices (seed 17)', () => {
    const order = Array.from({ length: COUNT }, (_, v) => (7 * v + 3) % COUNT);
    expect(new Set(order).size).toBe(COUNT);
    const places = new Map(order.map((v, i) => [v, i]));
    const turned = {
      positions: Float32Array.from(order.flatMap((v) => [...torus.positions.subarray(3 * v, 3 * v + 3)])), faces: torus.faces.map((v) => places.get(v)!),
    };
    const layer = make();
    const x = normals(COUNT, 2);
    withMap(meshNeighborhood(torus), (before) => withMap(meshNeighborhood(turned), (after) => {
      const expected = tf.gather(layer.apply(x, { neighbors: before }) as tf.Tensor, order);
      expect(relativeError((layer.apply(tf.gather(x, order), { neighbors: after }) as tf.Tensor).dataSync(), expected.dataSync())).toBeLessThan(1e-5);
    }));
  });

  it('has finite gradients where all features coincide', () => withMap(meshNeighborhood(torus), (neighbors) => {
    const layer = make();
    const gradient = tf.grad((x: tf.Tensor) => probe(layer.apply(x, { neighbors }) as tf.Tensor))(tf.ones([COUNT, 2]));
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
  }));
});

it('a feature-steered layer tells its steering, unmoved by translation; one matrix gets all', () => withMap(meshNeighborhood(torus), (neighbors) => {
  const layer = new FeatureSteeredConvolutionKerasLayer({ numWeightMatrices: 3 });
  const x = normals(COUNT, 2);
  layer.apply(x, { neighbors });
  const steering = layer.steering(x, neighbors);
  expect(steering.shape).toEqual([neighbors.rows.entryCount, 3]);
  expect(relativeError(layer.steering(tf.add(x, tf.tensor1d([3, -2])), neighbors).dataSync(), steering.dataSync())).toBeLessThan(1e-5);
  expect(() => functions.featureSteering(x, neighbors, tf.zeros([3, 2]), tf.zeros([3, 2]), tf.zeros([2]))).toThrow(/varU must have exactly 2 dimensions in axis 0/);
}));

describe('the plain graph convolution', () => {
  it('is feature-steered convolution with one matrix, and clears padding', () => withMap(meshNeighborhood(torus), (neighbors) => {
    const layer = new GraphConvolution({ channels: 4, biasInitializer: 'ones' });
    const x = normals(2, COUNT, 3);
    const sizes = tf.tensor1d([COUNT, 7], 'int32');
    const y = layer.apply(x, { neighbors, sizes }) as tf.Tensor;
    const [kernel, bias] = layer.getWeights();
    const steered = functions.featureSteeredConvolution(x, neighbors, sizes, tf.zeros([3, 1]), tf.zeros([3, 1]), tf.zeros([1]), tf.expandDims(kernel), bias);
    expect(relativeError(y.dataSync(), steered.dataSync())).toBeLessThan(1e-5);
    expect(tf.max(tf.abs(tf.slice(y, [1, 7, 0], [1, COUNT - 7, 4]))).dataSync()[0]).toBe(0);
  }));

  it('with symmetric weights is a symmetric matrix of spectral radius 1', () => withMap(symmetricWeights(meshNeighborhood(torus)), (neighbors) => {
    const layer = new GraphConvolution({ channels: COUNT, useBias: false, kernelInitializer: 'identity' });
    const matrix = layer.apply(tf.eye(COUNT), { neighbors }) as tf.Tensor2D;
    expect(relativeError(tf.transpose(matrix).dataSync(), matrix.dataSync())).toBeLessThan(1e-6);
    // √degree is the eigenvector of eigenvalue 1.
    const degrees = tf.sqrt(tf.sum(tf.cast(tf.greater(matrix, 0), 'float32'), 1, true));
    expect(relativeError(tf.matMul(matrix, degrees).dataSync(), degrees.dataSync())).toBeLessThan(1e-5);
  }));
});

describe('pooling layers', () => {
  const sphere = icosphereMesh(1, 1);
  const { pooling, parents } = decimate(sphere, 20);

  it('are undone by each other where a cluster is one value, in batches', () => withMap(pooling, (poolMap) => {
    const coarse = normals(2, 20, 3);
    const fine = new MeshUnpooling().apply(coarse, { poolMap }) as tf.Tensor;
    expect(fine.shape).toEqual([2, 42, 3]);
    for (const algorithm of ['max', 'weighted'] as const) {
      expect(relativeError((new MeshPooling({ algorithm }).apply(fine, { poolMap }) as tf.Tensor).dataSync(), coarse.dataSync())).toBeLessThan(1e-5);
    }
    // The table of parents says the same as the map.
    const table = tf.tile(tf.tensor3d(parents, [1, 42, 1], 'int32'), [2, 1, 1]);
    expect((new MeshUnpooling().apply([coarse, table]) as tf.Tensor).dataSync()).toEqual(fine.dataSync());
  }));

  it.each(['max', 'weighted'] as const)('have the gradient of finite differences: %s (seed 17)', (algorithm) => withMap(pooling, (poolMap) => {
    const [down, up] = [new MeshPooling({ algorithm }), new MeshUnpooling({ algorithm })];
    expect(checkGradient((x) => probe(down.apply(x, { poolMap }) as tf.Tensor), [42, 2], values(84), 1e-3).relativeError).toBeLessThan(0.02);
    expect(checkGradient((x) => probe(up.apply(x, { poolMap }) as tf.Tensor), [20, 2], values(40), 1e-3).relativeError).toBeLessThan(0.02);
  }));

  it('refuse to be called without a map, other sizes and other algorithms', () => withMap(pooling, (poolMap) => {
    expect(() => new MeshPooling().apply(tf.zeros([42, 1]))).toThrow(/poolMap must be given/);
    expect(() => new MeshPooling().apply(tf.zeros([41, 1]), { poolMap })).toThrow(/data must have exactly 42 dimensions in axis -2/);
    expect(() => new MeshPooling().apply(tf.zeros([20, 1]), { poolMap: transpose(poolMap) })).not.toThrow();
    expect(() => new MeshUnpooling({ algorithm: 'least' as 'max' })).toThrow(/algorithm must be 'max' or 'weighted'/);
  }));
});

it('all are saved and loaded with a model', async () => {
  const { pooling, parents, mesh } = decimate(icosphereMesh(1, 1), 20);
  const widest = Math.max(...Array.from({ length: 20 }, (_, row) => pooling.offsets[row + 1] - pooling.offsets[row]));
  const membersOf = (offsets: Int32Array, columns: Int32Array, k: number) =>
    Int32Array.from({ length: (offsets.length - 1) * k }, (_, i) => { const e = offsets[Math.floor(i / k)] + (i % k); return e < offsets[Math.floor(i / k) + 1] ? columns[e] : -1; });
  const ring = meshNeighborhood(mesh);
  const [data, members, coarseRing, up] = [
    input({ shape: [42, 3] }), input({ shape: [20, widest], dtype: 'int32' }), input({ shape: [20, 12], dtype: 'int32' }), input({ shape: [42, 1], dtype: 'int32' }),
  ];
  type Symbolic = typeof data;
  const pooled = new MeshPooling({ name: 'pool', algorithm: 'weighted' }).apply([data, members]) as Symbolic;
  const convolved = new GraphConvolution({ name: 'plain', channels: 4, activation: 'relu', kernelRegularizer: 'l1l2' }).apply([pooled, coarseRing]) as Symbolic;
  const steered = new FeatureSteeredConvolutionKerasLayer({ name: 'steered', numOutputChannels: 2, kernelInitializer: initializers.heNormal({ seed: 3 }) }).apply([convolved, coarseRing]) as Symbolic;
  const built = model({ inputs: [data, members, coarseRing, up], outputs: new MeshUnpooling({ name: 'unpool' }).apply([steered, up]) as Symbolic });
  const inputs = [
    normals(1, 42, 3), tf.tensor3d(membersOf(pooling.offsets, pooling.columns, widest), [1, 20, widest], 'int32'),
    tf.tensor3d(membersOf(ring.offsets, ring.columns, 12), [1, 20, 12], 'int32'), tf.tensor3d(parents, [1, 42, 1], 'int32'),
  ];
  const before = built.predict(inputs) as tf.Tensor;
  expect(before.shape).toEqual([1, 42, 2]);
  const loaded = await reload(built);
  expect(Array.from((loaded.predict(inputs) as tf.Tensor).dataSync())).toEqual(Array.from(before.dataSync()));
  for (const name of ['pool', 'plain', 'steered', 'unpool']) expect(loaded.getLayer(name).getConfig()).toEqual(built.getLayer(name).getConfig());
});

it.each(MESH_CONVOLUTIONS)('a network of %s convolutions is made again from its configuration and weights', (convolution) => {
  const graph = createMeshGraph([torus], COUNT, { shares: [1 / 4, 1 / 16] });
  const x = tf.tensor3d(torus.positions, [1, COUNT, 3]);
  const network = new FeastNetSegmenter({ classCount: 3, width: 0.25, scales: 3, convolution, normalization: true, seed: 5 });
  const before = network.apply(x, { graph }) as tf.Tensor;
  const again = new FeastNetSegmenter(network.getConfig() as never);
  again.apply(x, { graph });
  again.setWeights(network.getWeights());
  expect(again.getConfig()).toEqual(network.getConfig());
  expect(Array.from((again.apply(x, { graph }) as tf.Tensor).dataSync())).toEqual(Array.from(before.dataSync()));
  expect(() => network.apply(x, { graph: { levels: graph.levels.slice(0, 1) } })).toThrow(/graph must have 3 levels, but it has 1/);
  expect(() => new FeastNetSegmenter({ classCount: 3, convolution: 'none' as 'graph' })).toThrow(/convolution must be one of featureSteered, graph, edge, not 'none'/);
  disposeMeshGraph(graph);
});

it.each(MESH_CONVOLUTIONS)('a network of %s convolutions is the same on a graph that is padded', (convolution) => {
  const x = tf.concat([tf.tensor3d(torus.positions, [1, COUNT, 3]), tf.zeros([1, COUNT, 3])]);
  const small = { positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces: Uint32Array.from([0, 1, 2]) };
  const run = (padded: boolean): number[][] => {
    const graph = createMeshGraph([torus, small], COUNT, { shares: [1 / 4], padded });
    const network = new FeastNetSegmenter({ classCount: 3, width: 0.25, scales: 2, convolution, normalization: true, seed: 5 });
    const y = network.apply(x, { graph, training: true }) as tf.Tensor;
    const gradient = tf.grad((data) => tf.sum(tf.square(network.apply(data, { graph, training: true }) as tf.Tensor)))(x);
    const counts = graph.levels.map(({ positions }) => positions.shape[1]);
    disposeMeshGraph(graph);
    return [[...y.dataSync()], [...gradient.dataSync()], ...network.getWeights().map((weight) => [...weight.dataSync()]), counts];
  };
  const [exact, filled] = [run(false), run(true)];
  const [counts, sizes] = [exact.pop()!, filled.pop()!];
  sizes.forEach((size, i) => expect(size).toBeGreaterThanOrEqual(counts[i]));
  exact.forEach((values, i) => expect(relativeError(filled[i], values)).toBeLessThan(1e-4));
});
