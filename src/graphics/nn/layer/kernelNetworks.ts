import { graphPooling } from '../../geometry/convolution';
import { layers, type Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { CompositeLayer, oneTensor } from './compositeLayer';
import { globalAverage } from './globalPointPooling';
import { KernelBlock, type KernelFamily } from './kernelBlock';
import type { KernelConvolution } from './kernelConvolution';
import { FIRST_SEARCH, GLOBAL_RADIUS, KERNEL_LEVELS, withOnePoint, type KernelLevel } from './kernelLevels';
import { DeformableKPConv, KPConv } from './kpConv';
import { MonteCarloConvolution } from './monteCarlo';
import { PointConv } from './pointConv';
import { PointHead, type NetworkCallArgs } from './pointNetwork';
import { scaled, SharedLayer } from './sharedLayer';

export type KernelNetworkArgs = ConstructorParameters<typeof layers.Layer>[0] & {
  readonly family: KernelFamily;
  /** Classes, or parts. */
  readonly classCount: number;
  /** Scales the widths of all layers, 1 by default. */
  readonly width?: number;
  /** Of the first search for neighbours, in the points' unit; 0.2, for clouds within the unit sphere, by default. */
  readonly radius?: number;
  /** Whether KPConv's kernels on the coarsest level deform; false by default. */
  readonly deformable?: boolean;
  /** Share of the last features that training leaves out, 0.3 by default. */
  readonly dropoutRate?: number;
  /** Of the initial weights and of what is left out, 1 by default. */
  readonly seed?: number;
};

export interface KernelNetworkCallArgs extends NetworkCallArgs {
  /** Of `createKernelLevels`, with the network's radius. */
  readonly levels: readonly KernelLevel[];
}

const settingsOf = ({ family, classCount, width = 1, radius = 0.2, deformable = false, dropoutRate = 0.3, seed = 1 }: KernelNetworkArgs) =>
  ({ family, classCount, width, radius, deformable, dropoutRate, seed });

/** Of the clouds, of 256 points, of 64, and of whole clouds. */
const [STEM_CHANNELS, FINE_CHANNELS, COARSE_CHANNELS, GLOBAL_CHANNELS] = [32, 64, 128, 512];
/** Units of the kernels' networks: fewer than the papers', for the levels are small. */
const [WEIGHT_NET, KERNEL_NET] = [[8, 16], [8, 8]];

/**
 * What the networks of kernel convolutions share: features of clouds go to 256 points, stay there, go to 64 points, stay there. Each step is a
 * {@link KernelBlock}; `dense` layers and heads differ by task.
 */
abstract class KernelNetwork extends CompositeLayer {
  protected readonly settings: ReturnType<typeof settingsOf>;
  protected readonly down: readonly KernelBlock[];
  protected readonly own: readonly KernelBlock[];

  constructor(args: KernelNetworkArgs) {
    super(args);
    this.settings = settingsOf(args);
    const channels = [FINE_CHANNELS, COARSE_CHANNELS];
    this.down = KERNEL_LEVELS.map(({ group }, i) => this.block(`conv${2 * i + 1}`, channels[i], group.radius, 2 * i));
    this.own = KERNEL_LEVELS.map(({ within }, i) => this.block(`conv${2 * i + 2}`, channels[i], within.radius, 2 * i + 1, i === 1 && this.settings.deformable));
  }

  /** @param units radius, in units of the first. */
  protected block(name: string, channels: number, units: number, offset: number, deforms = false): KernelBlock {
    const { family, width } = this.settings;
    const count = scaled(channels, width);
    return this.adopt(new KernelBlock({ name, family, channels: count, convolution: this.convolution(count, units, offset, deforms) }));
  }

  private convolution(channels: number, units: number, offset: number, deforms: boolean): KernelConvolution {
    const { family, radius, seed } = this.settings;
    const args = { name: 'convolution', channels, radius: units * radius, useBias: false, seed: 10 * seed + offset };
    if (family === 'pointconv') return new PointConv({ ...args, weightNet: WEIGHT_NET });
    if (family === 'montecarlo') return new MonteCarloConvolution({ ...args, kernelNet: KERNEL_NET });
    return deforms ? new DeformableKPConv(args) : new KPConv(args);
  }

  /** Makes a block's weights. @returns its output channels. */
  protected buildBlock(block: KernelBlock, channels: number): number {
    return withOnePoint((level, pairs) => tf.tidy(() => (block.apply(tf.zeros([1, 1, channels]), { from: level, to: level, pairs }) as tf.Tensor).shape[2] as number));
  }

  /** @returns channels of the fine and of the coarse level. */
  protected buildEncoder(channels: number): readonly [fine: number, coarse: number] {
    const widths = this.down.map((block, i) => (channels = this.buildBlock(this.own[i], this.buildBlock(block, channels))));
    return [widths[0], widths[1]];
  }

  /** Features of the fine and of the coarse level. */
  protected encode(x: tf.Tensor, { levels, training, record, penalize }: KernelNetworkCallArgs): readonly [fine: tf.Tensor, coarse: tf.Tensor] {
    const call = { training, record, penalize };
    const features = this.down.reduce<tf.Tensor[]>((made, block, i) => {
      const [from, to] = [levels[i], levels[i + 1]];
      const grouped = block.apply(made.at(-1) ?? x, { ...call, from, to, pairs: to.group! }) as tf.Tensor;
      return [...made, this.own[i].apply(grouped, { ...call, from: to, to, pairs: to.within! }) as tf.Tensor];
    }, []);
    return [features[0], features[1]];
  }

  protected get encoderNames(): readonly string[] {
    return this.down.flatMap(({ name }, i) => [name, this.own[i].name]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/**
 * Convolutions by kernels that name clouds: 64 channels at 256 points, 128 at 64, 512 for the whole cloud (a convolution that sees it all, or, as KPConv
 * has it, the mean of a dense layer), dense 256 and 128, dropout, logits. Called as `layer.apply(x, {levels, training})`; x [B, N, C] to [B, classCount].
 */
export class KernelClassifier extends KernelNetwork {
  static readonly className: string = 'KernelClassifier';
  private readonly whole: KernelBlock | SharedLayer;
  private readonly head: PointHead;

  constructor(args: KernelNetworkArgs) {
    super(args);
    const { family, classCount, width, dropoutRate, seed } = this.settings;
    this.whole = family === 'kpconv'
      ? this.adopt(new SharedLayer({ name: 'conv5', channels: scaled(GLOBAL_CHANNELS, width), activation: 'leakyRelu', seed: 10 * seed + 4 }))
      : this.block('conv5', GLOBAL_CHANNELS, GLOBAL_RADIUS, 4);
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [256, 128], width, dropoutRate, seed: 10 * seed + 5 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const [, coarse] = this.buildEncoder((inputShape as Shape).at(-1) as number);
    const whole = this.whole instanceof SharedLayer ? this.buildPart(this.whole, [1, coarse])[1] : this.buildBlock(this.whole, coarse);
    this.buildPart(this.head, [1, whole]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: KernelNetworkCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    return tf.tidy(() => {
      const { levels, training, record, dropSeed } = kwargs;
      const [, coarse] = this.encode(x, kwargs);
      const [from, to] = [levels[levels.length - 2], levels[levels.length - 1]];
      const cloud = this.whole instanceof SharedLayer
        ? this.average(this.whole, coarse, from, to, kwargs)
        : tf.squeeze(this.whole.apply(coarse, { training, record, from, to, pairs: to.group! }) as tf.Tensor, [1]);
      return this.head.apply(cloud, { training, record, dropSeed, positions: to.positions }) as tf.Tensor;
    });
  }

  private average(dense: SharedLayer, coarse: tf.Tensor, from: KernelLevel, to: KernelLevel, { training, record }: KernelNetworkCallArgs): tf.Tensor {
    const y = dense.apply(coarse, { training, rows: from.rows }) as tf.Tensor;
    record?.({ name: dense.name, kind: 'dense', positions: from.positions, activation: y });
    const mean = globalAverage(y, from.rows);
    record?.({ name: 'globalAverage', kind: 'pool', positions: to.positions, activation: tf.expandDims(mean, 1), neighborhood: to.group!.plain });
    return mean;
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, 'conv5', ...(this.settings.family === 'kpconv' ? ['globalAverage'] : []), ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.settings.classCount];
  }
}
tf.serialization.registerClass(KernelClassifier);

/**
 * Convolutions by kernels that label every point: a first one among the points themselves, 32 channels; the encoder of {@link KernelClassifier}; then the coarse
 * features at the fine points (inverse distance, three neighbours) beside what these had, and a convolution among them; the same at the clouds' own points, with
 * a dense layer; dense 64, dropout, logits. Called as `layer.apply(x, {levels, training})`; x [B, N, C] to [B, N, classCount].
 */
export class KernelSegmenter extends KernelNetwork {
  static readonly className: string = 'KernelSegmenter';
  private readonly stem: KernelBlock;
  private readonly up: KernelBlock;
  private readonly last: SharedLayer;
  private readonly head: PointHead;

  constructor(args: KernelNetworkArgs) {
    super(args);
    const { classCount, width, dropoutRate, seed } = this.settings;
    this.stem = this.block('stem', STEM_CHANNELS, FIRST_SEARCH.radius, 6);
    this.up = this.block('conv5', FINE_CHANNELS, KERNEL_LEVELS[0].within.radius, 7);
    this.last = this.adopt(new SharedLayer({ name: 'conv6', channels: scaled(FINE_CHANNELS, width), seed: 10 * seed + 8 }));
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [64], width, dropoutRate, seed: 10 * seed + 9 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const first = this.buildBlock(this.stem, (inputShape as Shape).at(-1) as number);
    const [fine, coarse] = this.buildEncoder(first);
    const raised = this.buildBlock(this.up, fine + coarse);
    this.buildPart(this.head, this.buildPart(this.last, [1, 1, first + raised]));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: KernelNetworkCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    return tf.tidy(() => {
      const { levels, training, record, dropSeed } = kwargs;
      const [points, fineLevel, coarseLevel] = levels;
      const first = this.stem.apply(x, { training, record, from: points, to: points, pairs: points.within! }) as tf.Tensor;
      const [fine, coarse] = this.encode(first, kwargs);
      const raised = this.up.apply(this.unpool('up1', coarse, fine, coarseLevel, fineLevel, kwargs), { training, record, from: fineLevel, to: fineLevel, pairs: fineLevel.within! }) as tf.Tensor;
      const { rows, positions } = points;
      const own = this.last.apply(this.unpool('up2', raised, first, fineLevel, points, kwargs), { training, rows }) as tf.Tensor;
      record?.({ name: this.last.name, kind: 'dense', positions, activation: own });
      return this.head.apply(own, { training, rows, record, dropSeed, positions }) as tf.Tensor;
    });
  }

  /** A level's features at the points of the one below, beside what these had. */
  private unpool(name: string, features: tf.Tensor, skipped: tf.Tensor, from: KernelLevel, to: KernelLevel, { record }: KernelNetworkCallArgs): tf.Tensor {
    const { map, plain } = from.interpolation!;
    const activation = graphPooling.pool(features, map, null, { algorithm: 'weighted' });
    record?.({ name, kind: 'unpool', positions: to.positions, activation, neighborhood: plain, entryWeights: tf.expandDims(map.weights, -1) });
    return tf.concat([activation, skipped], -1);
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [this.stem.name, ...this.encoderNames, 'up1', this.up.name, 'up2', this.last.name, ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, 2), this.settings.classCount];
  }
}
tf.serialization.registerClass(KernelSegmenter);
