import { initializers, layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import type { NeighborTables } from '../../kernels';
import { normalizedEdgeMax } from './normalizedEdgeMax';
import { lineOfAverages, normalizedDenseMax, normalizeRows, type NormalizationWeights } from './normalizedDense';
import type { RowGroups } from '../../geometry/pointHierarchy';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export interface NormalizationCallArgs {
  readonly training?: boolean;
  /** Which rows count, if not all. */
  readonly rows?: RowGroups;
  /** What becomes of negative results: 0 for ReLU, 1, the default, for nothing. */
  readonly slope?: number;
}

/**
 * Batch normalisation over all axes but the last, in which padding neither counts nor gets a gradient. Ioffe, Szegedy, "Batch Normalization",
 * ICML 2015, algorithm 1. Outside training by moving averages, which are plain means of the first batches: a network is fit for use after few.
 * Called as `layer.apply(x, {training, rows})`; input and output [*, C].
 * @example
 * ```ts
 * const layer = new nn.layer.points.PointNormalization({ momentum: 0.5 });
 * // In training by the batch: mean 3, deviation 2.
 * layer.apply(tf.tensor2d([[1], [5]]), { training: true }); // → [[-1], [1]]
 * // Else by the moving averages, which are now these.
 * layer.apply(tf.tensor2d([[4]])); // → [[0.5]]
 * ```
 */
export class PointNormalization extends layers.Layer {
  static readonly className: string = 'PointNormalization';
  private readonly settings: { readonly momentum: number };
  private variables?: NormalizationWeights;

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
      batches: this.addWeight('batches', [1], 'float32', initializers.zeros(), undefined, false),
    };
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false, rows, slope = 1 }: NormalizationCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    return tf.tidy(() => {
      const flat = tf.reshape(x, [-1, x.shape[x.rank - 1]]) as tf.Tensor2D;
      return tf.reshape(normalizeRows(flat, this.variables!, { training, slope, ...this.settings }, rows), x.shape);
    });
  }

  /**
   * The maximum over each cloud's points of what `call` gives for x · kernel, without that product: {@link normalizedDenseMax}.
   * @param x [*, D] @param kernel [D, C] @returns [B, C]
   */
  maxOfProduct(x: tf.Tensor, kernel: tf.Tensor2D, rows: RowGroups, { training = false, slope = 1 }: NormalizationCallArgs): tf.Tensor2D {
    return tf.tidy(() => normalizedDenseMax(tf.reshape(x, [-1, kernel.shape[0]]), kernel, this.variables!, { training, slope, ...this.settings }, rows));
  }

  /**
   * The maximum over each row's neighbours of what `call` gives for own[row] + other[column], without a tensor of all edges: {@link normalizedEdgeMax}.
   * @param own [B, R, C] @param other [B, V, C] @returns [B, R, C]
   */
  maxOfEdges(own: tf.Tensor3D, other: tf.Tensor3D, tables: NeighborTables, { training = false, slope = 1 }: NormalizationCallArgs): tf.Tensor3D {
    return normalizedEdgeMax(own, other, this.variables!, { training, slope, ...this.settings }, tables);
  }

  /** What each channel is multiplied by and what is added then, outside training: [C] each, new tensors. */
  line(): { readonly scale: tf.Tensor; readonly shift: tf.Tensor } {
    return tf.tidy(() => lineOfAverages(this.variables!) as { scale: tf.Tensor; shift: tf.Tensor });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(PointNormalization);
