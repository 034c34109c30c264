import { layers, type Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { CompositeLayer, oneTensor } from './compositeLayer';
import { withRows, type PointCallArgs } from './pointRows';
import { scaled, SharedLayer } from './sharedLayer';
import { winnersOf } from './winners';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

const POINT_CHANNELS = [64, 128, 1024] as const;
const CLOUD_CHANNELS = [512, 256] as const;

export type TransformNetArgs = LayerArgs & {
  /** K: rows and columns of the matrix; as many as the input has channels by default. */
  readonly size?: number | null;
  /** Scales the widths of all layers, 1 by default. */
  readonly width?: number;
  /** Of the moving averages, 0.9 by default. */
  readonly momentum?: number;
  /** Of the initial weights, 1 by default. */
  readonly seed?: number;
};

export interface TransformCallArgs extends PointCallArgs {
  /** Called with int32 [B, C]: the point that won each channel of the maximum. */
  readonly inspect?: (winners: tf.Tensor) => void;
}

/**
 * PointNet's T-Net: a small PointNet that gives a matrix for each cloud, by which its points (K = 3) or features are to be multiplied,
 * x · A, to bring all clouds into one pose. Qi et al., "PointNet", CVPR 2017, section 4.2 ("Joint Alignment Network"). The matrix is the identity until the
 * layer is trained; `nn.loss.orthogonality` keeps it near a rotation. Called as `layer.apply(x, {training, sizes})`; [B, N, C] to [B, K, K].
 * @example
 * ```ts
 * const layer = new nn.layer.points.TransformNet({ width: 0.1 });
 * layer.apply(tf.ones([1, 5, 2])); // → [[[1, 0], [0, 1]]]
 * ```
 */
export class TransformNet extends CompositeLayer {
  static readonly className: string = 'TransformNet';
  private readonly settings: { readonly size: number | null; readonly width: number; readonly momentum: number; readonly seed: number };
  private readonly points: readonly SharedLayer[];
  private readonly cloud: readonly SharedLayer[];
  private matrix?: layers.Layer;

  constructor(args: TransformNetArgs = {}) {
    super(args);
    const { size = null, width = 1, momentum = 0.9, seed = 1 } = args;
    this.settings = { size, width, momentum, seed };
    const make = (name: string, channels: number, offset: number) =>
      this.adopt(new SharedLayer({ name, channels: scaled(channels, width), momentum, seed: 10 * seed + offset }));
    this.points = POINT_CHANNELS.map((channels, i) => make(`conv${i + 1}`, channels, i));
    this.cloud = CLOUD_CHANNELS.map((channels, i) => make(`dense${i + 1}`, channels, 3 + i));
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = (inputShape as Shape).at(-1) as number;
    const size = this.sizeFor(channels);
    const features = [...this.points, ...this.cloud].reduce<(number | null)[]>((shape, layer) => this.buildPart(layer, shape), [1, channels]);
    this.matrix = this.adopt(layers.dense({ name: 'matrix', units: size * size, kernelInitializer: 'zeros', biasInitializer: 'zeros' }));
    this.buildPart(this.matrix, features);
    this.built = true;
  }

  private sizeFor(channels: number): number {
    return this.settings.size ?? channels;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: TransformCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    const { training } = kwargs;
    const size = this.sizeFor(x.shape[2] as number);
    return tf.tidy(() => withRows(x, kwargs, (rows) => {
      const features = this.points.slice(0, -1).reduce((y, layer) => layer.apply(y, { training, rows }) as tf.Tensor, x);
      const widest = this.points[this.points.length - 1];
      kwargs.inspect?.(winnersOf(widest.apply(features, { rows }) as tf.Tensor, rows));
      const global = widest.applyMax(features, rows, training) as tf.Tensor;
      const cloud = this.cloud.reduce((y, layer) => layer.apply(y, { training }) as tf.Tensor, global);
      return tf.add(tf.reshape(this.matrix!.apply(cloud) as tf.Tensor, [-1, size, size]), tf.eye(size));
    }));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, , channels] = inputShape as Shape;
    const size = this.sizeFor(channels as number);
    return [batch, size, size];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(TransformNet);
