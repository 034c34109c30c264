import { kNearestNeighbors, farthestPointSampling } from '../../src/graphics/geometry/neighborhood';
import { createNeighborhood, disposeNeighborhood, type SparseNeighborhood } from '../../src/graphics/geometry/convolution';
import { nearestRows, neighborMax } from '../../src/graphics/kernels';
import { EdgeConv } from '../../src/graphics/nn/layer/edgeConv';
import { KPConv } from '../../src/graphics/nn/layer/kpConvRigid';
import { MonteCarloConvolution } from '../../src/graphics/nn/layer/monteCarlo';
import { PointConv } from '../../src/graphics/nn/layer/pointConv';
import { SetAbstraction } from '../../src/graphics/nn/layer/setAbstraction';
import type { layers } from '../../src/graphics/layers';
import * as tf from '../../src/graphics/tf';
import { farthestPoints } from '../../src/scene/farthestPoints';
import { createRandom } from '../../src/scene/random';
import { neighborhoodFromTable } from '../../src/scene/neighborhoodBuilders';
import { nearestNeighbors } from '../../src/scene/nearestNeighbors';
import * as stock from './stock';

/** One way of doing something, and the most bytes that its tensors should need at once. */
export interface Way {
  readonly run: () => tf.Tensor;
  /** By what `run` is differentiated: the features it takes. */
  readonly gradient?: (x: tf.Tensor) => tf.Tensor;
}

export interface Case {
  readonly name: string;
  readonly ours: Way;
  readonly theirs: Way;
  /** What the stock ops need at least, forward, in bytes; and how their work grows with the points: 1 linearly, 2 with the square. */
  readonly stockBytes: number;
  readonly stockGrowth: { readonly forward: number; readonly gradient: number };
  /** With the square, likewise; 1 by default. */
  readonly growth?: number;
}

/** Points in a cube, whose neighbourhoods every convolution shares. */
export interface Scene {
  readonly count: number; readonly k: number; readonly channels: number;
  readonly points: tf.Tensor2D;
  readonly features: tf.Tensor2D;
  readonly neighbors: SparseNeighborhood;
  /** int32 [N, k] */
  readonly table: tf.Tensor2D;
  /** A quarter of the points, and whom they see. */
  readonly centres: tf.Tensor2D;
  readonly centreNeighbors: SparseNeighborhood;
  readonly centreTable: tf.Tensor2D;
  readonly dispose: () => void;
}

export function createScene(count: number, { k, channels, seed }: { k: number; channels: number; seed: number }): Scene {
  const random = createRandom(seed);
  const values = Float32Array.from({ length: 3 * count }, () => random.uniform());
  const indices = nearestNeighbors(values, 3, k).indices;
  const sampled = farthestPoints(values, 3, Math.floor(count / 4), { start: 0 });
  const centreIndices = Int32Array.from({ length: sampled.length * k }, (_, i) => indices[sampled[Math.floor(i / k)] * k + (i % k)]);
  const upload = (table: Int32Array, rowCount: number) => createNeighborhood(neighborhoodFromTable(table, k, { rowCount, columnCount: count }));
  const tensors = {
    points: tf.tensor2d(values, [count, 3]),
    features: tf.tensor2d(Float32Array.from({ length: count * channels }, () => random.normal()), [count, channels]),
    table: tf.tensor2d(indices, [count, k], 'int32'),
    centreTable: tf.tensor2d(centreIndices, [sampled.length, k], 'int32'),
    centres: tf.tensor2d(Float32Array.from({ length: 3 * sampled.length }, (_, i) => values[3 * sampled[Math.floor(i / 3)] + (i % 3)]), [sampled.length, 3]),
  };
  const [neighbors, centreNeighbors] = [upload(indices, count), upload(centreIndices, sampled.length)];
  return {
    count, k, channels, ...tensors, neighbors, centreNeighbors,
    dispose() {
      tf.dispose(Object.values(tensors));
      disposeNeighborhood(neighbors);
      disposeNeighborhood(centreNeighbors);
    },
  };
}

const FLOAT = 4;
/** The radius of a ball that holds about k of `count` points in the unit cube. */
const radiusFor = (count: number, k: number) => (3 * k / (4 * Math.PI * count)) ** (1 / 3);

const layerWay = (layer: layers.Layer, x: tf.Tensor, apply: (x: tf.Tensor) => tf.Tensor): Way => {
  tf.tidy(() => void apply(x));
  void layer;
  return { run: () => apply(x), gradient: apply };
};
const stockWay = (x: tf.Tensor, apply: (x: tf.Tensor) => tf.Tensor): Way => ({ run: () => apply(x), gradient: apply });

/** Every case, by name: a convolution makes as many channels as it takes. */
export const CASES: Readonly<Record<string, (scene: Scene) => Case>> = {
  'neighbours in space': ({ points, k, count }) => ({
    name: 'neighbours in space',
    ours: { run: () => kNearestNeighbors(points, k).indices },
    theirs: { run: () => stock.nearest(points, k) },
    stockBytes: 3 * FLOAT * count * count, stockGrowth: { forward: 2, gradient: 2 },
  }),
  'neighbours by features': ({ features, k, count, channels }) => ({
    name: 'neighbours by features',
    ours: { run: () => nearestRows(tf.reshape(features, [1, count, channels]), k) },
    theirs: { run: () => stock.nearest(features, k) },
    stockBytes: 3 * FLOAT * count * count, stockGrowth: { forward: 2, gradient: 2 }, growth: 2,
  }),
  'farthest points': ({ points, count }) => ({
    name: 'farthest points',
    ours: { run: () => farthestPointSampling(points, FARTHEST).indices },
    theirs: { run: () => stock.farthest(points, FARTHEST) },
    stockBytes: 8 * FLOAT * count, stockGrowth: { forward: 1, gradient: 1 },
  }),
  'maximum over neighbours': ({ features, neighbors, table, count, k, channels }) => ({
    name: 'maximum over neighbours',
    ours: stockWay(features, (x) => neighborMax(x, neighbors)),
    theirs: stockWay(features, (x) => stock.neighborMax(x, table)),
    stockBytes: FLOAT * count * k * channels, stockGrowth: { forward: 1, gradient: 2 },
  }),
  'set abstraction': ({ points, features, centres, centreNeighbors, centreTable, channels, count, k }) => {
    const layer = new SetAbstraction({ channels: [channels, channels] });
    const batched = (x: tf.Tensor) => tf.expandDims(x, 0);
    const net = stock.makeStack([channels + 3, channels, channels]);
    return {
      name: 'set abstraction',
      ours: layerWay(layer, features, (x) => layer.apply([batched(points), batched(centres), batched(x)], { neighbors: { ...centreNeighbors, batch: [1] }, training: true }) as tf.Tensor),
      theirs: stockWay(features, (x) => stock.setAbstraction(x, points, centres, centreTable, net)),
      stockBytes: 4 * FLOAT * (count / 4) * k * channels, stockGrowth: { forward: 1, gradient: 2 },
    };
  },
  EdgeConv: ({ features, neighbors, table, channels, count, k }) => {
    const layer = new EdgeConv({ channels, k });
    const net = stock.makeStack([2 * channels, channels]);
    return {
      name: 'EdgeConv',
      ours: layerWay(layer, features, (x) => layer.apply(x, { neighbors, training: true }) as tf.Tensor),
      theirs: stockWay(features, (x) => stock.edgeConv(x, table, net)),
      stockBytes: 6 * FLOAT * count * k * channels, stockGrowth: { forward: 1, gradient: 2 },
    };
  },
  PointConv: ({ points, features, neighbors, table, channels, count, k }) => {
    const radius = radiusFor(count, k);
    const layer = new PointConv({ channels, radius, weightNet: [8, 8, 32], normalization: false, inverseDensity: false });
    const net = stock.makeKernel([3, 8, 8, 32], channels, channels);
    return {
      name: 'PointConv',
      ours: layerWay(layer, features, (x) => layer.apply([x, points], { neighbors }) as tf.Tensor),
      theirs: stockWay(features, (x) => stock.kernelConvolution(x, points, table, radius, net, 'relu')),
      stockBytes: FLOAT * count * k * (channels + 32), stockGrowth: { forward: 1, gradient: 2 },
    };
  },
  'Monte-Carlo convolution': ({ points, features, neighbors, table, channels, count, k }) => {
    const radius = radiusFor(count, k);
    const layer = new MonteCarloConvolution({ channels, radius, kernelNet: [8, 8], kernelNets: 1, densityCorrection: false });
    const net = stock.makeKernel([3, 8, 8], channels, channels);
    return {
      name: 'Monte-Carlo convolution',
      ours: layerWay(layer, features, (x) => layer.apply([x, points], { neighbors }) as tf.Tensor),
      theirs: stockWay(features, (x) => stock.kernelConvolution(x, points, table, radius, net, 'leakyRelu')),
      stockBytes: FLOAT * count * k * (channels + 8), stockGrowth: { forward: 1, gradient: 2 },
    };
  },
  KPConv: ({ points, features, neighbors, table, channels, count, k }) => {
    const radius = radiusFor(count, k);
    const layer = new KPConv({ channels, radius });
    const net = stock.makeKernelPoints(15, radius, channels, channels);
    return {
      name: 'KPConv',
      ours: layerWay(layer, features, (x) => layer.apply([x, points], { neighbors }) as tf.Tensor),
      theirs: stockWay(features, (x) => stock.kpConv(x, points, table, radius / 2.5, net)),
      stockBytes: FLOAT * count * k * (channels + 15 * 4), stockGrowth: { forward: 1, gradient: 2 },
    };
  },
};

/** How many points are sampled of each cloud. */
const FARTHEST = 256;
