import { buildPointHierarchy } from '../../../scene/pointHierarchy';
import { createNeighborhood, disposeNeighborhood } from '../../geometry/convolution';
import { createPointRows, disposePointRows, type PointRows } from '../../geometry/pointHierarchy';
import { DgcnnClassifier, DgcnnSegmenter, type PointGraph } from '../layer/dgcnnNetworks';
import * as tf from '../../tf';
import { inputOf } from './batchInput';
import { networkModel } from './networkModel';
import type { PointBatch, PointModel, PointModelOptions, PreparedBatch } from './pointModel';

export interface DgcnnModelOptions extends PointModelOptions {
  /** Nearest neighbours of each point, itself among them; 20 by default. */
  readonly k?: number;
}

interface Prepared extends PreparedBatch {
  readonly x: tf.Tensor3D;
  readonly rows: PointRows;
  readonly sizes: tf.Tensor1D;
  /** By the points' places: the first layer's, which no training changes. */
  readonly graph: PointGraph;
}

function placesGraph(clouds: PointBatch, k: number): PointGraph {
  const { batch, count } = clouds;
  // Of equally near points it takes those that are first by their places, in whatever order they come.
  const [{ within: [neighborhood] }] = buildPointHierarchy(clouds, [], { within: [{ k }] });
  return { neighborhood, neighbors: createNeighborhood(neighborhood, { entryCount: batch * count * Math.min(k, count) }) };
}

/**
 * DGCNN (Wang et al. 2019): {@link DgcnnClassifier} or {@link DgcnnSegmenter}. Its graphs follow the features from layer to layer.
 * @param options beside those of all networks `k` (20), the nearest neighbours of each point, itself among them.
 * @returns the model; the caller disposes it.
 * @throws Error that names a wrong option.
 * @example
 * ```ts
 * const model = nn.model.createDgcnn({ task: 'segment', classCount: 2, width: 0.1, k: 2 });
 * const clouds = model.prepare({ batch: 1, count: 3, positions: Float32Array.from([0, 0, 0, 1, 0, 0, 5, 0, 0]) });
 * model.forward(clouds).shape; // → [1, 3, 2]
 * clouds.dispose();
 * model.dispose();
 * ```
 */
export function createDgcnn(options: DgcnnModelOptions): PointModel {
  const { task, classCount, featureCount = 0, width, seed, k = 20 } = options;
  if (!(Number.isInteger(k) && k > 0)) throw new Error(`k must be a whole number of at least 1, not ${k}`);
  const Network = task === 'classify' ? DgcnnClassifier : DgcnnSegmenter;
  const network = new Network({ name: 'dgcnn', classCount, width, seed, k });
  return networkModel<Prepared>('dgcnn', options, network, {
    warmUp: () => network.apply(tf.zeros([1, 1, 3 + featureCount])) as tf.Tensor,
    prepare(batch: PointBatch): Prepared {
      const x = inputOf(batch, featureCount);
      const { batch: clouds, count, sizes } = batch;
      const rows = createPointRows(clouds, count, sizes);
      const counts = tf.keep(tf.tensor1d(sizes ?? new Int32Array(clouds).fill(count), 'int32'));
      const graph = placesGraph(batch, k);
      const dispose = () => {
        tf.dispose([x, counts]);
        disposePointRows(rows);
        disposeNeighborhood(graph.neighbors);
      };
      return { batch: clouds, count, x, rows, sizes: counts, graph, dispose };
    },
    forward: ({ x, rows, sizes, graph }, args) => network.apply(x, { ...args, rows, sizes, graph }) as tf.Tensor,
  });
}
