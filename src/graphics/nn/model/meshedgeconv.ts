import { meshModel, type MeshModelOptions } from './meshModel';
import type { PointModel } from './pointModel';

/**
 * A network of edge convolutions (Wang et al., "Dynamic Graph CNN for Learning on Point Clouds", ACM TOG 2019, equations 7 and 8) over the edges of meshes: FeaStNet's
 * widths, pooling and unpooling with `EdgeConv` in place of the feature-steered convolution. The graph is the mesh's own and not found anew in each layer.
 * @param options beside those of all networks `scales` (3), `dropoutRate` (0) and `bridge` (true); EdgeConv has its batch normalisation always.
 * @returns the model; the caller disposes it.
 * @throws Error that names a wrong option.
 * @example
 * ```ts
 * const model = nn.model.createMeshEdgeConvNet({ task: 'segment', classCount: 2, width: 0.25, scales: 1 });
 * const faces = [Uint32Array.from([0, 1, 2])];
 * const triangle = model.prepare({ batch: 1, count: 3, positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces });
 * model.forward(triangle).shape; // → [1, 3, 2]
 * triangle.dispose();
 * model.dispose();
 * ```
 */
export const createMeshEdgeConvNet = (options: Omit<MeshModelOptions, 'normalization'>): PointModel => meshModel('meshedgeconv', 'edge', options);
