import { layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import type { LayerSource } from '../model/layerArithmetic';
import type { LayerRecord } from '../model/pointModel';
import { CompositeLayer } from './compositeLayer';
import type { KernelConvolution, KernelView } from './kernelConvolution';
import type { KernelLevel, KernelPairs } from './kernelLevels';
import type { NetworkCallArgs } from './pointNetwork';
import { PointNormalization } from './pointNormalization';

export interface KernelBlockCallArgs extends Pick<NetworkCallArgs, 'training' | 'record' | 'penalize'> {
  /** Where features come from, and where they go: the same level, or the one above. */
  readonly from: KernelLevel;
  readonly to: KernelLevel;
  readonly pairs: KernelPairs;
  /** For the record; by default the layer before. */
  readonly sources?: readonly LayerSource[];
}

/** What is left of negative results, by kind of convolution: ReLU in PointConv's and Monte-Carlo convolution's networks, a leaky one in KPConv's. */
export const SLOPES = { pointconv: 0, montecarlo: 0, kpconv: 0.1 } as const;
export type KernelFamily = keyof typeof SLOPES;

/** Of the deformation's regularisation in the loss: with it as large as the loss itself, kernel points would follow the surface and nothing else. */
const PENALTY_WEIGHT = 0.1;

export type KernelBlockArgs = ConstructorParameters<typeof layers.Layer>[0] & {
  readonly family: KernelFamily;
  /** Made by the owner; without a bias, which the normalisation has. */
  readonly convolution: KernelConvolution;
  readonly channels: number;
};

/** Kernel points [W, 3], or [B, M, W, 3] where each place has its own. */
const placed = (points: tf.Tensor, { positions }: KernelLevel): tf.Tensor =>
  (points.rank > 2 ? tf.reshape(points, [...positions.shape.slice(0, 2), ...points.shape.slice(-2)]) : points);

/**
 * A convolution on points, batch normalisation, (leaky) ReLU. Where it stays on its level and as many channels come out as go in, these are added before the
 * ReLU (He et al., "Deep Residual Learning", CVPR 2016). [B, M', C] to [B, M, channels].
 */
export class KernelBlock extends CompositeLayer {
  static readonly className: string = 'KernelBlock';
  private readonly family: KernelFamily;
  private readonly channels: number;
  private readonly convolution: KernelConvolution;
  private readonly normalization: PointNormalization;

  constructor({ family, convolution, channels, ...args }: KernelBlockArgs) {
    super(args);
    [this.family, this.channels] = [family, channels];
    this.convolution = this.adopt(convolution);
    this.normalization = this.adopt(new PointNormalization({ name: 'normalization' }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = (inputShape as Shape).at(-1) as number;
    tf.tidy(() => void this.convolution.apply([tf.zeros([1, channels]), tf.zeros([1, 3]), tf.zeros([1, 1], 'int32')]));
    this.buildPart(this.normalization, [1, this.channels]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training, record, penalize, from, to, pairs, sources }: KernelBlockCallArgs): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tf.tidy(() => {
      let view: KernelView | undefined;
      const y = this.convolution.apply([x, from.positions, to.positions], {
        neighbors: pairs.map, density: from.density, training,
        // Kept beyond the convolution's own scope, for the record below.
        inspect: record && (({ entryWeights, kernelPoints, density }: KernelView) => {
          const keep = (tensor: tf.Tensor) => tf.keep(tf.clone(tensor));
          view = { entryWeights: keep(entryWeights), kernelPoints: kernelPoints && keep(kernelPoints), density: density && keep(density) };
        }),
        regularize: penalize && ((penalty: tf.Tensor) => penalize(tf.mul(penalty, PENALTY_WEIGHT) as tf.Scalar)),
      }) as tf.Tensor;
      const slope = SLOPES[this.family];
      const adds = from === to && x.shape[x.rank - 1] === this.channels;
      const normalized = this.normalization.apply(y, { training, rows: to.rows, slope: adds ? 1 : slope }) as tf.Tensor;
      const activation = adds ? tf.leakyRelu(tf.add(normalized, x), slope) : normalized;
      if (record) {
        const stages = [{ kernel: this.convolution.kernel, ...this.normalization.line(), slope }];
        this.tell(record, { activation, sources, arithmetic: { form: 'sum', inputs: x, stages, residual: adds } }, to, pairs, view);
      }
      return activation;
    });
  }

  private tell(record: NonNullable<NetworkCallArgs['record']>, made: Pick<LayerRecord, 'activation' | 'sources' | 'arithmetic'>, to: KernelLevel, { plain }: KernelPairs, view?: KernelView): void {
    // Without the entries of padding.
    const entries = (tensor: tf.Tensor | undefined) => tensor && tf.slice(tensor, [0, 0], [plain.columns.length, -1]);
    const entryWeights = entries(view?.entryWeights);
    record({
      name: this.name, kind: this.family === 'kpconv' ? 'kernel point convolution' : 'point convolution',
      positions: to.positions, ...made, neighborhood: plain, entryWeights, kernelPoints: view?.kernelPoints && placed(view.kernelPoints, to),
      entryDensity: entries(view?.density),
    });
    if (view) tf.dispose({ ...view } as tf.NamedTensorMap);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -2), (inputShape as Shape).at(-2) as number, this.channels];
  }
}
