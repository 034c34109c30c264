import { layers, type Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import * as orthogonality from '../loss/orthogonality';
import { CompositeLayer, oneTensor } from './compositeLayer';
import { globalAverage, globalMax } from './globalPointPooling';
import { PointHead, type NetworkCallArgs } from './pointNetwork';
import type { PointRows } from '../../geometry/pointHierarchy';
import { withRows } from './pointRows';
import { TransformNet } from './pointTransform';
import { scaled, SharedLayer } from './sharedLayer';
import { winnersOf } from './winners';

// The whole networks of Qi et al., "PointNet", CVPR 2017, figure 2. B clouds of N points: 3 coordinates and any other features, such as normals.

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export type PointNetArgs = LayerArgs & {
  /** Classes, or parts. */
  readonly classCount: number;
  /** Scales the widths of all layers, 1 by default. */
  readonly width?: number;
  /** Whether T-Nets bring points and features into a pose of their own first; true by default. */
  readonly transforms?: boolean;
  /** Share of the last features that training leaves out, 0.3 by default. */
  readonly dropoutRate?: number;
  /** Of the moving averages, 0.9 by default. */
  readonly momentum?: number;
  /** Of the initial weights and of what is left out, 1 by default. */
  readonly seed?: number;
};

const settingsOf = ({ classCount, width = 1, transforms = true, dropoutRate = 0.3, momentum = 0.9, seed = 1 }: PointNetArgs) =>
  ({ classCount, width, transforms, dropoutRate, momentum, seed });

/** Layers before and after the feature transform. */
const FIRST_CHANNELS = [64, 64] as const;
const LAST_CHANNELS = [64, 128, 1024] as const;

/** Of the orthogonality of the feature transform, in the loss: the paper's. */
const ORTHOGONALITY_WEIGHT = 0.001;

interface Encoded {
  /** [B, N, C]: of each point, after the feature transform. */
  readonly local: tf.Tensor;
  /** [B, D] */
  readonly global: tf.Tensor;
  /** [B, 1, 3]: where records place what belongs to the whole cloud. */
  readonly centre: tf.Tensor;
}

abstract class PointNetNetwork extends CompositeLayer {
  protected readonly settings: ReturnType<typeof settingsOf>;
  private readonly inputTransform?: TransformNet;
  private readonly featureTransform?: TransformNet;
  private readonly first: readonly SharedLayer[];
  private readonly last: readonly SharedLayer[];

  constructor(args: PointNetArgs) {
    super(args);
    this.settings = settingsOf(args);
    const { width, transforms, momentum, seed } = this.settings;
    const make = (channels: number, i: number) =>
      this.adopt(new SharedLayer({ name: `conv${i + 1}`, channels: scaled(channels, width), momentum, seed: 10 * seed + i }));
    if (transforms) {
      this.inputTransform = this.adopt(new TransformNet({ name: 'inputTransform', size: 3, width, momentum, seed: 10 * seed + 5 }));
      this.featureTransform = this.adopt(new TransformNet({ name: 'featureTransform', width, momentum, seed: 10 * seed + 6 }));
    }
    this.first = FIRST_CHANNELS.map(make);
    this.last = LAST_CHANNELS.map((channels, i) => make(channels, FIRST_CHANNELS.length + i));
  }

  /** @returns channels of each point after the feature transform, and of the cloud. */
  protected buildEncoder(inputShape: Shape): readonly [local: number, global: number] {
    const shape = [1, 1, inputShape.at(-1) as number];
    if (this.inputTransform) this.buildPart(this.inputTransform, shape);
    const grow = (from: readonly (number | null)[], parts: readonly SharedLayer[]) => parts.reduce<(number | null)[]>((now, layer) => this.buildPart(layer, now), [...from]);
    const local = grow(shape, this.first);
    if (this.featureTransform) this.buildPart(this.featureTransform, local);
    return [local[2] as number, grow(local, this.last)[2] as number];
  }

  protected encode(x: tf.Tensor3D, rows: PointRows, { training, record, penalize }: NetworkCallArgs): Encoded {
    const positions = tf.slice(x, [0, 0, 0], [-1, -1, 3]);
    const call = { training, rows };
    const note = (name: string, activation: tf.Tensor) => record?.({ name, kind: 'dense', positions, activation });
    let y: tf.Tensor = x;
    if (this.inputTransform) {
      const moved = tf.matMul(positions, this.inputTransform.apply(x, call) as tf.Tensor3D);
      note('inputTransform', moved);
      y = x.shape[2] > 3 ? tf.concat([moved, tf.slice(x, [0, 0, 3])], 2) : moved;
    }
    for (const layer of this.first) {
      y = layer.apply(y, call) as tf.Tensor;
      note(layer.name, y);
    }
    if (this.featureTransform) {
      const matrix = this.featureTransform.apply(y, call) as tf.Tensor;
      penalize?.(tf.mul(tf.mean(orthogonality.evaluate(matrix)), ORTHOGONALITY_WEIGHT));
      y = tf.matMul(y, matrix);
      note('featureTransform', y);
    }
    const local = y;
    for (const layer of this.last.slice(0, -1)) {
      y = layer.apply(y, call) as tf.Tensor;
      note(layer.name, y);
    }
    const centre = tf.expandDims(globalAverage(positions, rows), 1);
    const widest = this.last[this.last.length - 1];
    // The widest features of all points are made only for who looks at them.
    if (!record) return { local, global: widest.applyMax(y, rows, training), centre };
    const features = widest.apply(y, call) as tf.Tensor;
    note(widest.name, features);
    const global = globalMax(features, rows);
    record({ name: 'globalMax', kind: 'global max', positions: centre, activation: global, winners: winnersOf(features, rows) });
    return { local, global, centre };
  }

  /** Names of the records up to the global maximum, in order. */
  protected get encoderNames(): readonly string[] {
    const [input, feature] = this.settings.transforms ? [['inputTransform'], ['featureTransform']] : [[], []];
    return [...input, ...this.first.map(({ name }) => name), ...feature, ...this.last.map(({ name }) => name), 'globalMax'];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/**
 * PointNet that classifies clouds: input transform, shared layers 64, 64, feature transform, 64, 128, 1024, maximum over the points, 512, 256,
 * dropout, logits. Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, classCount]. The order of the points does not matter.
 * @example
 * ```ts
 * const network = new nn.layer.points.PointNetClassifier({ classCount: 4, width: 0.1 });
 * const cloud = tf.tensor3d([[[0, 0, 0], [1, 0, 0], [0, 1, 0]]]);
 * const logits = network.apply(cloud) as tf.Tensor;
 * logits.shape; // → [1, 4]
 * tf.max(tf.abs(tf.sub(logits, network.apply(tf.reverse(cloud, 1)) as tf.Tensor))); // → 0
 * ```
 */
export class PointNetClassifier extends PointNetNetwork {
  static readonly className: string = 'PointNetClassifier';
  private readonly head: PointHead;

  constructor(args: PointNetArgs) {
    super(args);
    const { classCount, width, dropoutRate, momentum, seed } = this.settings;
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [512, 256], width, dropoutRate, momentum, seed: 10 * seed + 7 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildPart(this.head, [1, this.buildEncoder(inputShape as Shape)[1]]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: NetworkCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    const { training, record, dropSeed } = kwargs;
    return tf.tidy(() => withRows(x, kwargs, (rows) => {
      const { global, centre } = this.encode(x as tf.Tensor3D, rows, kwargs);
      return this.head.apply(global, { training, record, dropSeed, positions: centre }) as tf.Tensor;
    }));
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.settings.classCount];
  }
}
tf.serialization.registerClass(PointNetClassifier);

/**
 * PointNet that labels every point: the encoder of {@link PointNetClassifier}; then each point's 64 features and the cloud's 1024 together
 * through shared layers 512, 256, 128, 128, dropout, logits. Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, N, classCount].
 * @example
 * ```ts
 * const network = new nn.layer.points.PointNetSegmenter({ classCount: 2, width: 0.1 });
 * (network.apply(tf.ones([1, 5, 3])) as tf.Tensor).shape; // → [1, 5, 2]
 * ```
 */
export class PointNetSegmenter extends PointNetNetwork {
  static readonly className: string = 'PointNetSegmenter';
  private readonly head: PointHead;
  /** The first layer after the meeting of point and cloud, whose product is made in two parts: the cloud's is not repeated for every point. */
  private readonly meeting: SharedLayer;

  constructor(args: PointNetArgs) {
    super(args);
    const { classCount, width, dropoutRate, momentum, seed } = this.settings;
    this.meeting = this.adopt(new SharedLayer({ name: 'meeting', channels: scaled(512, width), momentum, seed: 10 * seed + 8 }));
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [256, 128, 128], width, dropoutRate, momentum, seed: 10 * seed + 7 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const [local, global] = this.buildEncoder(inputShape as Shape);
    this.buildPart(this.head, this.buildPart(this.meeting, [1, local + global]));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: NetworkCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    const { training, record, dropSeed } = kwargs;
    return tf.tidy(() => withRows(x, kwargs, (rows) => {
      const { local, global } = this.encode(x as tf.Tensor3D, rows, kwargs);
      const [forPoints, forCloud] = tf.split(this.meeting.kernel, [local.shape[2] as number, global.shape[1] as number], 0);
      const [batch, count, channels] = local.shape;
      const ofPoints = tf.reshape(tf.matMul(tf.reshape(local, [batch * count, channels as number]), forPoints), [batch, count, -1]);
      const together = this.meeting.finish(tf.add(ofPoints, tf.expandDims(tf.matMul(global, forCloud), 1)), { training, rows });
      const positions = tf.slice(x, [0, 0, 0], [-1, -1, 3]);
      record?.({ name: this.meeting.name, kind: 'dense', positions, activation: together });
      return this.head.apply(together, { training, rows, record, dropSeed, positions }) as tf.Tensor;
    }));
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, this.meeting.name, ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, 2), this.settings.classCount];
  }
}
tf.serialization.registerClass(PointNetSegmenter);
