import type { layers } from '../../layers';
import type { CompositeLayer } from './compositeLayer';
import { GraphBlock } from './graphBlock';
import { MeshEdgeBlock } from './meshEdgeBlock';
import type { MeshGraphLevel } from './meshGraph';
import type { NetworkCallArgs } from './pointNetwork';
import { SteeredBlock } from './steeredBlock';

/** How networks on meshes convolve: feature-steered (FeaStNet), by one matrix for all neighbours (a graph convolution), or over edges (EdgeConv). */
export type MeshConvolutionKind = 'featureSteered' | 'graph' | 'edge';
export const MESH_CONVOLUTIONS: readonly MeshConvolutionKind[] = ['featureSteered', 'graph', 'edge'];

export type MeshBlockArgs = ConstructorParameters<typeof layers.Layer>[0] & {
  /** D */
  readonly channels: number;
  /** Whether batch normalisation comes before the ReLU; true by default. EdgeConv always has its own. */
  readonly normalization?: boolean;
  /** W of a feature-steered convolution, 8 by default. */
  readonly numWeightMatrices?: number;
  /** 1 by default. */
  readonly seed?: number;
};

export type MeshBlockCallArgs = Pick<NetworkCallArgs, 'training' | 'record'> & { readonly level: MeshGraphLevel };

/**
 * A convolution on one level of a mesh graph, batch normalisation and a (leaky) ReLU: [B, M, C] to [B, M, D]. Called as
 * `layer.apply(x, {training, record, level})`.
 */
export const createMeshBlock = (kind: MeshConvolutionKind, args: MeshBlockArgs): CompositeLayer => {
  if (kind === 'graph') return new GraphBlock(args);
  return kind === 'edge' ? new MeshEdgeBlock(args) : new SteeredBlock(args);
};
