import { disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution';
import { neighborhoodOf, radiusPairs } from '../../geometry/neighborhood';
import { initializers, layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import { CompositeLayer } from './compositeLayer';
import type { KernelCallArgs, KernelConvolution } from './kernelConvolution';
import { KPConv } from './kpConv';
import { MonteCarloConvolution } from './monteCarlo';
import { PointConv } from './pointConv';
import { PointNormalization } from './pointNormalization';
import type { RowGroups } from './pointRows';

/** Which convolution residual blocks are made of. */
export type ResidualConvolution = 'monteCarlo' | 'pointConv' | 'kpConv';
const CONVOLUTIONS = { monteCarlo: MonteCarloConvolution, pointConv: PointConv, kpConv: KPConv } as const;

export type PointResNetArgs = ConstructorParameters<typeof layers.Layer>[0] & {
  /** Blocks of two convolutions each, 1 by default. */
  readonly blocks?: number;
  /** Features between the two dense layers of a block's bottleneck; without, a block convolves all of them. */
  readonly bottleneck?: number;
  /** 'monteCarlo' by default. */
  readonly convolution?: ResidualConvolution;
  /** Of the convolutions, in the points' unit; 1 by default. */
  readonly radius?: number;
  /** Whether a dense layer comes into the shortcuts; false by default. */
  readonly projection?: boolean;
  /** Of the initial weights, 1 by default. */
  readonly seed?: number;
};

export type PointResNetCallArgs = Pick<KernelCallArgs, 'neighbors' | 'density' | 'sizes' | 'training'> & {
  /** Which rows count in the normalisation, if not all. */
  readonly rows?: RowGroups;
};

/** A normalisation and ReLU, then what they lead to. */
interface Step { readonly normalization: PointNormalization; readonly layer: KernelConvolution | layers.Layer }
interface Block { readonly steps: readonly Step[]; readonly shortcut?: layers.Layer }

/**
 * Residual blocks of convolutions on the points of one cloud, with pre-activation: y = x + conv(act(conv(act(x)))), act being batch normalisation and ReLU; with a
 * bottleneck a dense layer to fewer features before and one back after. He, Zhang, Ren, Sun, "Identity Mappings in Deep Residual Networks", ECCV 2016,
 * equation 1 and figure 4e, as TensorFlow Graphics' `PointResNet` and `PointResNetBottleNeck` were to be. As many features come out as go in.
 *
 * Called as `layer.apply([features [*, N, C], points [*, N, D]], {neighbors, density, training, rows})`, or with a table of neighbours int32 [*, N, K] as the last
 * input; without either, every pair within the radius, looked for once for all blocks on the processor.
 * @example
 * ```ts
 * const layer = new nn.layer.points.PointResNet({ blocks: 2, convolution: 'kpConv', bottleneck: 2, radius: 0.5 });
 * const points = tf.tensor2d([[0, 0, 0], [0.3, 0, 0], [5, 0, 0]]);
 * const features = tf.ones([3, 4]);
 * const y = layer.apply([features, points]) as tf.Tensor;
 * y.shape; // → [3, 4]
 * // Moving all points alike changes nothing.
 * tf.max(tf.abs(tf.sub(y, layer.apply([features, tf.add(points, 8)]) as tf.Tensor))); // → 0
 * ```
 */
export class PointResNet extends CompositeLayer {
  static readonly className: string = 'PointResNet';
  private readonly settings: Required<Pick<PointResNetArgs, 'blocks' | 'convolution' | 'radius' | 'projection' | 'seed'>> & { readonly bottleneck: number | null };
  private residuals: readonly Block[] = [];

  constructor(args: PointResNetArgs = {}) {
    super(args);
    const { blocks = 1, bottleneck, convolution = 'monteCarlo', radius = 1, projection = false, seed = 1 } = args;
    if (!(convolution in CONVOLUTIONS)) throw new Error(`convolution must be one of ${Object.keys(CONVOLUTIONS).join(', ')}, not '${String(convolution)}'`);
    if (!(Number.isInteger(blocks) && blocks > 0)) throw new Error(`blocks must be a whole number of at least 1, not ${blocks}`);
    this.settings = { blocks, bottleneck: bottleneck ?? null, convolution, radius, projection, seed };
  }

  override build(inputShape: Shape | Shape[]): void {
    const [channels, dimension] = (inputShape as Shape[]).map((shape) => shape.at(-1) as number);
    this.residuals = Array.from({ length: this.settings.blocks }, (_, b) => this.makeBlock(`block${b + 1}`, channels, dimension, 10 * this.settings.seed + b));
    this.built = true;
  }

  private makeBlock(name: string, channels: number, dimension: number, seed: number): Block {
    const { bottleneck, convolution, radius, projection } = this.settings;
    const inner = bottleneck ?? channels;
    const dense = (part: string, units: number, offset: number, useBias: boolean) => layers.dense({ name: `${name}_${part}`, units, useBias, kernelInitializer: initializers.glorotUniform({ seed: 10 * seed + offset }) });
    const convolve = (part: string, offset: number, useBias: boolean) => new CONVOLUTIONS[convolution]({ name: `${name}_${part}`, channels: inner, radius, useBias, seed: 10 * seed + offset });
    // A bias before a normalisation would cancel: the last layer of a block has one.
    const own: readonly (readonly [number, layers.Layer])[] = [
      ...(bottleneck === null ? [] : [[channels, dense('narrow', inner, 2, false)] as const]),
      [inner, convolve('conv1', 0, false)], [inner, convolve('conv2', 1, bottleneck === null)],
      ...(bottleneck === null ? [] : [[inner, dense('widen', channels, 3, true)] as const]),
    ];
    const steps = own.map(([width, layer], i): Step => {
      const normalization = this.adopt(new PointNormalization({ name: `${name}_normalization${i + 1}` }));
      this.buildPart(normalization, [1, width]);
      this.adopt(layer);
      if (isConvolution(layer)) tf.tidy(() => void layer.apply([tf.zeros([1, width]), tf.zeros([1, dimension]), tf.zeros([1, 1], 'int32')]));
      else this.buildPart(layer, [1, width]);
      return { normalization, layer };
    });
    if (!projection) return { steps };
    const shortcut = this.adopt(dense('shortcut', channels, 4, true));
    this.buildPart(shortcut, [1, channels]);
    return { steps, shortcut };
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: PointResNetCallArgs): tf.Tensor {
    const [features, points, table] = inputs as tf.Tensor[];
    return tf.tidy(() => {
      const { neighbors, sizes } = kwargs;
      const own = neighbors ? undefined : table ? neighborhoodOf(table, points.shape[points.rank - 2]) : radiusPairs(points, this.settings.radius, { sizes });
      try {
        return this.residuals.reduce((x, block) => this.runBlock(block, x, points, neighbors ?? own!, kwargs), features);
      } finally {
        if (own) disposeNeighborhood(own);
      }
    });
  }

  private runBlock({ steps, shortcut }: Block, x: tf.Tensor, points: tf.Tensor, neighbors: SparseNeighborhood, { density, sizes, training, rows }: PointResNetCallArgs): tf.Tensor {
    const y = steps.reduce((seen, { normalization, layer }) => {
      const active = normalization.apply(seen, { training, rows, slope: 0 }) as tf.Tensor;
      return (isConvolution(layer) ? layer.apply([active, points], { neighbors, density, sizes, training }) : layer.apply(active)) as tf.Tensor;
    }, x);
    return tf.add(y, shortcut ? shortcut.apply(x) as tf.Tensor : x);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (inputShape as Shape[])[0];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(PointResNet);

const isConvolution = (layer: layers.Layer): layer is KernelConvolution => 'convolve' in layer;
