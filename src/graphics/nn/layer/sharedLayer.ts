import { initializers, layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import type { DenseStage } from '../model/layerArithmetic';
import { CompositeLayer, oneTensor } from './compositeLayer';
import type { RowGroups } from '../../geometry/pointHierarchy';
import { PointNormalization, type NormalizationCallArgs } from './pointNormalization';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** What follows the normalisation. */
export type SharedActivation = 'relu' | 'leakyRelu' | 'linear';

/** Of the negative part, as in DGCNN. */
const LEAK = 0.2;

/** What each makes of negative numbers. */
const SLOPES: Readonly<Record<SharedActivation, number>> = { relu: 0, leakyRelu: LEAK, linear: 1 };

/** A width of the paper, scaled; at least 1. */
export const scaled = (channels: number, width: number): number => Math.max(1, Math.round(channels * width));

export type SharedLayerArgs = LayerArgs & {
  readonly channels: number;
  /** 'relu' by default. */
  readonly activation?: SharedActivation;
  /** Of the moving averages, 0.9 by default. */
  readonly momentum?: number;
  /** Of the initial weights (Glorot uniform), 1 by default. */
  readonly seed?: number;
};

/**
 * The shared multi-layer perceptron's layer: the same matrix for every point, batch normalisation, activation. Qi et al., "PointNet", CVPR 2017,
 * section 4.2. Without a bias of its own: the normalisation has one. Called as `layer.apply(x, {training, rows})`; [*, C] to [*, channels].
 * @example
 * ```ts
 * const layer = new nn.layer.points.SharedLayer({ channels: 4 });
 * (layer.apply(tf.ones([2, 5, 3])) as tf.Tensor).shape; // → [2, 5, 4]
 * ```
 */
export class SharedLayer extends CompositeLayer {
  static readonly className: string = 'SharedLayer';
  private readonly settings: { readonly channels: number; readonly activation: SharedActivation; readonly momentum: number; readonly seed: number };
  private readonly dense: layers.Layer;
  private readonly normalization: PointNormalization;

  constructor(args: SharedLayerArgs) {
    super(args);
    const { channels, activation = 'relu', momentum = 0.9, seed = 1 } = args;
    this.settings = { channels, activation, momentum, seed };
    this.dense = this.adopt(layers.dense({ name: 'dense', units: channels, useBias: false, kernelInitializer: initializers.glorotUniform({ seed }) }));
    this.normalization = this.adopt(new PointNormalization({ name: 'normalization', momentum }));
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildPart(this.normalization, this.buildPart(this.dense, [1, (inputShape as Shape).at(-1) as number]));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: NormalizationCallArgs): tf.Tensor {
    return tf.tidy(() => this.finish(this.dense.apply(oneTensor(inputs)) as tf.Tensor, kwargs));
  }

  /** Normalisation and activation of products [*, channels] with {@link kernel} that were made elsewhere, as where a sum of products is cheaper than the product of a sum. */
  finish(products: tf.Tensor, { training, rows }: NormalizationCallArgs): tf.Tensor {
    return this.normalization.apply(products, { training, rows, slope: SLOPES[this.settings.activation] }) as tf.Tensor;
  }

  /** The maximum over each cloud's points of what the layer gives for x, [B, channels]: many times faster than the one after the other. */
  applyMax(x: tf.Tensor, rows: RowGroups, training?: boolean): tf.Tensor2D {
    return this.normalization.maxOfProduct(x, this.kernel, rows, { training, slope: SLOPES[this.settings.activation] });
  }

  /** [C, channels], once built. */
  get kernel(): tf.Tensor2D {
    return this.dense.weights[0].read() as tf.Tensor2D;
  }

  /** What the layer does outside training, for records. */
  stage(): DenseStage {
    return { kernel: this.kernel, ...this.normalization.line(), slope: SLOPES[this.settings.activation] };
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.settings.channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(SharedLayer);
