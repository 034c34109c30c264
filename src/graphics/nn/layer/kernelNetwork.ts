import type { layers } from '../../layers';
import * as tf from '../../tf';
import { CompositeLayer } from './compositeLayer';
import { KernelBlock, type KernelFamily } from './kernelBlock';
import type { KernelConvolution } from './kernelConvolution';
import { KERNEL_LEVELS, withOnePoint, type KernelLevel } from './kernelLevels';
import { DeformableKPConv, KPConv } from './kpConv';
import { MonteCarloConvolution } from './monteCarlo';
import { PointConv } from './pointConv';
import type { NetworkCallArgs } from './pointNetwork';
import { scaled } from './sharedLayer';

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
export const [STEM_CHANNELS, FINE_CHANNELS, COARSE_CHANNELS, GLOBAL_CHANNELS] = [32, 64, 128, 512];
/** Units of the kernels' networks, without the papers' normalisation in them and in one network instead of four: less work for every neighbour, for a browser's tab. */
const [WEIGHT_NET, KERNEL_NET] = [[8, 16], [8, 8]];

/**
 * What the networks of kernel convolutions share: features of clouds go to 256 points, stay there, go to 64 points, stay there. Each step is a
 * {@link KernelBlock}; `dense` layers and heads differ by task.
 */
export abstract class KernelNetwork extends CompositeLayer {
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
    if (family === 'pointconv') return new PointConv({ ...args, weightNet: WEIGHT_NET, normalization: false });
    if (family === 'montecarlo') return new MonteCarloConvolution({ ...args, kernelNet: KERNEL_NET, kernelNets: 1 });
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
