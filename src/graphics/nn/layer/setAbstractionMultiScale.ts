import type { SparseNeighborhood } from '../../geometry/convolution';
import type { layers, Shape } from '../../layers';
import * as tf from '../../tf';
import type { LayerArithmetic } from '../model/layerArithmetic';
import { CompositeLayer } from './compositeLayer';
import { SetAbstraction } from './setAbstraction';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export type MultiScaleArgs = LayerArgs & {
  /** Widths of the shared layers of each scale. */
  readonly scales: readonly (readonly number[])[];
  /** Whether points have features beside their coordinates; true by default. */
  readonly features?: boolean;
  /** Of the moving averages, 0.9 by default. */
  readonly momentum?: number;
  /** Of the initial weights, 1 by default. */
  readonly seed?: number;
};

export interface MultiScaleCallArgs {
  readonly training?: boolean;
  /** [B, M, N] for each scale, such as a level's groups. Else the tables say. */
  readonly neighbors?: readonly SparseNeighborhood[];
  /** Called with what each scale made, [B, M, D], and how. */
  readonly inspect?: (scale: number, activation: tf.Tensor, arithmetic: LayerArithmetic) => void;
}

/**
 * Set abstraction at several scales: a {@link SetAbstraction} for each, side by side. Qi et al., "PointNet++", NeurIPS 2017, section 3.3 ("multi-scale
 * grouping"), which is to be trained with points left out at random (`geometry.pointHierarchy.dropPoints`) to become robust to density.
 *
 * Called as `layer.apply(inputs, {training, neighbors})`, the inputs as for {@link SetAbstraction}, with one neighbourhood, or one table at their end, for each
 * scale. Output [B, M, D], D all scales' last widths together.
 * @example
 * ```ts
 * const layer = new nn.layer.points.MultiScaleSetAbstraction({ scales: [[8, 16], [4]], features: false });
 * const [near, far] = [tf.tensor3d([[[0, 1, -1]]], [1, 1, 3], 'int32'), tf.tensor3d([[[0, 1, 2]]], [1, 1, 3], 'int32')];
 * (layer.apply([tf.ones([1, 3, 3]), tf.zeros([1, 1, 3]), near, far]) as tf.Tensor).shape; // → [1, 1, 20]
 * ```
 */
export class MultiScaleSetAbstraction extends CompositeLayer {
  static readonly className: string = 'MultiScaleSetAbstraction';
  private readonly settings: { readonly scales: readonly (readonly number[])[]; readonly features: boolean; readonly momentum: number; readonly seed: number };
  private readonly abstractions: readonly SetAbstraction[];

  constructor(args: MultiScaleArgs) {
    super(args);
    const { scales, features = true, momentum = 0.9, seed = 1 } = args;
    this.settings = { scales, features, momentum, seed };
    this.abstractions = scales.map((channels, i) => this.adopt(new SetAbstraction({ name: `scale${i + 1}`, channels, features, momentum, seed: 10 * seed + i })));
  }

  /** How many inputs there are before the tables. */
  private get dataCount(): number {
    return this.settings.features ? 3 : 2;
  }

  override build(inputShape: Shape | Shape[]): void {
    const data = (inputShape as Shape[]).slice(0, this.dataCount);
    tf.tidy(() => {
      const least = data.map((shape) => tf.zeros([1, 1, shape.at(-1) as number]));
      for (const part of this.abstractions) part.apply([...least, tf.zeros([1, 1, 1], 'int32')]);
    });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training, neighbors, inspect }: MultiScaleCallArgs): tf.Tensor {
    const count = this.settings.scales.length;
    const given = neighbors?.length ?? (Array.isArray(inputs) ? inputs.length - this.dataCount : 0);
    if (given !== count) throw new Error(`neighbors must be given for each of ${count} scales, but there are ${Math.max(0, given)}`);
    return tf.tidy(() => {
      const data = (inputs as tf.Tensor[]).slice(0, this.dataCount);
      const tables = (inputs as tf.Tensor[]).slice(this.dataCount);
      return tf.concat(this.abstractions.map((part, i) => {
        const made = (neighbors ? part.apply(data, { training, neighbors: neighbors[i] }) : part.apply([...data, tables[i]], { training })) as tf.Tensor;
        inspect?.(i, made, part.arithmetic(this.settings.features ? data[2] : undefined));
        return made;
      }), 2);
    });
  }

  get outChannels(): number {
    return this.abstractions.reduce((sum, part) => sum + part.outChannels, 0);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape[])[1].slice(0, -1), this.outChannels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings, scales: this.settings.scales.map((channels) => [...channels]) };
  }
}
tf.serialization.registerClass(MultiScaleSetAbstraction);
