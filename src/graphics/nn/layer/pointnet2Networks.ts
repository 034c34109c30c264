import { buildPointHierarchy } from '../../../scene/pointHierarchy';
import { createPointHierarchy, disposePointHierarchy, type DevicePointHierarchy } from '../../geometry/pointHierarchy';
import type { layers, Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { CompositeLayer, oneTensor } from './compositeLayer';
import { FeaturePropagation } from './featurePropagation';
import { globalAverage, globalMax } from './globalPointPooling';
import { abstractionChannels, pointNet2Plan, type GroupingScales } from './pointnet2Plan';
import { PointHead, type NetworkCallArgs } from './pointNetwork';
import { GlobalSetAbstraction } from './setAbstractionGlobal';
import { MultiScaleSetAbstraction } from './setAbstractionMultiScale';
import { scaled, SharedLayer } from './sharedLayer';
import { winnersOf } from './winners';

// The whole networks of Qi, Yi, Su, Guibas, "PointNet++", NeurIPS 2017, supplementary material B.1. B clouds of N points: 3 coordinates and any
// other features, such as normals. Nothing but differences of coordinates goes in, so that a cloud that moves stays what it is.

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export type PointNet2Args = LayerArgs & {
  /** Classes, or parts. */
  readonly classCount: number;
  /** One radius for each level, or several; 'single' by default. */
  readonly scales?: GroupingScales;
  /** Scales the widths of all layers, 1 by default. */
  readonly width?: number;
  /** Share of the last features that training leaves out, 0.5 by default. */
  readonly dropoutRate?: number;
  /** Of the moving averages, 0.9 by default. */
  readonly momentum?: number;
  /** Of the initial weights and of what is left out, 1 by default. */
  readonly seed?: number;
};

const settingsOf = ({ classCount, scales = 'single', width = 1, dropoutRate = 0.5, momentum = 0.9, seed = 1 }: PointNet2Args) =>
  ({ classCount, scales, width, dropoutRate, momentum, seed });

export interface PointNet2CallArgs extends NetworkCallArgs {
  /** Of {@link pointNet2Plan}; by default made for this call, of the points read back. */
  readonly hierarchy?: DevicePointHierarchy;
}

const GLOBAL_CHANNELS = [256, 512, 1024] as const;

interface Encoded {
  /** Features of each level, finest first; of the lowest those that the points have beside their coordinates. */
  readonly features: readonly (tf.Tensor | undefined)[];
  /** [B, D] */
  readonly global: tf.Tensor;
  /** [B, 1, 3]: where records place what belongs to the whole cloud. */
  readonly centre: tf.Tensor;
}

/** Widths of the features of each level, the cloud's last. */
type Widths = readonly number[];

abstract class PointNet2Network extends CompositeLayer {
  protected readonly settings: ReturnType<typeof settingsOf>;
  private abstractions: readonly MultiScaleSetAbstraction[] = [];
  private last?: GlobalSetAbstraction;

  constructor(args: PointNet2Args, private readonly interpolates: boolean) {
    super(args);
    this.settings = settingsOf(args);
  }

  protected scaledWidths(channels: readonly number[]): number[] {
    return channels.map((count) => scaled(count, this.settings.width));
  }

  protected buildEncoder(inputShape: Shape): Widths {
    const featureCount = (inputShape.at(-1) as number) - 3;
    if (featureCount < 0) throw new Error(`x must have at least 3 dimensions in axis -1, but it has shape [${inputShape.join(', ')}]`);
    const { scales, momentum, seed } = this.settings;
    const widths = [featureCount];
    this.abstractions = abstractionChannels(scales).map((level, i) => {
      const layer = this.adopt(new MultiScaleSetAbstraction({
        name: `abstraction${i + 1}`, scales: level.map((channels) => this.scaledWidths(channels)), features: widths[i] > 0, momentum, seed: 10 * seed + i,
      }));
      tf.tidy(() => {
        const data = [3, 3, ...(widths[i] > 0 ? [widths[i]] : [])].map((size) => tf.zeros([1, 1, size]));
        layer.apply([...data, ...level.map(() => tf.zeros([1, 1, 1], 'int32'))]);
      });
      widths.push(layer.outChannels);
      return layer;
    });
    const last = this.adopt(new GlobalSetAbstraction({ name: 'abstraction3', channels: this.scaledWidths(GLOBAL_CHANNELS), momentum, seed: 10 * seed + 3 }));
    tf.tidy(() => void last.apply([tf.zeros([1, 1, 3]), tf.zeros([1, 1, widths[widths.length - 1]])]));
    this.last = last;
    return [...widths, last.outChannels];
  }

  protected encode(x: tf.Tensor3D, hierarchy: DevicePointHierarchy, { training, record }: NetworkCallArgs): Encoded {
    const features: (tf.Tensor | undefined)[] = [x.shape[2] > 3 ? tf.slice(x, [0, 0, 3]) : undefined];
    this.abstractions.forEach((layer, i) => {
      const [below, level] = [hierarchy[i], hierarchy[i + 1]];
      const had = features[i];
      features.push(layer.apply([below.positions, level.positions, ...(had ? [had] : [])], {
        training, neighbors: level.groups,
        inspect: (scale: number, activation: tf.Tensor) => record?.({
          name: this.scaleName(i, scale), kind: 'point convolution', positions: level.positions, activation, neighborhood: level.source.groups[scale],
        }),
      }) as tf.Tensor);
    });
    const { positions, rows } = hierarchy[hierarchy.length - 1];
    const centre = tf.expandDims(globalAverage(positions, rows), 1);
    const global = this.last!.apply([positions, features[features.length - 1]!], {
      training, rows,
      inspect: record && ((activation: tf.Tensor) => {
        record({ name: this.last!.name, kind: 'dense', positions, activation });
        record({ name: 'globalMax', kind: 'global max', positions: centre, activation: globalMax(activation, rows), winners: winnersOf(activation, rows) });
      }),
    }) as tf.Tensor;
    return { features, global, centre };
  }

  private scaleName(level: number, scale: number): string {
    return this.settings.scales === 'single' ? `abstraction${level + 1}` : `abstraction${level + 1}.scale${scale + 1}`;
  }

  /** Names of the records up to the global maximum, in order. */
  protected get encoderNames(): readonly string[] {
    const names = abstractionChannels(this.settings.scales).flatMap((level, i) => level.map((_, scale) => this.scaleName(i, scale)));
    return [...names, 'abstraction3', 'globalMax'];
  }

  /** Runs `f` with the call's hierarchy or one of the points' own. */
  protected withHierarchy(x: tf.Tensor, { hierarchy, sizes = null }: PointNet2CallArgs, f: (hierarchy: DevicePointHierarchy) => tf.Tensor): tf.Tensor {
    checkShape('x', x, [null, null, null]);
    if (hierarchy) return f(hierarchy);
    const [batch, count] = x.shape as [number, number, number];
    const positions = Float32Array.from(tf.tidy(() => tf.slice(x, [0, 0, 0], [-1, -1, 3]).dataSync()));
    const plan = pointNet2Plan(count, this.settings.scales, this.interpolates);
    const own = createPointHierarchy(buildPointHierarchy({ batch, count, positions, sizes: sizes ? Int32Array.from(sizes.dataSync()) : undefined }, plan));
    try {
      return f(own);
    } finally {
      disposePointHierarchy(own);
    }
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/**
 * PointNet++ that classifies clouds of radius 1: set abstraction to half and an eighth of the points, then of all of them, 512, 256, dropout, logits.
 * Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, classCount]. Neither the order of the points matters nor where the cloud lies.
 * @example
 * ```ts
 * const network = new nn.layer.points.PointNet2Classifier({ classCount: 4, width: 0.1 });
 * const cloud = tf.tensor3d([[[0, 0, 0], [1, 0, 0], [0, 1, 0]]]);
 * const logits = network.apply(cloud) as tf.Tensor;
 * logits.shape; // → [1, 4]
 * tf.max(tf.abs(tf.sub(logits, network.apply(tf.add(cloud, 1)) as tf.Tensor))); // → 0
 * ```
 */
export class PointNet2Classifier extends PointNet2Network {
  static readonly className: string = 'PointNet2Classifier';
  private readonly head: PointHead;

  constructor(args: PointNet2Args) {
    super(args, false);
    const { classCount, width, dropoutRate, momentum, seed } = this.settings;
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [512, 256], width, dropoutRate, momentum, seed: 10 * seed + 7 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const widths = this.buildEncoder(inputShape as Shape);
    this.buildPart(this.head, [1, widths[widths.length - 1]]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: PointNet2CallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    const { training, record, dropSeed } = kwargs;
    return tf.tidy(() => this.withHierarchy(x, kwargs, (hierarchy) => {
      const { global, centre } = this.encode(x as tf.Tensor3D, hierarchy, kwargs);
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
tf.serialization.registerClass(PointNet2Classifier);

/** Widths of the propagations from the two coarse levels to the one below each, coarsest first, after that from the whole cloud. */
const GLOBAL_PROPAGATION = [256, 256] as const;
const PROPAGATIONS = [[256, 128], [128, 128, 128]] as const;

/**
 * PointNet++ that labels every point of clouds of radius 1: the set abstractions of {@link PointNet2Classifier}, then back by feature propagation, 128, dropout,
 * logits. Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, N, classCount]. Beside their features, points enter the last propagation with
 * their places relative to the cloud's mean.
 * @example
 * ```ts
 * const network = new nn.layer.points.PointNet2Segmenter({ classCount: 2, width: 0.1 });
 * (network.apply(tf.ones([1, 5, 3])) as tf.Tensor).shape; // → [1, 5, 2]
 * ```
 */
export class PointNet2Segmenter extends PointNet2Network {
  static readonly className: string = 'PointNet2Segmenter';
  private readonly head: PointHead;
  /** From the whole cloud to the coarsest level: its feature is the same everywhere, so that its product is made once. */
  private readonly fromCloud: SharedLayer;
  private readonly afterCloud: SharedLayer;
  private readonly propagations: readonly FeaturePropagation[];

  constructor(args: PointNet2Args) {
    super(args, true);
    const { classCount, width, dropoutRate, momentum, seed } = this.settings;
    const [first, second] = this.scaledWidths(GLOBAL_PROPAGATION);
    this.fromCloud = this.adopt(new SharedLayer({ name: 'propagation1', channels: first, momentum, seed: 10 * seed + 4 }));
    this.afterCloud = this.adopt(new SharedLayer({ name: 'propagation1b', channels: second, momentum, seed: 10 * seed + 5 }));
    this.propagations = PROPAGATIONS.map((channels, i) => this.adopt(new FeaturePropagation({
      name: `propagation${i + 2}`, channels: this.scaledWidths(channels), momentum, seed: 10 * seed + 6 + i,
    })));
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [128], width, dropoutRate, momentum, seed: 10 * seed + 8 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const [own, fine, coarse, global] = this.buildEncoder(inputShape as Shape);
    let width = this.buildPart(this.afterCloud, this.buildPart(this.fromCloud, [1, coarse + global]))[1] as number;
    this.propagations.forEach((layer, i) => {
      tf.tidy(() => void layer.apply([tf.zeros([1, 1, width]), tf.zeros([1, 1, [fine, own + 3][i]]), tf.zeros([1, 1, 1], 'int32')]));
      width = layer.outChannels;
    });
    this.buildPart(this.head, [1, width]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: PointNet2CallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    return tf.tidy(() => this.withHierarchy(x, kwargs, (hierarchy) => {
      const { features, global } = this.encode(x as tf.Tensor3D, hierarchy, kwargs);
      return this.decode(x as tf.Tensor3D, hierarchy, features, global, kwargs);
    }));
  }

  private decode(x: tf.Tensor3D, hierarchy: DevicePointHierarchy, features: Encoded['features'], global: tf.Tensor, kwargs: PointNet2CallArgs): tf.Tensor {
    const { training, record, dropSeed } = kwargs;
    const top = hierarchy[2];
    const [ofPoints, ofCloud] = this.splitProducts(features[2]!, global);
    const meeting = this.fromCloud.finish(tf.add(ofPoints, tf.expandDims(ofCloud, 1)), { training, rows: top.rows });
    let y = this.afterCloud.apply(meeting, { training, rows: top.rows }) as tf.Tensor;
    record?.({ name: this.fromCloud.name, kind: 'unpool', positions: top.positions, activation: y });
    const relative = tf.sub(hierarchy[0].positions, tf.expandDims(globalAverage(hierarchy[0].positions, hierarchy[0].rows), 1));
    const own = x.shape[2] > 3 ? tf.concat([relative, tf.slice(x, [0, 0, 3])], 2) : relative;
    this.propagations.forEach((layer, i) => {
      const [coarse, fine] = [hierarchy[2 - i], hierarchy[1 - i]];
      y = layer.apply([y, i === 0 ? features[1]! : own], { training, neighbors: coarse.interpolation, rows: fine.rows }) as tf.Tensor;
      record?.({ name: layer.name, kind: 'unpool', positions: fine.positions, activation: y, neighborhood: coarse.source.interpolation });
    });
    const { positions, rows } = hierarchy[0];
    return this.head.apply(y, { training, rows, record, dropSeed, positions }) as tf.Tensor;
  }

  private splitProducts(points: tf.Tensor, cloud: tf.Tensor): readonly [tf.Tensor, tf.Tensor] {
    const [batch, count, channels] = points.shape as [number, number, number];
    const { kernel } = this.fromCloud;
    const ofPoints = tf.matMul(tf.reshape(points, [batch * count, channels]), tf.slice(kernel, 0, channels));
    return [tf.reshape(ofPoints, [batch, count, -1]), tf.matMul(cloud, tf.slice(kernel, channels))];
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, this.fromCloud.name, ...this.propagations.map(({ name }) => name), ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, 2), this.settings.classCount];
  }
}
tf.serialization.registerClass(PointNet2Segmenter);
