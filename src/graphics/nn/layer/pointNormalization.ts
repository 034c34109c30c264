import { segmentSum } from '../../kernels';
import { untaped } from '../../kernels/untaped';
import { initializers, layers, type LayerVariable, type Shape } from '../../layers';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import type { RowGroups } from '../../geometry/pointHierarchy';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** Added to variances, as in Keras: channels that do not vary stay as they are. */
const VARIANCE_FLOOR = 1e-3;

export interface NormalizationCallArgs {
  readonly training?: boolean;
  /** Which rows count, if not all. */
  readonly rows?: RowGroups;
}

/** [C]: sums over the rows that count. */
const columnSums = (x: tf.Tensor2D, rows?: RowGroups): tf.Tensor1D => (rows ? tf.sum(segmentSum(x, rows.groups), 0) : tf.sum(x, 0));

interface Moments { readonly mean: tf.Tensor1D; readonly variance: tf.Tensor1D }

function momentsOf(x: tf.Tensor2D, rows?: RowGroups): Moments {
  const count = Math.max(1, rows ? rows.total : x.shape[0]);
  const mean = tf.div(columnSums(x, rows), count) as tf.Tensor1D;
  return { mean, variance: tf.div(columnSums(tf.squaredDifference(x, mean), rows), count) };
}

/** Refuses to be differentiated once more: moments are constants here, which second derivatives must not take them for. */
const onceOnly = (gradient: tf.Tensor): tf.Tensor => tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => ({
  value: tf.clone(args[0] as tf.Tensor),
  gradFunc: (): tf.Tensor => { throw new Error('batch normalisation in training can be differentiated once only'); },
}))(gradient);

/** (x − mean) / √(variance + ε) · γ + β over rows [R, C], whose moments depend on x; three sums over rows where taped ops would take many. */
function normalizeByMoments(x: tf.Tensor2D, gamma: tf.Tensor, beta: tf.Tensor, { mean, variance }: Moments, rows?: RowGroups): tf.Tensor2D {
  const count = Math.max(1, rows ? rows.total : x.shape[0]);
  const op = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [input, scale, shift, save] = args as [tf.Tensor2D, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const inverse = tf.rsqrt(tf.add(variance, VARIANCE_FLOOR));
    const factor = tf.mul(inverse, scale);
    save([input, scale, mean, inverse]);
    return {
      value: tf.add(tf.mul(input, factor), tf.sub(shift, tf.mul(mean, factor))),
      gradFunc: (dy: tf.Tensor, [x2, scale2, mean2, inverse2]: tf.Tensor[]) => {
        const change = dy as tf.Tensor2D;
        const sum = columnSums(change, rows);
        // Σ dy · (x − mean) / σ
        const dScale = tf.mul(tf.sub(columnSums(tf.mul(change, x2) as tf.Tensor2D, rows), tf.mul(sum, mean2)), inverse2);
        // dy − Σ dy / n − (x − mean) / σ · dScale / n, as one line in dy and x.
        const slope = tf.div(tf.mul(dScale, inverse2), -count);
        const constant = tf.sub(tf.div(sum, -count), tf.mul(slope, mean2));
        const moved = tf.mul(tf.add(tf.add(change, tf.mul(x2, slope)), constant), tf.mul(scale2, inverse2));
        return [onceOnly(rows?.mask ? tf.mul(moved, rows.mask) : moved), onceOnly(dScale), onceOnly(sum)];
      },
    };
  });
  return op(x, gamma, beta) as tf.Tensor2D;
}

/**
 * Batch normalisation over all axes but the last, in which padding neither counts nor gets a gradient. Ioffe, Szegedy, "Batch Normalization",
 * ICML 2015, algorithm 1. Called as `layer.apply(x, {training, rows})`; input and output [*, C].
 * @example
 * ```ts
 * const layer = new nn.layer.points.PointNormalization({ momentum: 0.5 });
 * // In training by the batch: mean 3, deviation 2.
 * layer.apply(tf.tensor2d([[1], [5]]), { training: true }); // → [[-1], [1]]
 * // Else by the moving averages: half of the way from mean 0 and variance 1.
 * layer.apply(tf.tensor2d([[1.5]])); // → [[0]]
 * ```
 */
export class PointNormalization extends layers.Layer {
  static readonly className: string = 'PointNormalization';
  private readonly settings: { readonly momentum: number };
  private variables?: Readonly<Record<'gamma' | 'beta' | 'mean' | 'variance', LayerVariable>>;

  constructor(args: LayerArgs & {
    /** Share of the moving averages that stays at each step, 0.9 by default. */
    readonly momentum?: number;
  } = {}) {
    super(args);
    const { momentum = 0.9 } = args;
    this.settings = { momentum };
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = [(inputShape as Shape).at(-1) as number];
    this.variables = {
      gamma: this.addWeight('gamma', shape, 'float32', initializers.ones()),
      beta: this.addWeight('beta', shape, 'float32', initializers.zeros()),
      mean: this.addWeight('movingMean', shape, 'float32', initializers.zeros(), undefined, false),
      variance: this.addWeight('movingVariance', shape, 'float32', initializers.ones(), undefined, false),
    };
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false, rows }: NormalizationCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    const [gamma, beta, mean, variance] = (['gamma', 'beta', 'mean', 'variance'] as const).map((name) => this.variables![name].read());
    return tf.tidy(() => {
      if (!training) {
        const factor = tf.mul(gamma, tf.rsqrt(tf.add(variance, VARIANCE_FLOOR)));
        return tf.add(tf.mul(x, factor), tf.sub(beta, tf.mul(mean, factor)));
      }
      const flat = tf.reshape(x, [-1, x.shape[x.rank - 1]]) as tf.Tensor2D;
      const moments = untaped(() => tf.tidy(() => momentsOf(flat, rows) as unknown as tf.TensorContainerObject)) as unknown as Moments;
      this.follow(moments);
      return tf.reshape(normalizeByMoments(flat, gamma, beta, moments, rows), x.shape);
    });
  }

  /** Moves the moving averages. */
  private follow({ mean, variance }: Moments): void {
    const { momentum } = this.settings;
    untaped(() => tf.tidy(() => {
      for (const [variable, now] of [[this.variables!.mean, mean], [this.variables!.variance, variance]] as const) {
        variable.write(tf.add(tf.mul(variable.read(), momentum), tf.mul(now, 1 - momentum)));
      }
    }));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(PointNormalization);
