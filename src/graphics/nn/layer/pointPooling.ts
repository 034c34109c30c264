import { pool } from '../../geometry/convolution/graphPooling';
import { layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import { dataShape, withNeighbors, type GraphCallArgs } from './layerNeighbors';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export type PointPoolingAlgorithm = 'max' | 'average';

/**
 * From one level of a point hierarchy to the next: each coarse point gets by channel the maximum, or the mean, over its neighbours below, such as
 * the points of its cell. Called as `layer.apply(x, {neighbors})` with [B, M, N], `cells` or one of the `groups` of a level, or as
 * `layer.apply([x, table])` with int32 [B, M, K], −1 for none. Input [B, N, C], output [B, M, C]; points without neighbours get 0.
 * Qi et al., "PointNet++", NeurIPS 2017, section 3.2 (maximum); Simonovsky and Komodakis, "ECC", CVPR 2017, section 3.3 (pooling over cells).
 * @example
 * ```ts
 * const [x, table] = [tf.tensor3d([[[1], [5], [3]]]), tf.tensor3d([[[0, 1], [2, -1]]], [1, 2, 2], 'int32')];
 * new nn.layer.points.PointPooling().apply([x, table]); // → [[[5], [3]]]
 * new nn.layer.points.PointPooling({ algorithm: 'average' }).apply([x, table]); // → [[[3], [3]]]
 * ```
 */
export class PointPooling extends layers.Layer {
  static readonly className: string = 'PointPooling';
  private readonly settings: { readonly algorithm: PointPoolingAlgorithm };

  constructor(args: LayerArgs & {
    /** 'max' by default. */
    readonly algorithm?: PointPoolingAlgorithm;
  } = {}) {
    super(args);
    const { algorithm = 'max' } = args;
    this.settings = { algorithm };
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: GraphCallArgs): tf.Tensor {
    const algorithm = this.settings.algorithm === 'max' ? 'max' : 'weighted';
    return withNeighbors(inputs, kwargs, (x, neighbors) => pool(x, neighbors, null, { algorithm }));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return pooledShape(inputShape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(PointPooling);

export type PointUnpoolingAlgorithm = 'nearest' | 'interpolate';

/**
 * Back to the level below: each fine point gets the features of its coarse point, or the mean of several weighted by inverse distance. Called as
 * `layer.apply(x, {neighbors})` with [B, N, M], the transpose of a level's `cells` for 'nearest', its `interpolation` for 'interpolate'; or as
 * `layer.apply([x, table])` with int32 [B, N, K], −1 for none, which weigh alike. Input [B, M, C], output [B, N, C].
 * Qi et al., "PointNet++", NeurIPS 2017, equation 2.
 * @example
 * ```ts
 * const [x, table] = [tf.tensor3d([[[5], [3]]]), tf.tensor3d([[[0], [0], [1]]], [1, 3, 1], 'int32')];
 * new nn.layer.points.PointUnpooling().apply([x, table]); // → [[[5], [5], [3]]]
 * const clouds = { batch: 1, count: 3, positions: Float32Array.from([0, 0, 0, 1, 0, 0, 3, 0, 0]) };
 * const plan = { sampling: { method: 'farthest', count: 2 }, interpolation: { k: 2, power: 1 } } as const;
 * const [, { interpolation }] = geometry.pointHierarchy.createPointHierarchy(geometry.pointHierarchy.buildPointHierarchy(clouds, [plan]));
 * // The coarse points are the last and the first; the second lies between, twice as near to the first.
 * new nn.layer.points.PointUnpooling({ algorithm: 'interpolate' }).apply(x, { neighbors: interpolation }); // → [[[3], [3.6667], [5]]]
 * ```
 */
export class PointUnpooling extends layers.Layer {
  static readonly className: string = 'PointUnpooling';
  private readonly settings: { readonly algorithm: PointUnpoolingAlgorithm };

  constructor(args: LayerArgs & {
    /** 'nearest' by default. */
    readonly algorithm?: PointUnpoolingAlgorithm;
  } = {}) {
    super(args);
    const { algorithm = 'nearest' } = args;
    this.settings = { algorithm };
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: GraphCallArgs): tf.Tensor {
    // The maximum over one entry is that entry, whatever its weight.
    const algorithm = this.settings.algorithm === 'nearest' ? 'max' : 'weighted';
    return withNeighbors(inputs, kwargs, (x, neighbors) => pool(x, neighbors, null, { algorithm }));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return pooledShape(inputShape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(PointUnpooling);

/** The table tells how many points come out; without one only the call does. */
function pooledShape(inputShape: Shape | Shape[]): Shape {
  const data = dataShape(inputShape);
  const table = Array.isArray(inputShape[0]) ? (inputShape as Shape[])[1] : undefined;
  return [...data.slice(0, -2), table ? table[table.length - 2] : null, data[data.length - 1]];
}
