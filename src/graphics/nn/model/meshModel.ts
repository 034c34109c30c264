import * as tf from '../../tf';
import { sharesOf } from '../layer/feastNetwork';
import { FeastNetClassifier, FeastNetSegmenter } from '../layer/feastNetworks';
import type { MeshConvolutionKind } from '../layer/meshBlock';
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

/** What networks on meshes have in common. */
export interface MeshModelOptions extends PointModelOptions {
  /** Resolutions, 3 by default; 1 is FeaStNet's without pooling. */
  readonly scales?: number;
  /** Batch normalisation after each convolution; true by default. */
  readonly normalization?: boolean;
  /** 0 by default. */
  readonly dropoutRate?: number;
  /** Whether components of a mesh are joined where they touch or are nearest; true by default. */
  readonly bridge?: boolean;
}

/**
 * A network on meshes as a {@link PointModel}, of one kind of convolution. Neighbourhoods and pooling maps are built from each batch's faces, whatever the
 * meshes: with seams, of several components, non-manifold, with isolated vertices.
 * @throws Error that names a wrong option.
 */
export function meshModel(id: string, convolution: MeshConvolutionKind, options: MeshModelOptions & { readonly numWeightMatrices?: number }): PointModel {
  const { task, classCount, featureCount = 0, width, seed, scales = 3, numWeightMatrices, normalization = true, dropoutRate, bridge } = options;
  const Network = task === 'classify' ? FeastNetClassifier : FeastNetSegmenter;
  const network = new Network({ name: id, convolution, classCount, width, seed, scales, numWeightMatrices, normalization, dropoutRate });
  const graphOptions = { shares: sharesOf(scales), bridge };
  return networkModel<Prepared>(id, options, network, {
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
