import { segmentMax, segmentSum } from '../../kernels';
import { layers, type Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import type { PointRows } from '../../geometry/pointHierarchy';
import { withRows, type PointCallArgs } from './pointRows';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export type GlobalPoolingAlgorithm = 'max' | 'average';

/** @param x [B, N, C] @returns [B, C]: by channel the largest of the points that count, 0 for clouds without any. */
export const globalMax = (x: tf.Tensor, { groups }: PointRows): tf.Tensor2D =>
  segmentMax(tf.reshape(x, [-1, x.shape[x.rank - 1]]), groups) as tf.Tensor2D;

/** @param x [B, N, C] @returns [B, C]: the mean of the points that count, 0 for clouds without any. */
export const globalAverage = (x: tf.Tensor, { groups }: PointRows): tf.Tensor2D => tf.tidy(() => {
  const counts = tf.sub(tf.slice(groups.offsets, 1), tf.slice(groups.offsets, 0, groups.segmentCount));
  const sums = segmentSum(tf.reshape(x, [-1, x.shape[x.rank - 1]]), groups);
  return tf.div(sums, tf.maximum(tf.expandDims(tf.cast(counts, 'float32'), -1), 1)) as tf.Tensor2D;
});

/**
 * One feature for a whole cloud: by channel the maximum, or the mean, over its points. Qi et al., "PointNet", CVPR 2017, equation 1.
 * Called as `layer.apply(x, {sizes})`; [B, N, C] to [B, C]. The gradient of a maximum goes to the first point that reaches it.
 * @example
 * ```ts
 * const cloud = tf.tensor3d([[[1, 5], [3, 1]]]);
 * new nn.layer.points.GlobalPointPooling().apply(cloud); // → [[3, 5]]
 * new nn.layer.points.GlobalPointPooling({ algorithm: 'average' }).apply(cloud); // → [[2, 3]]
 * ```
 */
export class GlobalPointPooling extends layers.Layer {
  static readonly className: string = 'GlobalPointPooling';
  private readonly settings: { readonly algorithm: GlobalPoolingAlgorithm };

  constructor(args: LayerArgs & {
    /** 'max' by default. */
    readonly algorithm?: GlobalPoolingAlgorithm;
  } = {}) {
    super(args);
    const { algorithm = 'max' } = args;
    this.settings = { algorithm };
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: PointCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    return tf.tidy(() => withRows(x, kwargs, (rows) => (this.settings.algorithm === 'max' ? globalMax(x, rows) : globalAverage(x, rows))));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, , channels] = inputShape as Shape;
    return [batch, channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(GlobalPointPooling);
