import type { layers } from '../../layers';
import * as tf from '../../tf';
import { KernelConvolution, type KernelConvolutionArgs, type KernelSight } from './kernelConvolution';
import { kernelNet, runThrough, type KernelActivation } from './kernelNet';
import { densityOfColumns, densityOfEntries, shareOfEntries } from './entryDensity';

// Monte-Carlo convolution: Hermosilla, Ritschel, Vázquez, Vinacua, Ropinski, "Monte Carlo Convolution for Learning on Non-Uniformly Sampled Point
// Clouds", ACM TOG (SIGGRAPH Asia) 2018.

export type MonteCarloArgs = KernelConvolutionArgs & {
  /** Hidden units of the kernel's network, [8, 8] by default. */
  readonly kernelNet?: readonly number[];
  /** After each hidden layer; 'leakyRelu' by default. */
  readonly kernelActivation?: KernelActivation;
  /** Whether contributions are divided by the density; true by default. Without, the result is their mean, and moves with the sampling. */
  readonly densityCorrection?: boolean;
  /** Of the density estimate, as a share of the radius; 0.25 by default. */
  readonly bandwidth?: number;
};

/**
 * The convolution (f ∗ g)(x) = ∫ f(y) g((y − x) / r) dy as a Monte-Carlo integral over the points y of N(x), those within the radius r of x:
 * (f ∗ g)(x) ≈ 1/|N(x)| Σ f(y) / p(y|x) · g((y − x) / r), where p(y|x) is how densely the samples lie at y. Hermosilla et al., "Monte Carlo
 * Convolution for Learning on Non-Uniformly Sampled Point Clouds", ACM TOG 2018, section 4. Outputs sit at any other sample as well: one step of
 * pooling, or back.
 *
 * The density |N(x)| · p(y|x) is estimated by Gaussians of bandwidth 0.25 r as there, but over all points and not only those in N(x): it is then a number of
 * the point alone, E terms and not E · |N|, and not too low at the rim of the ball. The kernel g is a network with a linear last layer for every
 * pair of channels, all of them on the same hidden units (the paper has hidden units of their own for every eight), so that the last layer comes after the sum: `mix`
 * [(W + 1) · C, channels], the last of the W + 1 being the constant 1, the last layer's bias. Memory: E · (W + 1) + M · (W + 1) · C, in training as much again.
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
  private readonly settings: { readonly kernelNet: readonly number[]; readonly kernelActivation: KernelActivation; readonly densityCorrection: boolean; readonly bandwidth: number };
  private readonly kernelNet: readonly layers.Layer[];

  constructor(args: MonteCarloArgs) {
    super(args);
    const { kernelNet: widths = [8, 8], kernelActivation = 'leakyRelu', densityCorrection = true, bandwidth = 0.25 } = args;
    if (widths.length === 0) throw new Error('kernelNet must have at least one layer');
    this.settings = { kernelNet: widths, kernelActivation, densityCorrection, bandwidth };
    this.width = widths[widths.length - 1] + 1;
    this.kernelNet = kernelNet({ name: 'kernel', widths, activation: kernelActivation, seed: this.seed, constant: true }).map((part) => this.adopt(part));
  }

  protected override buildKernel(dimension: number): void {
    this.kernelNet.reduce<(number | null)[]>((shape, part) => this.buildPart(part, shape), [1, dimension]);
  }

  protected override weigh(sight: KernelSight): tf.Tensor {
    const kernel = runThrough(this.kernelNet, sight.offsets);
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
