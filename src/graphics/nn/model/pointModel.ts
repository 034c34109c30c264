import type { Neighborhood } from '../../../scene/neighborhood';
import type { LayerVariable } from '../../layers';
import type * as tf from '../../tf';
import type { LayerArithmetic, LayerSource } from './layerArithmetic';

// What every network on points and meshes can do, so that training, pages and benches need not know which one it is.

/** One label for a shape, or one for each of its points. */
export type PointTask = 'classify' | 'segment';

/** B clouds of N points, or meshes of N vertices, as plain arrays: neighbourhoods are found on the processor, where they come from. */
export interface PointBatch {
  readonly batch: number;
  /** N, padding included. */
  readonly count: number;
  /** [B, N, 3] */
  readonly positions: Float32Array;
  /** [B, N, featureCount], such as normals. */
  readonly features?: Float32Array;
  /** [B]: how many of the N points count; all by default. */
  readonly sizes?: Int32Array;
  /** Triangles of each element, for networks on meshes. */
  readonly faces?: readonly Uint32Array[];
  /** What is drawn at random in making the neighbourhoods (starts of farthest-point sampling). */
  readonly seed?: number;
}

export interface PointModelOptions {
  readonly task: PointTask;
  /** Classes, or parts. */
  readonly classCount: number;
  /** C of {@link PointBatch.features}; 0 by default. */
  readonly featureCount?: number;
  /** Scales the widths of all layers; 1 gives the paper's. */
  readonly width?: number;
  /** Of PointNet: whether T-Nets bring points and features into a pose of their own first; true by default. */
  readonly transforms?: boolean;
  /** Of the initial weights and of dropout. */
  readonly seed?: number;
}

/** A batch on the device with all its neighbourhoods; used as often as one likes, then disposed. */
export interface PreparedBatch {
  readonly batch: number;
  readonly count: number;
  dispose(): void;
}

/** What one layer did, for people who look inside. Tensors belong to the reader of the record only while it is called. */
export interface LayerRecord {
  /** Unique in the model, such as "conv2". */
  readonly name: string;
  readonly kind: 'dense' | 'point convolution' | 'edge convolution' | 'kernel point convolution' | 'mesh convolution' | 'pool' | 'unpool' | 'global max';
  /** Where its outputs sit: [B, M, 3]. */
  readonly positions: tf.Tensor;
  /** [B, M, C]; [B, C] of a global layer. */
  readonly activation: tf.Tensor;
  /** Who looks at whom: rows are outputs, columns the outputs of the layer before. Absent where each point sees itself alone, or all. */
  readonly neighborhood?: Neighborhood;
  /** [E, W]: what the kernel gave each entry of the neighbourhood, entry by entry (kernel point correlations, attention, weight net). */
  readonly entryWeights?: tf.Tensor;
  /** [E, 1]: how densely points lie at each entry's neighbour, where the layer's radius is 1; of layers that correct for it. */
  readonly entryDensity?: tf.Tensor;
  /** [W, 3], relative to the centre; [B, M, W, 3] where each place has moved its own. */
  readonly kernelPoints?: tf.Tensor;
  /** int32 [B, C] for a maximum over all points: the point that won each channel. Of a T-Net those of the maximum within it. */
  readonly winners?: tf.Tensor;
  /** All that goes in, {@link LayerArithmetic.inputs} first; by default the layer before: by the neighbourhood where there is one, else each output of the same number, or all. */
  readonly sources?: readonly LayerSource[];
  /** How its outputs come about. */
  readonly arithmetic?: LayerArithmetic;
  /** Triangles of the first mesh at this resolution, where it is another than the layer before had. */
  readonly faces?: Uint32Array;
}

export interface ForwardOptions {
  readonly training?: boolean;
  /** Of what dropout leaves out in training: the same seed leaves out the same, so that a training goes on from a checkpoint bit for bit. */
  readonly seed?: number;
  /** Called once for each layer, in order. */
  readonly record?: (layer: LayerRecord) => void;
}

export interface PointModel {
  readonly id: string;
  readonly options: PointModelOptions;
  /** With the moving averages of normalisation. */
  readonly weights: readonly LayerVariable[];
  readonly trainableWeights: readonly LayerVariable[];
  /** Weights that learn at a rate of their own, with what the learning rate is multiplied by; all alike where absent. */
  readonly rateFactors?: ReadonlyMap<LayerVariable, number>;
  /** Layers that {@link ForwardOptions.record} will name, in order. */
  readonly layerNames: readonly string[];
  /** @throws Error that names the argument and what is wrong with it. */
  prepare(batch: PointBatch): PreparedBatch;
  /** @returns logits [B, classCount], or [B, N, classCount] to segment. */
  forward(prepared: PreparedBatch, options?: ForwardOptions): tf.Tensor;
  /** What is added to the loss (PointNet's orthogonality), of the last forward pass; undefined where there is nothing. */
  regularization?(): tf.Scalar;
  dispose(): void;
}
