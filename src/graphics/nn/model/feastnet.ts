import { meshModel, type MeshModelOptions } from './meshModel';
import type { PointModel } from './pointModel';

export interface FeastNetOptions extends MeshModelOptions {
  /** W, 8 by default. */
  readonly numWeightMatrices?: number;
}

/**
 * FeaStNet (Verma et al. 2018) on meshes: `nn.layer.mesh.FeastNetSegmenter` or `FeastNetClassifier`. Neighbourhoods and pooling maps are built from each
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
export const createFeastNet = (options: FeastNetOptions): PointModel => meshModel('feastnet', 'featureSteered', options);
