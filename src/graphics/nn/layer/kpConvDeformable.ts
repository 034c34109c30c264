import { gatherRows, segmentMax, segmentSum } from '../../kernels';
import type { LayerVariable } from '../../layers';
import * as tf from '../../tf';
import type { KernelSight } from './kernelConvolution';
import { linearInfluence, squaredDistances } from './kpConvInfluence';
import { DIMENSION, KPConv, type KPConvArgs } from './kpConvRigid';

/** Of the learning rate: the paper's. */
const SHIFT_RATE = 0.1;

/**
 * Kernel point convolution, deformable: as {@link KPConv}, with kernel points x̃ₖ + Δₖ(x) that each place x moves by itself. The shifts Δ(x), in units of σ, are
 * the 3 K outputs of a rigid KPConv on the same neighbourhood, whose weights are 0 at first. Thomas et al., "KPConv: Flexible and Deformable
 * Convolution for Point Clouds", ICCV 2019, equations 4 and 5.
 *
 * Whoever calls with `regularize` is given what is to be added to the loss (equations 6 to 8): L_fit = Σₖ minᵢ (|yᵢ − (x̃ₖ + Δₖ)| / σ)² pulls each kernel
 * point to its nearest neighbour, and L_rep = Σₖ Σ_{l ≠ k} h(x̃ₖ + Δₖ, x̃ₗ + Δₗ)² keeps them apart. Here it is the mean over places and kernel points where
 * the paper has sums, so that its weight does not depend on the batch. The paper learns the shifts at a tenth of the rate (section 3.3): `rateFactors` says so of their weights.
 *
 * Memory: beside the rigid one's E · K for each of the three axes, several times that in training, and M · K² for L_rep. Weights: `deformation`, the rigid one's, and `mix`.
 * @example
 * ```ts
 * // As made, before it learns: the rigid one.
 * const args = { channels: 3, radius: 2, seed: 4 };
 * const [rigid, deformable] = [new nn.layer.kpConv.KPConv(args), new nn.layer.kpConv.DeformableKPConv(args)];
 * const inputs = [tf.tensor2d([[1], [2], [4]]), tf.tensor2d([[0, 0, 0], [1, 0, 0], [0, 1, 1]])];
 * tf.max(tf.abs(tf.sub(rigid.apply(inputs) as tf.Tensor, deformable.apply(inputs) as tf.Tensor))); // → 0
 * ```
 */
export class DeformableKPConv extends KPConv {
  static override readonly className: string = 'DeformableKPConv';
  private readonly deformation: KPConv;

  constructor(args: KPConvArgs) {
    super(args);
    const { radius, kernelSize = 15, influence, correlation, kernelRadius, seed } = args;
    this.deformation = this.adopt(new KPConv({
      name: 'deformation', channels: DIMENSION * kernelSize, radius, kernelSize, influence, correlation, kernelRadius, seed, kernelInitializer: 'zeros',
    }));
  }

  protected override buildKernel(dimension: number, channels: number): void {
    super.buildKernel(dimension, channels);
    // Applied and not built: only so do the weights bear the part's name within this layer's.
    tf.tidy(() => void this.deformation.apply([tf.zeros([1, channels]), tf.zeros([1, dimension]), tf.zeros([1, 1], 'int32')]));
  }

  protected override weigh(sight: KernelSight): tf.Tensor {
    const moved = this.movedPoints(sight);
    const { rows } = sight.neighbors;
    const squared = squaredDistances(tf.split(sight.offsets, DIMENSION, -1), moved.map((axis) => gatherRows(axis, rows)));
    sight.args.regularize?.(this.penalty(sight, moved, squared));
    return this.correlate(squared);
  }

  /** x̃ + Δ(x), [·, M, K], axis by axis. */
  private movedPoints(sight: KernelSight): tf.Tensor[] {
    const shifts = tf.split(this.deformation.convolve({ ...sight, args: {} }), DIMENSION, -1);
    return tf.unstack(this.pointsAtRest(), 1).map((axis, d) => tf.add(axis, tf.mul(shifts[d], this.sigma)));
  }

  /** Where each place has moved them, [·, M, K, 3]. */
  protected override kernelPoints(sight: KernelSight): tf.Tensor {
    return tf.stack(this.movedPoints(sight), -1);
  }

  override get rateFactors(): ReadonlyMap<LayerVariable, number> {
    return new Map(this.deformation.trainableWeights.map((weight) => [weight, SHIFT_RATE]));
  }

  /** (L_fit + L_rep) / K, the mean over the rows that have neighbours. @param moved [·, M, K] axis by axis @param squared [·, E, K] */
  private penalty({ neighbors: { rows } }: KernelSight, moved: readonly tf.Tensor[], squared: tf.Tensor): tf.Tensor {
    const kernelSize = this.width;
    const occupied = tf.minimum(segmentSum(tf.ones([rows.entryCount, 1]), rows), 1);
    const fit = tf.div(tf.neg(segmentMax(tf.neg(squared), rows)), this.sigma ** 2);
    const apart = squaredDistances(moved.map((axis) => tf.expandDims(axis, -1)), moved.map((axis) => tf.expandDims(axis, -2)));
    const others = tf.sub(1, tf.eye(kernelSize));
    const repulsion = tf.sum(tf.mul(tf.square(linearInfluence(apart, this.sigma)), others), -1);
    const clouds = moved[0].size / (rows.segmentCount * kernelSize);
    return tf.div(tf.sum(tf.mul(tf.add(fit, repulsion), occupied)), tf.maximum(tf.mul(tf.sum(occupied), clouds * kernelSize), 1));
  }
}
tf.serialization.registerClass(DeformableKPConv);
