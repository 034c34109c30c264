import { kernelInfluence } from '../../kernels';
import { initializers, type LayerVariable } from '../../layers';
import { checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { KernelConvolution, type KernelConvolutionArgs, type KernelSight } from './kernelConvolution';
import { CORRELATIONS, gaussianInfluence, linearInfluence, squaredDistances, type KernelCorrelation } from './kpConvInfluence';
import { kernelPointPositions } from './kpConvPoints';

/** Kernel points lie in space. */
export const DIMENSION = 3;
/** The paper's ball is 2.5 σ in radius, and its kernel points lie 1.5 σ from the centre. */
const [RADIUS_IN_SIGMAS, KERNEL_RADIUS_IN_SIGMAS] = [2.5, 1.5];

export type KPConvArgs = KernelConvolutionArgs & {
  /** K, with the one at the centre; 15 by default. */
  readonly kernelSize?: number;
  /** σ, how far a kernel point is felt, in the points' unit; radius / 2.5 by default. */
  readonly influence?: number;
  /** Whether a kernel point's weight falls linearly, the default, or as a Gaussian of deviation 0.3 σ. */
  readonly correlation?: KernelCorrelation;
  /** Mean distance of the kernel points from the centre, in the points' unit; 1.5 σ by default. */
  readonly kernelRadius?: number;
};

/**
 * Kernel point convolution, rigid: y(x) = Σᵢ Σₖ h(xᵢ − x, x̃ₖ) Wₖ f(xᵢ) over the neighbours i and the kernel points x̃ₖ, with the linear correlation
 * h(y, x̃) = max(0, 1 − |y − x̃| / σ), or, as its program has it too, with h(y, x̃) = exp(−|y − x̃|² / 2 (0.3 σ)²). Thomas, Qi, Deschaud, Marcotegui, Goulette, Guibas, "KPConv: Flexible and Deformable Convolution for Point
 * Clouds", ICCV 2019, equations 1 to 3. A sum over neighbours and no mean, as there. Kernel points sit where `kernelPointPositions` puts them, by
 * the layer's seed; they are saved with the weights. All Wₖ act in one product, after the sum: `mix` [K · C, channels], row k · C + c; the paper's has no bias (`useBias: false`).
 * Memory: E · K for the correlations and M · K · C for the sums, instead of E · C · channels.
 *
 * Called as `layer.apply([features, points], {neighbors})`; see KernelConvolution for queries, tables and what is looked for where nothing is given.
 * @example
 * ```ts
 * // One kernel point, felt from afar: a dense layer on the sum of what is in reach.
 * const layer = new nn.layer.kpConv.KPConv({ channels: 1, kernelSize: 1, influence: 1e6, kernelInitializer: 'ones' });
 * const points = tf.tensor2d([[0, 0, 0], [0.3, 0, 0], [5, 0, 0]]);
 * layer.apply([tf.tensor2d([[1], [2], [4]]), points]); // → [[3], [3], [4]]
 * // Felt up to 0.6: half as much at 0.3.
 * const near = new nn.layer.kpConv.KPConv({ channels: 1, kernelSize: 1, influence: 0.6, kernelInitializer: 'ones' });
 * near.apply([tf.tensor2d([[1], [2], [4]]), points]); // → [[2], [2.5], [4]]
 * ```
 */
export class KPConv extends KernelConvolution {
  static readonly className: string = 'KPConv';
  protected readonly width: number;
  /** σ, where the radius is 1. */
  protected readonly sigma: number;
  private readonly positions: Float32Array;
  private points?: LayerVariable;
  private readonly settings: { readonly kernelSize: number; readonly influence: number; readonly correlation: KernelCorrelation; readonly kernelRadius: number };

  constructor(args: KPConvArgs) {
    super(args);
    const { kernelSize = 15, influence = this.radius / RADIUS_IN_SIGMAS, correlation = 'linear' } = args;
    if (!CORRELATIONS.includes(correlation)) throw new Error(`correlation must be one of ${CORRELATIONS.join(', ')}, not '${String(correlation)}'`);
    if (!(influence > 0)) throw new Error(`influence must be greater than 0, not ${influence}`);
    const { kernelRadius = KERNEL_RADIUS_IN_SIGMAS * influence } = args;
    this.settings = { kernelSize, influence, correlation, kernelRadius };
    [this.width, this.sigma] = [kernelSize, influence / this.radius];
    this.positions = kernelPointPositions(kernelSize, kernelRadius / this.radius, { dimension: DIMENSION, seed: this.seed });
  }

  /** Nothing but the matrix learns; kernels of other dimensions are refused. */
  protected override buildKernel(dimension: number, _channels: number): void {
    checkLastAxis('points', { shape: [dimension] }, DIMENSION);
    // A weight that does not learn: what was trained with these points is nothing without them, and another seed has others.
    this.points = this.addWeight('kernelPoints', [this.width, DIMENSION], 'float32', initializers.zeros(), undefined, false);
    tf.tidy(() => void this.points!.write(tf.tensor2d(this.positions, [this.width, DIMENSION])));
  }

  protected override weigh({ offsets }: KernelSight): tf.Tensor {
    const points = this.pointsAtRest();
    if (this.settings.correlation === 'gaussian') return this.correlate(squaredDistances(tf.split(offsets, DIMENSION, -1), tf.unstack(points, 1)));
    return tf.reshape(kernelInfluence(tf.reshape(offsets, [-1, DIMENSION]), points, this.sigma), [...offsets.shape.slice(0, -1), this.width]);
  }

  /** h, from squared distances where the radius is 1. */
  protected correlate(squared: tf.Tensor): tf.Tensor {
    return (this.settings.correlation === 'gaussian' ? gaussianInfluence : linearInfluence)(squared, this.sigma);
  }

  /** x̃, [K, 3], where the radius is 1. */
  protected pointsAtRest(): tf.Tensor2D {
    return this.points!.read() as tf.Tensor2D;
  }

  override get nonTrainableWeights(): LayerVariable[] {
    return [...super.nonTrainableWeights, ...(this.points ? [this.points] : [])];
  }

  protected override kernelPoints(_sight: KernelSight): tf.Tensor {
    return this.pointsAtRest();
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(KPConv);
