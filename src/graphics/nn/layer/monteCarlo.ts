import type { layers } from '../../layers';
import * as tf from '../../tf';
import { KernelConvolution, type KernelConvolutionArgs, type KernelSight } from './kernelConvolution';
import { kernelNet, runThrough, type KernelActivation } from './kernelNet';
import { densityOfColumns, densityOfEntries, shareOfEntries } from './entryDensity';

// Monte-Carlo convolution: Hermosilla, Ritschel, Vázquez, Vinacua, Ropinski, "Monte Carlo Convolution for Learning on Non-Uniformly Sampled Point
// Clouds", ACM TOG (SIGGRAPH Asia) 2018.

export type MonteCarloArgs = KernelConvolutionArgs & {
  /** Hidden units of each of the kernel's networks, [8] by default. */
  readonly kernelNet?: readonly number[];
  /** How many networks the kernel is of, each for its share of the outputs; 4 by default, at most `channels`. */
  readonly kernelNets?: number;
  /** After each hidden layer; 'leakyRelu' by default. */
  readonly kernelActivation?: KernelActivation;
  /** Whether contributions are divided by the density; true by default. Without, the result is their mean, and moves with the sampling. */
  readonly densityCorrection?: boolean;
  /** Of the density estimate, as a share of the radius; 0.2 by default. */
  readonly bandwidth?: number;
};

/**
 * The convolution (f ∗ g)(x) = ∫ f(y) g((y − x) / r) dy as a Monte-Carlo integral over the points y of N(x), those within the radius r of x:
 * (f ∗ g)(x) ≈ 1/|N(x)| Σ f(y) / p(y|x) · g((y − x) / r), where p(y|x) is how densely the samples lie at y. Hermosilla et al., "Monte Carlo
 * Convolution for Learning on Non-Uniformly Sampled Point Clouds", ACM TOG 2018, section 4. Outputs sit at any other sample as well: one step of
 * pooling, or back.
 *
 * The density |N(x)| · p(y|x) is estimated by Gaussians of bandwidth 0.2 r, but over all points and not only those in N(x): it is then a number of
 * the point alone, E terms and not E · |N|, and not too low at the rim of the ball. The kernel g is a network with a linear last layer for every
 * pair of channels. As the layer that TensorFlow Graphics was to have: four networks of eight hidden units with a leaky ReLU, each for a quarter of the output channels
 * (the paper: two layers of eight units for every eight outputs), whose last layers come after the sum: `mix1` … `mix4` [(W + 1) · C, channels / 4], the last of the W + 1 being the
 * constant 1, the last layer's bias; `mix` where there is one network. Memory, W being all networks' units: E · W + M · W · C, in training as much again.
 *
 * Called as `layer.apply([features, points], {neighbors, density})`; see KernelConvolution for queries, tables and what is looked for where nothing is given.
 * The neighbourhood should hold all points within the radius: one cut off at so many neighbours is a smaller ball where points are dense.
 * @example
 * ```ts
 * const layer = new nn.layer.monteCarlo.MonteCarloConvolution({ channels: 2 });
 * const points = tf.tensor2d([[0, 0, 0], [0.3, 0, 0], [5, 0, 0]]);
 * const features = tf.tensor2d([[1], [2], [3]]);
 * const once = layer.apply([features, points]) as tf.Tensor;
 * // Every point taken twice: the same integral.
 * const [both, doubled] = [tf.concat([features, features]), tf.concat([points, points])];
 * tf.max(tf.abs(tf.sub(once, layer.apply([both, doubled, points]) as tf.Tensor))); // → 0
 * ```
 */
export class MonteCarloConvolution extends KernelConvolution {
  static readonly className: string = 'MonteCarloConvolution';
  protected readonly width: number;
  private readonly settings: { readonly kernelNet: readonly number[]; readonly kernelNets: number; readonly kernelActivation: KernelActivation; readonly densityCorrection: boolean; readonly bandwidth: number };
  private readonly net: readonly layers.Layer[];

  constructor(args: MonteCarloArgs) {
    const { kernelNet: widths = [8], kernelNets = 4, kernelActivation = 'leakyRelu', densityCorrection = true, bandwidth = 0.2 } = args;
    if (!(Number.isInteger(kernelNets) && kernelNets > 0)) throw new Error(`kernelNets must be a whole number of at least 1, not ${kernelNets}`);
    const nets = Math.min(kernelNets, args.channels);
    super(args, nets);
    if (widths.length === 0) throw new Error('kernelNet must have at least one layer');
    this.settings = { kernelNet: widths, kernelNets, kernelActivation, densityCorrection, bandwidth };
    this.width = nets * (widths[widths.length - 1] + 1);
    this.net = kernelNet({ name: 'kernel', widths, activation: kernelActivation, seed: this.seed, constant: true, nets }).map((part) => this.adopt(part));
  }

  protected override buildKernel(dimension: number): void {
    this.net.reduce<(number | null)[]>((shape, part) => this.buildPart(part, shape), [1, dimension]);
  }

  protected override weigh(sight: KernelSight): tf.Tensor {
    const kernel = runThrough(this.net, sight.offsets);
    return this.settings.densityCorrection ? kernel : tf.mul(kernel, shareOfEntries(sight));
  }

  /** f / (|N| p): the density belongs to the point, and there are fewer points than entries. */
  protected override valuesOf(sight: KernelSight): tf.Tensor {
    const { densityCorrection, bandwidth } = this.settings;
    return densityCorrection ? tf.div(sight.features, densityOfColumns(sight, this.radius, bandwidth)) : sight.features;
  }

  protected override entryWeights(sight: KernelSight, weights: tf.Tensor): tf.Tensor {
    const { densityCorrection, bandwidth } = this.settings;
    return densityCorrection ? tf.div(weights, densityOfEntries(sight, this.radius, bandwidth)) : weights;
  }

  protected override entryDensity(sight: KernelSight): tf.Tensor | undefined {
    const { densityCorrection, bandwidth } = this.settings;
    return densityCorrection ? densityOfEntries(sight, this.radius, bandwidth) : undefined;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings, kernelNet: [...this.settings.kernelNet] };
  }
}
tf.serialization.registerClass(MonteCarloConvolution);
