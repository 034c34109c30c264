import type { layers } from '../../layers';
import * as tf from '../../tf';
import type { DenseStage } from '../model/layerArithmetic';
import { CompositeLayer } from './compositeLayer';
import { SharedLayer } from './sharedLayer';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export type SharedStackArgs = LayerArgs & {
  /** Widths of the shared layers. */
  readonly channels: readonly number[];
  /** Whether points have features beside their coordinates; true by default. */
  readonly features?: boolean;
  /** Of the moving averages, 0.9 by default. */
  readonly momentum?: number;
  /** Of the initial weights, 1 by default. */
  readonly seed?: number;
};

/** [*, C] as [R, C]. */
export const rowsOf = (x: tf.Tensor): tf.Tensor2D => tf.reshape(x, [-1, x.shape[x.rank - 1] as number]);

/** Shared layers, one after the other, of which the first sees two things side by side. */
export abstract class SharedStack extends CompositeLayer {
  protected readonly settings: { readonly channels: readonly number[]; readonly features: boolean; readonly momentum: number; readonly seed: number };
  protected readonly shared: readonly SharedLayer[];

  constructor(args: SharedStackArgs) {
    super(args);
    const { channels, features = true, momentum = 0.9, seed = 1 } = args;
    if (channels.length === 0) throw new Error('channels must have the width of at least one layer');
    this.settings = { channels, features, momentum, seed };
    this.shared = channels.map((count, i) => this.adopt(new SharedLayer({ name: `conv${i + 1}`, channels: count, momentum, seed: 10 * seed + i })));
  }

  protected buildShared(width: number): void {
    this.shared.reduce<(number | null)[]>((shape, layer) => this.buildPart(layer, shape), [1, width]);
    this.built = true;
  }

  /** The first layer's kernel in two pieces, the first of `rows` rows. */
  protected firstKernel(rows: number): readonly [tf.Tensor2D, tf.Tensor2D] {
    const { kernel } = this.shared[0];
    return [tf.slice(kernel, 0, rows), tf.slice(kernel, rows)];
  }

  /** What the layers do outside training, for records. */
  stages(): readonly DenseStage[] {
    return this.shared.map((layer) => layer.stage());
  }

  get outChannels(): number {
    return this.settings.channels[this.settings.channels.length - 1];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings, channels: [...this.settings.channels] };
  }
}
