import { meshModel, type MeshModelOptions } from './meshModel';
import type { PointModel } from './pointModel';

/**
 * A network of graph convolutions (Kipf and Welling, ICLR 2017, equation 2) on meshes: FeaStNet's widths, pooling and unpooling with `GraphConvolution` in place of
 * the feature-steered convolution. One matrix for all neighbours and the mean over them: what a network has that does not tell its neighbours apart.
 * @param options beside those of all networks `scales` (3), `normalization` (true), `dropoutRate` (0) and `bridge` (true).
 * @returns the model; the caller disposes it.
 * @throws Error that names a wrong option.
 * @example
 * ```ts
 * const model = nn.model.createGraphConvNet({ task: 'segment', classCount: 2, width: 0.25, scales: 1 });
 * const faces = [Uint32Array.from([0, 1, 2])];
 * const triangle = model.prepare({ batch: 1, count: 3, positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces });
 * model.forward(triangle).shape; // → [1, 3, 2]
 * triangle.dispose();
 * model.dispose();
 * ```
 */
export const createGraphConvNet = (options: MeshModelOptions): PointModel => meshModel('graphconv', 'graph', options);
