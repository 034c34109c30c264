import { buildPointHierarchy } from '../../../scene/pointHierarchy';
import { createPointHierarchy, disposePointHierarchy, withPositions, type DevicePointHierarchy } from '../../geometry/pointHierarchy';
import type { layers, Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import type { LayerArithmetic, LayerSource } from '../model/layerArithmetic';
import { CompositeLayer } from './compositeLayer';
import { globalAverage, globalMax } from './globalPointPooling';
import { abstractionChannels, pointNet2Plan, type GroupingScales } from './pointnet2Plan';
import type { NetworkCallArgs } from './pointNetwork';
import { GlobalSetAbstraction } from './setAbstractionGlobal';
import { MultiScaleSetAbstraction } from './setAbstractionMultiScale';
import { scaled } from './sharedLayer';
import { winnersOf } from './winners';

// What the networks of Qi, Yi, Su, Guibas, "PointNet++", NeurIPS 2017, supplementary material B.1, share. B clouds of N points: 3 coordinates and any
// other features, such as normals. Radii are meant for clouds of radius 1. Nothing but differences of coordinates goes in, so that a cloud that moves stays what it is.

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

/** What the set abstractions make of a batch. */
export interface Encoded {
  /** Features of each level, finest first; of the lowest those that the points have beside their coordinates. */
  readonly features: readonly (tf.Tensor | undefined)[];
  /** [B, D] */
  readonly global: tf.Tensor;
  /** [B, 1, 3]: where records place what belongs to the whole cloud. */
  readonly centre: tf.Tensor;
}

/** Widths of the features of each level, the cloud's last. */
type Widths = readonly number[];

/** The set abstractions of both networks. */
export abstract class PointNet2Network extends CompositeLayer {
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
        inspect: record && ((scale: number, activation: tf.Tensor, arithmetic: LayerArithmetic) => record({
          name: this.scaleName(i, scale), kind: 'point convolution', positions: level.positions, activation, neighborhood: level.source.groups[scale], arithmetic,
          sources: i === 0 ? [{ takes: 'neighbors' }] : this.levelSources(i - 1, 'neighbors'),
        })),
      }) as tf.Tensor);
    });
    const { positions, rows } = hierarchy[hierarchy.length - 1];
    const centre = tf.expandDims(globalAverage(positions, rows), 1);
    const global = this.last!.apply([positions, features[features.length - 1]!], {
      training, rows,
      inspect: record && ((activation: tf.Tensor, arithmetic: LayerArithmetic) => {
        // Places count from the mean of all.
        const sources = [...this.levelSources(this.abstractions.length - 1, 'own'), ...this.levelSources(this.abstractions.length - 1, 'all')];
        record({ name: this.last!.name, kind: 'dense', positions, activation, arithmetic, sources });
        record({ name: 'globalMax', kind: 'global max', positions: centre, activation: globalMax(activation, rows), winners: winnersOf(activation, rows) });
      }),
    }) as tf.Tensor;
    return { features, global, centre };
  }

  /** The records of a level's scales, whose features lie side by side. */
  protected levelSources(level: number, takes: LayerSource['takes']): readonly LayerSource[] {
    return abstractionChannels(this.settings.scales)[level].map((_, scale) => ({ layer: this.scaleName(level, scale), takes }));
  }

  private scaleName(level: number, scale: number): string {
    return this.settings.scales === 'single' ? `abstraction${level + 1}` : `abstraction${level + 1}.scale${scale + 1}`;
  }

  /** Names of the records up to the global maximum, in order. */
  protected get encoderNames(): readonly string[] {
    const names = abstractionChannels(this.settings.scales).flatMap((level, i) => level.map((_, scale) => this.scaleName(i, scale)));
    return [...names, 'abstraction3', 'globalMax'];
  }

  /** Runs `f` with the call's hierarchy or one of the points' own, and with gradients to the points' places. */
  protected withHierarchy(x: tf.Tensor, { hierarchy, sizes = null }: PointNet2CallArgs, f: (hierarchy: DevicePointHierarchy) => tf.Tensor): tf.Tensor {
    checkShape('x', x, [null, null, null]);
    const places = tf.slice(x, [0, 0, 0], [-1, -1, 3]) as tf.Tensor3D;
    if (hierarchy) return f(withPositions(hierarchy, places));
    const [batch, count] = x.shape as [number, number, number];
    const positions = Float32Array.from(places.dataSync());
    const plan = pointNet2Plan(count, this.settings.scales, this.interpolates);
    const own = createPointHierarchy(buildPointHierarchy({ batch, count, positions, sizes: sizes ? Int32Array.from(sizes.dataSync()) : undefined }, plan));
    try {
      return f(withPositions(own, places));
    } finally {
      disposePointHierarchy(own);
    }
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
