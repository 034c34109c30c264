import { gatherRows, segmentMax } from '../../kernels';
import type { layers } from '../../layers';
import * as tf from '../../tf';
import { KernelConvolution, type KernelConvolutionArgs, type KernelSight } from './kernelConvolution';
import { densityOfEntries } from './entryDensity';
import { kernelNet, normalizedKernelNet, runThrough, type KernelActivation } from './kernelNet';
import type { NormalizationCallArgs } from './pointNormalization';

// PointConv: Wu, Qi, Li, "PointConv: Deep Convolutional Networks on 3D Point Clouds", CVPR 2019.

/** Hidden units of the network that bends the inverse density, as in the paper's program. */
const SCALE_UNITS = 16;

/** A thousandth of the inverse density of a million points in the same place. */
const LEAST_INVERSE = 1e-10;

/** Of layers that see all entries: those without a row, which only fill up, are no part of the batch. */
function normalizationOf({ neighbors: { rows }, offsets, args: { training } }: KernelSight): NormalizationCallArgs {
  if (!training || rows.memberCount === rows.entryCount) return { training };
  // One neighbourhood may serve a batch.
  const batch = offsets.size / offsets.shape[offsets.rank - 1] / rows.entryCount;
  const segments = tf.tile(rows.segments, [batch]);
  const mask = tf.reshape(tf.cast(tf.greaterEqual(segments, 0), 'float32'), [-1, 1]);
  return { training, rows: { groups: { ...rows, segments }, total: batch * rows.memberCount, mask } };
}

export type PointConvArgs = KernelConvolutionArgs & {
  /** Units of the weight net's layers, [32] by default; the last is C_mid. */
  readonly weightNet?: readonly number[];
  /** Of the weight net; 'relu' by default. */
  readonly weightActivation?: KernelActivation;
  /** Whether neighbours weigh by their inverse density; true by default. */
  readonly inverseDensity?: boolean;
  /** Whether both networks have batch normalisation before each hidden layer's activation, as in the paper's program; true by default. */
  readonly normalization?: boolean;
  /** Of the density estimate, as a share of the radius; 0.2 by default. */
  readonly bandwidth?: number;
};

/**
 * PointConv in its efficient form: y(x) = Σ over input channels c and m ≤ C_mid of H[m, c] · Σⱼ S(j) · Mₘ((xⱼ − x) / radius) · f_c(xⱼ), where M is the
 * weight net, a small network on relative positions shared by all channels, and S(j) ∈ (0, 1) a network (1 to 16 to 1, sigmoid) of neighbour j's inverse
 * density, divided by the largest in the neighbourhood. Wu, Qi, Li, "PointConv", CVPR 2019, equation 3 in the form of section 3.2 (lemma 1). The weight
 * of every pair of channels at every neighbour, E · C · channels numbers, never exists: memory is E · C_mid + M · C_mid · C, and in training as much again.
 * Both nets are those of the paper's program: one hidden layer of 32 and of 16 units, with batch normalisation over all neighbours of the batch and ReLU. Its density estimate's
 * bandwidth is half the radius; 0.2 of it is that of the layer which TensorFlow Graphics was to have. Weights: the weight net's, the density net's, and `mix`: H [C_mid · C, channels]
 * and a bias.
 *
 * Called as `layer.apply([features, points], {neighbors, density, training})`; see KernelConvolution for queries, tables and what is looked for where nothing is given.
 * @example
 * ```ts
 * const layer = new nn.layer.pointConv.PointConv({ channels: 4, radius: 0.5 });
 * const points = tf.tensor2d([[0, 0, 0], [0.3, 0, 0], [5, 0, 0]]);
 * const y = layer.apply([tf.tensor2d([[1], [2], [3]]), points]) as tf.Tensor;
 * y.shape; // → [3, 4]
 * // Moving all points alike changes nothing.
 * tf.max(tf.abs(tf.sub(y, layer.apply([tf.tensor2d([[1], [2], [3]]), tf.add(points, 8)]) as tf.Tensor))); // → 0
 * // Fewer outputs than inputs, at places of their own.
 * const queries = tf.tensor2d([[0.1, 0, 0]]);
 * (layer.apply([tf.ones([3, 1]), points, queries]) as tf.Tensor).shape; // → [1, 4]
 * ```
 */
export class PointConv extends KernelConvolution {
  static readonly className: string = 'PointConv';
  protected readonly width: number;
  private readonly settings: { readonly weightNet: readonly number[]; readonly weightActivation: KernelActivation; readonly inverseDensity: boolean; readonly normalization: boolean; readonly bandwidth: number };
  private readonly weightNet: readonly layers.Layer[];
  private readonly densityNet: readonly layers.Layer[];

  constructor(args: PointConvArgs) {
    super(args);
    const { weightNet = [32], weightActivation = 'relu', inverseDensity = true, normalization = true, bandwidth = 0.2 } = args;
    if (weightNet.length === 0) throw new Error('weightNet must have at least one layer');
    this.settings = { weightNet, weightActivation, inverseDensity, normalization, bandwidth };
    const hidden = normalization ? normalizedKernelNet : kernelNet;
    this.width = weightNet[weightNet.length - 1];
    this.weightNet = hidden({ name: 'weight', widths: weightNet, activation: weightActivation, seed: this.seed }).map((part) => this.adopt(part));
    this.densityNet = !inverseDensity ? [] : [
      ...hidden({ name: 'density', widths: [SCALE_UNITS], activation: 'relu', seed: this.seed + 1 }),
      ...kernelNet({ name: 'scale', widths: [1], activation: 'sigmoid', seed: this.seed + 2 }),
    ].map((part) => this.adopt(part));
  }

  protected override buildKernel(dimension: number): void {
    this.weightNet.reduce<(number | null)[]>((shape, part) => this.buildPart(part, shape), [1, dimension]);
    this.densityNet.reduce<(number | null)[]>((shape, part) => this.buildPart(part, shape), [1, 1]);
  }

  protected override weigh(sight: KernelSight): tf.Tensor {
    const weights = runThrough(this.weightNet, sight.offsets, normalizationOf(sight));
    return this.settings.inverseDensity ? tf.mul(weights, this.scaleOf(sight)) : weights;
  }

  protected override entryDensity(sight: KernelSight): tf.Tensor | undefined {
    const { inverseDensity, bandwidth } = this.settings;
    return inverseDensity ? densityOfEntries(sight, this.radius, bandwidth) : undefined;
  }

  /** S, [·, E, 1]. */
  private scaleOf(sight: KernelSight): tf.Tensor {
    const { rows } = sight.neighbors;
    const inverse = tf.div(1, densityOfEntries(sight, this.radius, this.settings.bandwidth));
    // At most 1; for entries without a row, whose largest is 0, it only has to be a number.
    const largest = tf.maximum(gatherRows(segmentMax(inverse, rows), rows), LEAST_INVERSE);
    return runThrough(this.densityNet, tf.minimum(tf.div(inverse, largest), 1), normalizationOf(sight));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings, weightNet: [...this.settings.weightNet] };
  }
}
tf.serialization.registerClass(PointConv);
