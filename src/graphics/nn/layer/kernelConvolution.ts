import { flattenFor, unflattenFrom, disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution/sparseNeighborhood';
import { neighborhoodOf, radiusPairs } from '../../geometry/neighborhood';
import { gatherRows, neighborSum } from '../../kernels';
import { withAnEntry } from '../../kernels/neighborSum/neighborTables';
import { initializers, layers, type Shape } from '../../layers';
import { checkLastAxis, checkMinimumRank, checkSameBatches, checkShape } from '../../shape';
import * as tf from '../../tf';
import { CompositeLayer } from './compositeLayer';

type DenseArgs = Parameters<typeof layers.dense>[0];

/** What convolutions on points have in common. */
export type KernelConvolutionArgs = ConstructorParameters<typeof layers.Layer>[0] & Pick<DenseArgs, 'activation' | 'useBias' | 'kernelInitializer' | 'biasInitializer' | 'kernelRegularizer'> & {
  /** How many features come out. */
  readonly channels: number;
  /** How far the kernel reaches, in the points' unit: the neighbourhood's radius, 1 by default. */
  readonly radius?: number;
  /** Of the initial weights, 1 by default. */
  readonly seed?: number;
};

/** What a kernel made of its neighbourhood, for people who look inside. Tensors live while the function is called, unless they are kept. */
export interface KernelView {
  /** [E, W], or [B, E, W] where one neighbourhood serves a batch: what the kernel gave each entry. */
  readonly entryWeights: tf.Tensor;
  /** [W, D], relative to the centre, in the points' unit; [·, M, W, D], rows as the neighbourhood counts them, where each place has moved its own. */
  readonly kernelPoints?: tf.Tensor;
  /** [E, 1], likewise: how densely points lie at each entry's neighbour, where the radius is 1; of convolutions that ask for it. */
  readonly density?: tf.Tensor;
}

/** What convolutions on points are called with beside their inputs. */
export interface KernelCallArgs {
  /** Who looks at whom: [*, M, N], or [M, N] for all. By default every pair within the radius, looked for on the processor. */
  readonly neighbors?: SparseNeighborhood;
  /** [*, N]: points per unit of volume at each point, as `geometry.neighborhood.kernelDensity` gives them, where the convolution asks for it; by default found there. */
  readonly density?: tf.Tensor;
  /** int32 [*]: how many points, and how many queries, count. For what is looked for here; a given neighbourhood has no entries of padding. */
  readonly sizes?: tf.Tensor | null;
  readonly querySizes?: tf.Tensor | null;
  /** For normalisation in the kernel's network, where there is any. */
  readonly training?: boolean;
  readonly inspect?: (view: KernelView) => void;
  /** Called by layers that ask for an addition to the loss, with that: a scalar, differentiable, to be kept where it is needed later. */
  readonly regularize?: (penalty: tf.Tensor) => void;
}

/** What a kernel sees, all of it with rows counted as the neighbourhood counts them; · is the batch, where one neighbourhood serves it all. */
export interface KernelSight {
  readonly neighbors: SparseNeighborhood;
  /** [·, N, C] */
  readonly features: tf.Tensor;
  /** [·, E, D]: from each centre to its neighbour, where the radius is 1. */
  readonly offsets: tf.Tensor;
  /** [*, N, D] */
  readonly points: tf.Tensor;
  readonly args: KernelCallArgs;
}

interface Inputs { readonly features: tf.Tensor; readonly points: tf.Tensor; readonly queries: tf.Tensor; readonly table?: tf.Tensor }

/** @throws Error that names the argument, axis and shape. */
function readInputs(inputs: tf.Tensor | tf.Tensor[]): Inputs {
  if (!Array.isArray(inputs) || inputs.length < 2 || inputs.length > 4) {
    throw new Error('inputs must be [features, points], with queries and a table of neighbours after them where there are any');
  }
  const [features, points, ...rest] = inputs;
  const table = rest.at(-1)?.dtype === 'int32' ? rest.at(-1) : undefined;
  const queries = rest.length > (table ? 1 : 0) ? rest[0] : points;
  checkMinimumRank('points', points, 2);
  checkShape('features', features, [...points.shape.slice(0, -1), null]);
  checkSameBatches(['points', points, 2], ['queries', queries, 2]);
  checkLastAxis('queries', queries, points.shape[points.rank - 1]);
  if (table) checkShape('the table of neighbours', table, [...queries.shape.slice(0, -1), null]);
  return { features, points, queries, table };
}

function checkNeighbors({ points, queries }: Inputs, { batch, rowCount, columnCount }: SparseNeighborhood): void {
  const [n, m] = [points.shape[points.rank - 2], queries.shape[queries.rank - 2]];
  if (columnCount !== n || rowCount !== m) {
    throw new Error(`neighbors must have a row for each of ${m} queries and a column for each of ${n} points, but it has ${rowCount} and ${columnCount}`);
  }
  if (batch.length > 0) checkSameBatches(['points', points, 2], ['neighbors', { shape: [...batch] }, 0]);
}

/**
 * A convolution on points: what its kernel gives each entry of the neighbourhood ({@link weigh}, W numbers), the sums of the neighbours' features
 * weighted by each of them, and one matrix product [W · C, channels], with a bias; where the kernel is of several networks, each has its share of the W and
 * of the channels, and a product of its own. No [E, C] or [E, C, channels] tensor is made: memory is
 * E · W for the weights and M · W · C for the sums, and in training as much again.
 * Called as `layer.apply(inputs, args)` (see KernelCallArgs), the inputs [features [*, N, C], points [*, N, D]], or with queries [*, M, D] as a third
 * where the outputs sit elsewhere than the points, or, as models of layers need it, with a table of neighbours int32 [*, M, K] as the last,
 * −1 for none. Output [*, M, channels]; rows without neighbours get the bias.
 */
export abstract class KernelConvolution extends CompositeLayer {
  protected readonly radius: number;
  protected readonly seed: number;
  private readonly channels: number;
  /** One for each network of the kernel, side by side. */
  private readonly mixes: readonly layers.Layer[];
  private readonly isInitializerGiven: boolean;

  /** @param nets how many networks the kernel is of, at most `channels`. */
  constructor(args: KernelConvolutionArgs, nets = 1) {
    super(args);
    const { channels, radius = 1, seed = 1, activation, useBias = true, biasInitializer = 'zeros', kernelRegularizer } = args;
    if (!(radius > 0)) throw new Error(`radius must be greater than 0, not ${radius}`);
    [this.channels, this.radius, this.seed] = [channels, radius, seed];
    this.isInitializerGiven = Boolean(args.kernelInitializer);
    this.mixes = Array.from({ length: nets }, (_, i) => this.adopt(layers.dense({
      // Of channels that are no multiple of the networks some of these have one more.
      name: nets > 1 ? `mix${i + 1}` : 'mix', units: Math.floor(((i + 1) * channels) / nets) - Math.floor((i * channels) / nets),
      activation, useBias, kernelInitializer: args.kernelInitializer ?? initializers.glorotUniform({ seed: 10 * seed + i }), biasInitializer, kernelRegularizer,
    })));
  }

  /** W, how many numbers the kernel gives each entry. */
  protected abstract readonly width: number;

  /** Makes the parts of the kernel, for points of that dimension and so many features. */
  protected abstract buildKernel(dimension: number, channels: number): void;

  /** @returns [·, E, W] */
  protected abstract weigh(sight: KernelSight): tf.Tensor;

  /** What is summed, [·, N, C]: the features, unless a convolution gives each point a weight of its own. */
  protected valuesOf({ features }: KernelSight): tf.Tensor {
    return features;
  }

  /** What {@link valuesOf} and {@link weigh} together give each entry, for people who look inside. @returns [·, E, W] */
  protected entryWeights(_sight: KernelSight, weights: tf.Tensor): tf.Tensor {
    return weights;
  }

  /** [·, E, 1] of convolutions that correct for it: how densely points lie at each entry's neighbour, for people who look inside. */
  protected entryDensity(_sight: KernelSight): tf.Tensor | undefined {
    return undefined;
  }

  /** [W, D], or [·, M, W, D], where the radius is 1, of kernels made of points. */
  protected kernelPoints(_sight: KernelSight): tf.Tensor | undefined {
    return undefined;
  }

  /** [W · C, channels], once built: a matrix for each of the W numbers, one after the other. Of several networks each gives channels of its own. */
  get kernel(): tf.Tensor {
    const kernels = this.mixes.map((mix) => mix.weights[0].read());
    if (kernels.length === 1) return kernels[0];
    let before = 0;
    return tf.tidy(() => tf.concat(kernels.map((kernel) => {
      const padded = tf.pad(kernel, [[0, 0], [before, this.channels - before - (kernel.shape[1] as number)]]);
      before += kernel.shape[1] as number;
      return padded;
    }), 0));
  }

  override build(inputShape: Shape | Shape[]): void {
    const [features, points] = inputShape as Shape[];
    const channels = features.at(-1) as number;
    this.buildKernel(points.at(-1) as number, channels);
    for (const mix of this.mixes) this.buildPart(mix, [1, (this.width / this.mixes.length) * channels]);
    this.built = true;
  }

  /** What the convolution makes of what it sees, with rows counted as the neighbourhood's. @returns [·, M, channels] */
  convolve(sight: KernelSight): tf.Tensor {
    const weights = this.weigh(sight);
    const { inspect } = sight.args;
    if (inspect) {
      const kernelPoints = this.kernelPoints(sight);
      inspect({
        entryWeights: this.entryWeights(sight, weights), kernelPoints: kernelPoints && tf.mul(kernelPoints, this.radius), density: this.entryDensity(sight),
      });
    }
    return this.mixSums(neighborSum(this.valuesOf(sight), weights, sight.neighbors));
  }

  /** The matrix products. @param sums [·, M, W · C] */
  private mixSums(sums: tf.Tensor): tf.Tensor {
    const rows = tf.reshape(sums, [tf.util.sizeFromShape(sums.shape.slice(0, -1)), sums.shape[sums.rank - 1]]);
    // A split into one has no gradient in TensorFlow.js.
    const products = this.mixes.length === 1 ? this.mixes[0].apply(rows) as tf.Tensor
      : tf.concat(tf.split(rows, this.mixes.length, 1).map((share, i) => this.mixes[i].apply(share) as tf.Tensor), 1);
    return tf.reshape(products, [...sums.shape.slice(0, -1), this.channels]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: KernelCallArgs): tf.Tensor {
    const read = readInputs(inputs);
    return tf.tidy(() => {
      const { neighbors } = kwargs;
      const own = neighbors ? undefined : this.findNeighbors(read, kwargs);
      try {
        return this.convolveInputs(read, withAnEntry(neighbors ?? own!), kwargs);
      } finally {
        if (own) disposeNeighborhood(own);
      }
    });
  }

  private findNeighbors({ points, queries, table }: Inputs, { sizes, querySizes }: KernelCallArgs): SparseNeighborhood {
    if (table) return neighborhoodOf(table, points.shape[points.rank - 2]);
    return queries === points ? radiusPairs(points, this.radius, { sizes }) : radiusPairs(points, this.radius, { sizes, queries, querySizes });
  }

  private convolveInputs(inputs: Inputs, neighbors: SparseNeighborhood, args: KernelCallArgs): tf.Tensor {
    checkNeighbors(inputs, neighbors);
    const { points, queries } = inputs;
    const features = flattenFor(neighbors, inputs.features);
    const seen = gatherRows(flattenFor(neighbors, points), neighbors.columns);
    const offsets = tf.mul(tf.sub(seen, gatherRows(flattenFor(neighbors, queries), neighbors.rows)), 1 / this.radius);
    return unflattenFrom(neighbors, this.convolve({ neighbors, features, offsets, points, args }));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    // The queries or the table, where there is one: both have a row for each output. Else the points.
    const last = (inputShape as Shape[]).at(-1)!;
    return [...last.slice(0, -1), this.channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    // The dense layer knows how to write down its initialisers and regularisers.
    const { activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer } = this.mixes[0].getConfig();
    return {
      ...super.getConfig(), channels: this.channels, radius: this.radius, seed: this.seed, activation, useBias, biasInitializer, kernelRegularizer,
      kernelInitializer: this.isInitializerGiven ? kernelInitializer : null,
    };
  }
}
