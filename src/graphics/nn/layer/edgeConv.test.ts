import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { neighborhoodFromTable } from '../../../scene/neighborhoodBuilders';
import { createNeighborhood, disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution';
import { gatherRows, segmentMax } from '../../kernels';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import { input, loadLayersModel, model } from '../../layers';
import * as tf from '../../tf';
import { EdgeConv } from './edgeConv';
import { normalizedEdgeMax } from './normalizedEdgeMax';
import type { NormalizationWeights } from './normalizedDense';
import type { LayerVariable } from '../../layers';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = createRandom(31);
const normals = (...shape: number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()), shape);
const [batch, count, dimension, channels, k] = [2, 9, 3, 4, 3];

/** Its weights: product, γ, β, moving mean and variance, and so many batches seen that these move by a tenth; γ has both signs. */
const someWeights = () => [normals(2 * dimension, channels), tf.tensor1d([1, -1.5, 0.5, -0.2]), normals(channels), normals(channels), tf.add(tf.square(normals(channels)), 0.5), tf.tensor1d([9])];

/** Gather, dense layer, batch normalisation over all edges, leaky ReLU, maximum. */
function plain(x: tf.Tensor, neighbors: SparseNeighborhood, [kernel, gamma, beta, mean, variance]: tf.Tensor[], training: boolean): { y: tf.Tensor; moments: tf.Tensor[] } {
  const rows = tf.reshape(x, [-1, dimension]);
  const [own, seen] = [gatherRows(rows, neighbors.rows), gatherRows(rows, neighbors.columns)];
  const products = tf.matMul(tf.concat([own, tf.sub(seen, own)], 1) as tf.Tensor2D, kernel as tf.Tensor2D);
  const own2 = tf.moments(products, 0);
  const [m, v] = training ? [own2.mean, own2.variance] : [mean, variance];
  const normalized = tf.add(tf.mul(tf.div(tf.sub(products, m), tf.sqrt(tf.add(v, 1e-3))), gamma), beta);
  const y = segmentMax(tf.leakyRelu(normalized, 0.2), neighbors.rows);
  return { y: tf.reshape(y, [...x.shape.slice(0, -1), channels]), moments: [tf.add(tf.mul(mean, 0.9), tf.mul(own2.mean, 0.1)), tf.add(tf.mul(variance, 0.9), tf.mul(own2.variance, 0.1))] };
}

const withGraph = (x: tf.Tensor, run: (neighbors: SparseNeighborhood, layer: EdgeConv) => void) => {
  const layer = new EdgeConv({ channels, k });
  layer.apply(x);
  const neighbors = createNeighborhood(layer.graphOf(x));
  run(neighbors, layer);
  disposeNeighborhood(neighbors);
};

describe('EdgeConv', () => {
  it.each([true, false])('is gather, dense layer, normalisation and maximum, with gradients and averages; training: %s', (training) => {
    const x = normals(batch, count, dimension);
    withGraph(x, (neighbors, layer) => {
      const weights = someWeights();
      layer.setWeights(weights);
      const y = layer.apply(x, { neighbors, training }) as tf.Tensor;
      const expected = plain(x, neighbors, weights, training);
      expect(relativeError(y.dataSync(), expected.y.dataSync())).toBeLessThan(1e-5);
      if (training) layer.getWeights().slice(3, 5).forEach((average, i) => expect(relativeError(average.dataSync(), expected.moments[i].dataSync())).toBeLessThan(1e-5));
      layer.setWeights(weights);
      const theirs = tf.grads((a, ...own) => probe(plain(a, neighbors, [...own, ...weights.slice(3)], training).y))([x, ...weights.slice(0, 3)]);
      const ours = tf.grad((a) => probe(layer.apply(a, { neighbors, training }) as tf.Tensor))(x);
      expect(relativeError(ours.dataSync(), theirs[0].dataSync())).toBeLessThan(1e-4);
      layer.setWeights(weights);
      const { grads } = tf.variableGrads(() => probe(layer.apply(x, { neighbors, training }) as tf.Tensor) as tf.Scalar);
      layer.trainableWeights.forEach((variable, i) => {
        expect(relativeError(grads[variable.name].dataSync(), theirs[i + 1].dataSync())).toBeLessThan(1e-4);
      });
    });
  });

  it('finds its own graph, anew for every input, and the call\'s table and neighbours say the same', () => {
    const x = normals(batch, count, dimension);
    withGraph(x, (neighbors, layer) => {
      const dynamic = Array.from((layer.apply(x) as tf.Tensor).dataSync());
      expect(Array.from((layer.apply(x, { neighbors }) as tf.Tensor).dataSync())).toEqual(dynamic);
      const table = tf.tensor(Array.from(neighbors.columns.segments.dataSync(), (column) => column % count), [batch, count, k], 'int32');
      expect(Array.from((layer.apply([x, table]) as tf.Tensor).dataSync())).toEqual(dynamic);
    });
    // In many dimensions too.
    const wide = normals(1, 12, 16);
    const layer = new EdgeConv({ channels, k });
    const graph = layer.graphOf(wide);
    expect(graph.columns.length).toBe(12 * k);
    expect(Array.from({ length: 12 }, (_, i) => graph.columns[i * k])).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });

  it('follows the order of the points, and does not mind the clouds beside nor the padding', () => {
    const x = normals(batch, count, dimension);
    const layer = new EdgeConv({ channels, k });
    const y = layer.apply(x) as tf.Tensor;
    expect(relativeError(tf.reverse(layer.apply(tf.reverse(x, 1)) as tf.Tensor, 1).dataSync(), y.dataSync())).toBeLessThan(1e-6);
    const padded = tf.pad(x, [[0, 0], [0, 2], [0, 0]], 7);
    for (const training of [false, true]) {
      const whole = layer.apply(x, { training }) as tf.Tensor;
      const ragged = layer.apply(padded, { training, sizes: tf.tensor1d([count, count], 'int32') }) as tf.Tensor;
      expect(relativeError(tf.slice(ragged, [0, 0, 0], [-1, count, -1]).dataSync(), whole.dataSync())).toBeLessThan(1e-2);
      expect(tf.max(tf.abs(tf.slice(ragged, [0, count, 0]))).dataSync()[0]).toBe(0);
    }
  });

  it('has the gradients of finite differences, finite where all points coincide', () => {
    const x = normals(batch, count, dimension);
    withGraph(x, (neighbors, layer) => {
      const f = (a: tf.Tensor) => probe(layer.apply(a, { neighbors, training: true }) as tf.Tensor);
      expect(checkGradient(f, x.shape, Array.from(x.dataSync()), 1e-3).relativeError).toBeLessThan(5e-2);
      expect(tf.grad(f)(tf.ones(x.shape)).dataSync().every(Number.isFinite)).toBe(true);
    });
  });

  it('shares one graph with a batch', () => {
    const graph = createNeighborhood(neighborhoodFromTable(Int32Array.of(0, 1, 1, 2, 2, 0), 2, { rowCount: 3, columnCount: 3 }));
    const layer = new EdgeConv({ channels });
    const x = normals(batch, 3, dimension);
    const whole = layer.apply(x, { neighbors: graph }) as tf.Tensor;
    const one = layer.apply(tf.slice(x, 1, 1), { neighbors: graph }) as tf.Tensor;
    expect(relativeError(tf.slice(whole, 1, 1).dataSync(), one.dataSync())).toBeLessThan(1e-6);
    disposeNeighborhood(graph);
  });

  it('is saved and loaded with a model', async () => {
    const points = input({ shape: [count, dimension] });
    const built = model({ inputs: points, outputs: new EdgeConv({ name: 'edges', channels, k, momentum: 0.5, seed: 3 }).apply(points) as typeof points });
    let artifacts: tf.io.ModelArtifacts | undefined;
    await built.save(tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }));
    const topology = JSON.parse(JSON.stringify(artifacts!.modelTopology)) as object;
    const loaded = await loadLayersModel(tf.io.fromMemory({ ...artifacts!, modelTopology: topology }));
    const x = normals(batch, count, dimension);
    expect(Array.from((loaded.predict(x) as tf.Tensor).dataSync())).toEqual(Array.from((built.predict(x) as tf.Tensor).dataSync()));
    expect(loaded.getLayer('edges').getConfig()).toEqual(built.getLayer('edges').getConfig());
  });

  it('leaves no tensors behind', () => {
    const layer = new EdgeConv({ channels, k });
    const x = normals(batch, count, dimension);
    tf.dispose(layer.apply(x) as tf.Tensor);
    const before = tf.memory().numTensors;
    for (const training of [false, true]) tf.dispose(layer.apply(x, { training }) as tf.Tensor);
    tf.tidy(() => void tf.grad((a) => probe(layer.apply(a, { training: true }) as tf.Tensor))(x));
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('a row without edges gets 0', () => {
  const graph = createNeighborhood(neighborhoodFromTable(Int32Array.of(0, -1), 1, { rowCount: 2, columnCount: 2 }));
  const variable = (value: number) => ({ read: () => tf.fill([1], value) }) as unknown as LayerVariable;
  const weights: NormalizationWeights = { gamma: variable(1), beta: variable(5), mean: variable(0), variance: variable(1) };
  const y = normalizedEdgeMax(tf.ones([1, 2, 1]), tf.ones([1, 2, 1]), weights, { training: false, momentum: 0.9, slope: 0.2 }, graph);
  expect(y.dataSync()[0]).toBeGreaterThan(6);
  expect(y.dataSync()[1]).toBe(0);
  disposeNeighborhood(graph);
});
