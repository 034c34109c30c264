import { createPointRows, disposePointRows } from '../../geometry/pointHierarchy';
import { noise } from '../../kernels';
import { initializers, layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import { CompositeLayer, oneTensor } from './compositeLayer';
import { normalizedDenseMax, normalizeRows, type NormalizationWeights } from './normalizedDense';

// PointNet without spatial transformers ("vanilla"): Qi, Su, Mo, Guibas, "PointNet: Deep Learning on Point Sets for 3D Classification and
// Segmentation", CVPR 2017, with the widths of TensorFlow Graphics. B clouds of N points of D coordinates. All are called as layer.apply(x, {training}).

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** What all of them are called with. */
export interface TrainingArgs { readonly training?: boolean }

export type PointNetLayerArgs = LayerArgs & {
  /** How many features come out. */
  readonly channels: number;
  /** Of the batch normalisation's moving averages. */
  readonly momentum: number;
  /** Of the initial weights, 1 by default. */
  readonly seed?: number;
};

/** Dense layer on the last axis, batch normalisation, ReLU. */
abstract class NormalizedLayer extends CompositeLayer {
  private readonly settings: { readonly channels: number; readonly momentum: number; readonly seed: number };
  private readonly dense: layers.Layer;
  private readonly normalization: layers.Layer;

  constructor(args: PointNetLayerArgs) {
    super(args);
    const { channels, momentum, seed = 1 } = args;
    this.settings = { channels, momentum, seed };
    this.dense = this.adopt(layers.dense({ name: 'dense', units: channels, kernelInitializer: initializers.glorotUniform({ seed }) }));
    this.normalization = this.adopt(layers.batchNormalization({ name: 'normalization', momentum }));
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildPart(this.normalization, this.buildPart(this.dense, inputShape as Shape));
    this.built = true;
  }

  private get weightsOfNormalization(): NormalizationWeights {
    const [gamma, beta, mean, variance] = this.normalization.weights;
    return { gamma, beta, mean, variance, bias: this.dense.weights[1] };
  }

  private get kernel(): tf.Tensor2D {
    return this.dense.weights[0].read() as tf.Tensor2D;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: TrainingArgs): tf.Tensor {
    const x = oneTensor(inputs);
    const { momentum, channels } = this.settings;
    return tf.tidy(() => {
      const products = tf.matMul(tf.reshape(x, [-1, this.kernel.shape[0]]) as tf.Tensor2D, this.kernel) as tf.Tensor2D;
      return tf.reshape(normalizeRows(products, this.weightsOfNormalization, { training, momentum, slope: 0 }), [...x.shape.slice(0, -1), channels]);
    });
  }

  /** The maximum over each cloud's points of what the layer gives: [B, N, 1, D] to [B, channels], many times faster than the one after the other. */
  applyMax(x: tf.Tensor, { training = false }: TrainingArgs): tf.Tensor2D {
    const rows = createPointRows(x.shape[0], x.shape[1] as number);
    try {
      return tf.tidy(() => normalizedDenseMax(
        tf.reshape(x, [-1, this.kernel.shape[0]]), this.kernel, this.weightsOfNormalization, { training, momentum: this.settings.momentum, slope: 0 }, rows,
      ));
    } finally {
      disposePointRows(rows);
    }
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.settings.channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/**
 * The encoder's shared layer: a 1 × 1 convolution, batch normalisation, ReLU. [B, N, 1, D] to [B, N, 1, channels].
 * The convolution is a matrix product, with a kernel [D, channels]: TensorFlow.js's own is many times slower to differentiate.
 * @example
 * ```ts
 * const layer = new nn.layer.pointnet.PointNetConv2Layer({ channels: 4, momentum: 0.5 });
 * (layer.apply(tf.ones([2, 5, 1, 3])) as tf.Tensor).shape; // → [2, 5, 1, 4]
 * ```
 */
export class PointNetConv2Layer extends NormalizedLayer {
  static readonly className: string = 'PointNetConv2Layer';
}
tf.serialization.registerClass(PointNetConv2Layer);

/**
 * The head's layer: dense, batch normalisation, ReLU. [B, D] to [B, channels].
 * @example
 * ```ts
 * const layer = new nn.layer.pointnet.PointNetDenseLayer({ channels: 4, momentum: 0.5 });
 * (layer.apply(tf.ones([2, 3])) as tf.Tensor).shape; // → [2, 4]
 * ```
 */
export class PointNetDenseLayer extends NormalizedLayer {
  static readonly className: string = 'PointNetDenseLayer';
}
tf.serialization.registerClass(PointNetDenseLayer);

const ENCODER_CHANNELS = [64, 64, 64, 128, 1024] as const;
const HEAD_CHANNELS = [512, 256] as const;

/**
 * Shared layers of 64, 64, 64, 128, 1024 channels, then the maximum over the points. [B, N, D] to [B, 1024].
 * @example
 * ```ts
 * const encoder = new nn.layer.pointnet.VanillaEncoder();
 * const cloud = tf.tensor3d([[[0, 0, 0], [1, 0, 0], [0, 1, 0]]]);
 * const features = encoder.apply(cloud) as tf.Tensor;
 * features.shape; // → [1, 1024]
 * // The order of the points does not matter.
 * tf.max(tf.abs(tf.sub(features, encoder.apply(tf.reverse(cloud, 1)) as tf.Tensor))); // → 0
 * ```
 */
export class VanillaEncoder extends CompositeLayer {
  static readonly className: string = 'VanillaEncoder';
  private readonly settings: { readonly momentum: number; readonly seed: number };
  private readonly shared: readonly PointNetConv2Layer[];

  constructor(args: LayerArgs & { readonly momentum?: number; readonly seed?: number } = {}) {
    super(args);
    const { momentum = 0.5, seed = 1 } = args;
    this.settings = { momentum, seed };
    this.shared = ENCODER_CHANNELS.map((channels, i) => this.adopt(new PointNetConv2Layer({ name: `conv${i + 1}`, channels, momentum, seed: 10 * seed + i })));
  }

  override build(inputShape: Shape | Shape[]): void {
    const [batch, points, dimension] = inputShape as Shape;
    this.shared.reduce<(number | null)[]>((shape, layer) => this.buildPart(layer, shape), [batch, points, 1, dimension]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: TrainingArgs): tf.Tensor {
    return tf.tidy(() => {
      const [narrow, widest] = [this.shared.slice(0, -1), this.shared[this.shared.length - 1]];
      return widest.applyMax(narrow.reduce((x, layer) => layer.apply(x, { ...kwargs }) as tf.Tensor, tf.expandDims(oneTensor(inputs), 2)), kwargs);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], ENCODER_CHANNELS[ENCODER_CHANNELS.length - 1]];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(VanillaEncoder);

export type ClassifierArgs = LayerArgs & {
  /** 40 by default. */
  readonly numClasses?: number;
  /** Of the batch normalisations' moving averages, 0.5 by default. */
  readonly momentum?: number;
  /** Share of the features that training leaves out at random, 0.3 by default. */
  readonly dropoutRate?: number;
  /** Of the initial weights and of what is left out, 1 by default. */
  readonly seed?: number;
};

const classifierSettings = ({ numClasses = 40, momentum = 0.5, dropoutRate = 0.3, seed = 1 }: ClassifierArgs) => ({ numClasses, momentum, dropoutRate, seed });

/**
 * Dense layers of 512 and 256 channels, dropout, then the classes' logits. [B, D] to [B, numClasses].
 * @example
 * ```ts
 * const head = new nn.layer.pointnet.ClassificationHead({ numClasses: 6 });
 * (head.apply(tf.ones([2, 1024])) as tf.Tensor).shape; // → [2, 6]
 * ```
 */
export class ClassificationHead extends CompositeLayer {
  static readonly className: string = 'ClassificationHead';
  private readonly settings: ReturnType<typeof classifierSettings>;
  private readonly hidden: readonly PointNetDenseLayer[];
  private readonly logits: layers.Layer;
  /** Every training step drops others. */
  private dropSeed: number;

  constructor(args: ClassifierArgs = {}) {
    super(args);
    this.settings = classifierSettings(args);
    const { numClasses, momentum, seed } = this.settings;
    this.dropSeed = seed;
    this.hidden = HEAD_CHANNELS.map((channels, i) => this.adopt(new PointNetDenseLayer({ name: `dense${i + 1}`, channels, momentum, seed: 10 * seed + 5 + i })));
    this.logits = this.adopt(layers.dense({ name: 'dense3', units: numClasses, kernelInitializer: initializers.glorotUniform({ seed: 10 * seed + 7 }) }));
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildPart(this.logits, this.hidden.reduce<(number | null)[]>((shape, layer) => this.buildPart(layer, shape), inputShape as Shape));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: TrainingArgs): tf.Tensor {
    return tf.tidy(() => {
      const features = this.hidden.reduce((x, layer) => layer.apply(x, { ...kwargs }) as tf.Tensor, oneTensor(inputs));
      return this.logits.apply(kwargs.training ? this.drop(features) : features) as tf.Tensor;
    });
  }

  /** What is kept is scaled up, so that sums stay what they are on average. */
  private drop(features: tf.Tensor): tf.Tensor {
    const { dropoutRate } = this.settings;
    const kept = tf.cast(tf.greaterEqual(noise(features.shape, this.dropSeed++, 'uniform'), dropoutRate), 'float32');
    return tf.mul(features, tf.div(kept, 1 - dropoutRate));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.settings.numClasses];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(ClassificationHead);

/**
 * {@link VanillaEncoder}, then {@link ClassificationHead}. [B, N, D] to [B, numClasses]; the order of the points does not matter.
 * @example
 * ```ts
 * const { PointNetVanillaClassifier } = nn.layer.pointnet;
 * const classifier = new PointNetVanillaClassifier({ numClasses: 3 });
 * (classifier.apply(tf.ones([2, 5, 3])) as tf.Tensor).shape; // → [2, 3]
 * ```
 */
export class PointNetVanillaClassifier extends CompositeLayer {
  static readonly className: string = 'PointNetVanillaClassifier';
  private readonly settings: ReturnType<typeof classifierSettings>;
  private readonly encoder: VanillaEncoder;
  private readonly classifier: ClassificationHead;

  constructor(args: ClassifierArgs = {}) {
    super(args);
    this.settings = classifierSettings(args);
    const { momentum, seed } = this.settings;
    this.encoder = this.adopt(new VanillaEncoder({ name: 'encoder', momentum, seed }));
    this.classifier = this.adopt(new ClassificationHead({ ...this.settings, name: 'classifier' }));
  }

  /**
   * Mean softmax cross-entropy.
   * @param labels int32 [B]
   * @param logits [B, numClasses]
   * @returns scalar
   * @example
   * ```ts
   * // Undecided between two classes: log 2.
   * nn.layer.pointnet.PointNetVanillaClassifier.loss(tf.tensor1d([1], 'int32'), tf.zeros([1, 2])); // → 0.6931
   * ```
   */
  static readonly loss = (labels: tf.Tensor, logits: tf.Tensor): tf.Scalar =>
    tf.tidy(() => tf.losses.softmaxCrossEntropy(tf.oneHot(tf.cast(labels, 'int32'), logits.shape[logits.rank - 1]), logits) as tf.Scalar);

  override build(inputShape: Shape | Shape[]): void {
    this.buildPart(this.classifier, this.buildPart(this.encoder, inputShape as Shape));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: TrainingArgs): tf.Tensor {
    return tf.tidy(() => this.classifier.apply(this.encoder.apply(oneTensor(inputs), { ...kwargs }), { ...kwargs }) as tf.Tensor);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.settings.numClasses];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(PointNetVanillaClassifier);
