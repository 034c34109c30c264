import * as tf from '../../tf';
import { sharesOf } from '../layer/feastNetwork';
import { FeastNetClassifier, FeastNetSegmenter } from '../layer/feastNetworks';
import { createMeshGraph, disposeMeshGraph, type MeshGraph } from '../layer/meshGraph';
import { inputOf } from './batchInput';
import { checkPointBatch } from './checkPointBatch';
import { compilesForShapes } from './compilesForShapes';
import { networkModel } from './networkModel';
import type { PointBatch, PointModel, PointModelOptions, PreparedBatch } from './pointModel';

interface Prepared extends PreparedBatch {
  readonly x: tf.Tensor3D;
  readonly graph: MeshGraph;
}

export interface FeastNetOptions extends PointModelOptions {
  /** Resolutions; 1 is the paper's network without pooling. */
  readonly scales?: number;
  readonly numWeightMatrices?: number;
  readonly normalization?: boolean;
  readonly dropoutRate?: number;
  /** Whether components of a mesh are joined where they touch or are nearest. */
  readonly bridge?: boolean;
}

/**
 * FeaStNet (Verma et al. 2018) on meshes: {@link FeastNetSegmenter} or {@link FeastNetClassifier}. Neighbourhoods and pooling maps are built from each
 * batch's faces, whatever the meshes: with seams, of several components, non-manifold, with isolated vertices.
 * @param options beside those of all networks `scales` (3), `numWeightMatrices` (8), `normalization` (true), `dropoutRate` (0) and `bridge` (true).
 * Three scales and the normalisation, which the paper's network does without, learn the same parts in a fraction of the steps; `{ scales: 1,
 * normalization: false }` is the paper's.
 * @returns the model; the caller disposes it.
 * @throws Error that names a wrong option.
 * @example
 * ```ts
 * const model = nn.model.createFeastNet({ task: 'segment', classCount: 2, width: 0.25, scales: 1 });
 * const faces = [Uint32Array.from([0, 1, 2])];
 * const triangle = model.prepare({ batch: 1, count: 3, positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces });
 * model.forward(triangle).shape; // → [1, 3, 2]
 * model.layerNames; // → ['linear1', 'conv1', 'conv2', 'conv3', 'linear2']
 * triangle.dispose();
 * model.dispose();
 * ```
 */
export function createFeastNet(options: FeastNetOptions): PointModel {
  const { task, classCount, featureCount = 0, width, seed, scales = 3, numWeightMatrices, normalization = true, dropoutRate, bridge } = options;
  const Network = task === 'classify' ? FeastNetClassifier : FeastNetSegmenter;
  const network = new Network({ name: 'feastnet', classCount, width, seed, scales, numWeightMatrices, normalization, dropoutRate });
  const graphOptions = { shares: sharesOf(scales), bridge };
  return networkModel<Prepared>('feastnet', options, network, {
    warmUp() {
      const graph = createMeshGraph([{ positions: new Float32Array(3), faces: new Uint32Array() }], 1, graphOptions);
      const logits = network.apply(tf.zeros([1, 1, 3 + featureCount]), { graph }) as tf.Tensor;
      disposeMeshGraph(graph);
      return logits;
    },
    prepare(batch: PointBatch): Prepared {
      const { batch: meshes, count, positions, faces, sizes } = batch;
      if (faces?.length !== meshes) throw new Error(`faces must hold the triangles of each of the ${meshes} meshes, but there are ${faces ? `${faces.length} lists` : 'none'}`);
      checkPointBatch(batch, featureCount);
      const own = faces.map((triangles, b) => ({ positions: positions.subarray(3 * count * b, 3 * (count * b + (sizes?.[b] ?? count))), faces: triangles }));
      // Of one alone, whose vertices somebody looks at, there is no batch after the other.
      const graph = createMeshGraph(own, count, { ...graphOptions, padded: meshes > 1 && compilesForShapes() });
      const x = inputOf(batch, featureCount);
      const dispose = () => {
        x.dispose();
        disposeMeshGraph(graph);
      };
      return { batch: meshes, count, x, graph, dispose };
    },
    forward: ({ x, graph }, args) => network.apply(x, { ...args, graph }) as tf.Tensor,
  });
}
