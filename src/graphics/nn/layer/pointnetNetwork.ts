import type { PointRows } from '../../geometry/pointHierarchy';
import type { layers, Shape } from '../../layers';
import * as tf from '../../tf';
import * as orthogonality from '../loss/orthogonality';
import type { LayerArithmetic, LayerSource } from '../model/layerArithmetic';
import type { LayerRecord } from '../model/pointModel';
import { CompositeLayer } from './compositeLayer';
import { globalAverage, globalMax } from './globalPointPooling';
import type { NetworkCallArgs } from './pointNetwork';
import { TransformNet } from './pointTransform';
import { scaled, SharedLayer } from './sharedLayer';
import { winnersOf } from './winners';

// What the networks of Qi et al., "PointNet", CVPR 2017, figure 2, share. B clouds of N points: 3 coordinates and any other features, such as normals.

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

/** What the encoder makes of a batch. */
export interface Encoded {
  /** [B, N, C]: of each point, after the feature transform. */
  readonly local: tf.Tensor;
  /** [B, D] */
  readonly global: tf.Tensor;
  /** [B, 1, 3]: where records place what belongs to the whole cloud. */
  readonly centre: tf.Tensor;
}

type Note = (name: string, activation: tf.Tensor, arithmetic: LayerArithmetic, more?: Partial<LayerRecord>) => void;

interface TurnArgs { readonly training?: boolean; readonly rows: PointRows; readonly note?: Note; /** The record of what is turned. */ readonly before?: string }

/** What a T-Net that sees x turns, with its matrix, which all points have a say in. */
function turn(net: TransformNet, x: tf.Tensor, turned: tf.Tensor, { training, rows, note, before }: TurnArgs): { readonly moved: tf.Tensor; readonly matrix: tf.Tensor } {
  let winners: tf.Tensor | undefined;
  // Kept beyond the T-Net's own scope, for the record below.
  const inspect = note && ((found: tf.Tensor) => { winners = tf.keep(tf.clone(found)); });
  const matrix = net.apply(x, { training, rows, inspect }) as tf.Tensor;
  const moved = tf.matMul(turned, matrix);
  if (note) {
    const kernel = tf.squeeze(tf.slice(matrix, 0, 1), [0]);
    const sources: readonly LayerSource[] = [{ layer: before, takes: 'own' }, { layer: before, takes: 'all' }];
    note(net.name, moved, { form: 'own', inputs: turned, stages: [{ kernel, slope: 1 }] }, { winners, sources });
    winners?.dispose();
  }
  return { moved, matrix };
}

/** The encoder of both networks. */
export abstract class PointNetNetwork extends CompositeLayer {
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
    const note: Note = (name, activation, arithmetic, more) => record?.({ name, kind: 'dense', positions, activation, arithmetic, ...more });
    const apply = (layer: SharedLayer, inputs: tf.Tensor): tf.Tensor => {
      const activation = layer.apply(inputs, call) as tf.Tensor;
      if (record) note(layer.name, activation, { form: 'own', inputs, stages: [layer.stage()] });
      return activation;
    };
    let y: tf.Tensor = x;
    if (this.inputTransform) {
      const { moved } = turn(this.inputTransform, x, positions, { ...call, note: record && note });
      y = x.shape[2] > 3 ? tf.concat([moved, tf.slice(x, [0, 0, 3])], 2) : moved;
    }
    for (const layer of this.first) y = apply(layer, y);
    if (this.featureTransform) {
      const { matrix, moved } = turn(this.featureTransform, y, y, { ...call, note: record && note, before: this.first[this.first.length - 1].name });
      penalize?.(tf.mul(tf.mean(orthogonality.evaluate(matrix)), ORTHOGONALITY_WEIGHT));
      y = moved;
    }
    const local = y;
    for (const layer of this.last.slice(0, -1)) y = apply(layer, y);
    const centre = tf.expandDims(globalAverage(positions, rows), 1);
    const widest = this.last[this.last.length - 1];
    // The widest features of all points are made only for who looks at them.
    if (!record) return { local, global: widest.applyMax(y, rows, training), centre };
    const features = apply(widest, y);
    const global = globalMax(features, rows);
    record({ name: 'globalMax', kind: 'global max', positions: centre, activation: global, winners: winnersOf(features, rows) });
    return { local, global, centre };
  }

  /** The name of the record whose outputs {@link Encoded.local} are. */
  protected get localName(): string {
    return this.featureTransform?.name ?? this.first[this.first.length - 1].name;
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
