import { initializers, layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import type { LayerRecord } from '../model/pointModel';
import { CompositeLayer } from './compositeLayer';
import { dropOut } from './dropOut';
import type { PointCallArgs } from './pointRows';
import { scaled, SharedLayer } from './sharedLayer';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** What networks on point clouds are called with beside their input. */
export interface NetworkCallArgs extends PointCallArgs {
  /** Called once for each layer, in order. */
  readonly record?: (layer: LayerRecord) => void;
  /** Called with what is to be added to the loss. */
  readonly penalize?: (penalty: tf.Scalar) => void;
}

export type HeadArgs = LayerArgs & {
  readonly classCount: number;
  /** Widths of the hidden layers, before scaling. */
  readonly channels: readonly number[];
  readonly width?: number;
  /** Share of the last hidden layer's features that training leaves out. */
  readonly dropoutRate?: number;
  readonly momentum?: number;
  readonly seed?: number;
};

/** The end of a network: hidden layers, dropout, logits. [*, C] to [*, classCount]; of a cloud's feature or of every point's. */
export class PointHead extends CompositeLayer {
  static readonly className: string = 'PointHead';
  readonly hidden: readonly SharedLayer[];
  private readonly settings: { readonly classCount: number; readonly channels: readonly number[]; readonly width: number; readonly dropoutRate: number; readonly momentum: number; readonly seed: number };
  private readonly logits: layers.Layer;
  private calls = 0;

  constructor(args: HeadArgs) {
    super(args);
    const { classCount, channels, width = 1, dropoutRate = 0.3, momentum = 0.9, seed = 1 } = args;
    this.settings = { classCount, channels, width, dropoutRate, momentum, seed };
    this.hidden = channels.map((count, i) => this.adopt(new SharedLayer({ name: `dense${i + 1}`, channels: scaled(count, width), momentum, seed: 10 * seed + i })));
    this.logits = this.adopt(layers.dense({ name: 'logits', units: classCount, kernelInitializer: initializers.glorotUniform({ seed: 10 * seed + channels.length }) }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const start = [1, (inputShape as Shape).at(-1) as number];
    this.buildPart(this.logits, this.hidden.reduce<(number | null)[]>((shape, layer) => this.buildPart(layer, shape), start));
    this.built = true;
  }

  /** `inputs` [*, C]; `positions` [B, M, 3] for records. */
  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: NetworkCallArgs & { readonly positions?: tf.Tensor }): tf.Tensor {
    const { training, rows, record, positions, dropSeed = this.settings.seed + this.calls++ } = kwargs;
    return tf.tidy(() => {
      let x = Array.isArray(inputs) ? inputs[0] : inputs;
      for (const layer of this.hidden) {
        const inputs = x;
        x = layer.apply(x, { training, rows }) as tf.Tensor;
        if (positions) record?.({ name: layer.name, kind: 'dense', positions, activation: x, arithmetic: { form: 'own', inputs, stages: [layer.stage()] } });
      }
      return this.logits.apply(training ? dropOut(x, this.settings.dropoutRate, dropSeed) : x) as tf.Tensor;
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.settings.classCount];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings, channels: [...this.settings.channels] };
  }
}
tf.serialization.registerClass(PointHead);
