import { disposeNeighborhood, graphPooling, type SparseNeighborhood } from '../../geometry/convolution';
import type { PoolingAlgorithm } from '../../geometry/convolution/graphPooling';
import { neighborhoodOf } from '../../geometry/neighborhood';
import { layers, type Shape } from '../../layers';
import * as tf from '../../tf';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** What pooling layers are called with beside the data. */
export interface PoolCallArgs {
  /** Where the input is the data alone: [*, coarse, fine], or [coarse, fine] for the whole batch; as `meshLevels` and `decimate` build it. */
  readonly poolMap?: SparseNeighborhood;
}

export type MeshPoolingArgs = LayerArgs & {
  /** By channel the maximum, or the mean by the map's weights; 'max' by default. */
  readonly algorithm?: PoolingAlgorithm;
};

/** Runs `f` with the map of the call's arguments, or with one of the second input's table, whose columns are `columnCount`. */
function withMap(inputs: tf.Tensor | tf.Tensor[], { poolMap }: PoolCallArgs, f: (data: tf.Tensor, map: SparseNeighborhood) => tf.Tensor): tf.Tensor {
  const [data, table] = Array.isArray(inputs) ? inputs : [inputs];
  if (poolMap) return f(data, poolMap);
  if (!table) throw new Error('poolMap must be given: as a second input, a table of indices, or as {poolMap} in the call\'s arguments');
  const own = neighborhoodOf(table, data.shape[data.rank - 2]);
  try {
    return f(data, own);
  } finally {
    disposeNeighborhood(own);
  }
}

abstract class MapLayer extends layers.Layer {
  protected readonly settings: { readonly algorithm: PoolingAlgorithm };

  constructor(args: MeshPoolingArgs = {}) {
    super(args);
    const { algorithm = 'max' } = args;
    if (algorithm !== 'max' && algorithm !== 'weighted') throw new Error(`algorithm must be 'max' or 'weighted', not '${String(algorithm)}'`);
    this.settings = { algorithm };
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    if (!Array.isArray(inputShape[0])) return [...(inputShape as Shape).slice(0, -2), null, (inputShape as Shape).at(-1) as number];
    const [data, table] = inputShape as Shape[];
    return [...data.slice(0, -2), table[table.length - 2], data[data.length - 1]];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/**
 * Pools a mesh's features into those of a coarser mesh, along the map of a quadric decimation (Garland and Heckbert, SIGGRAPH 1997; maps from
 * `decimate`, `decimationHierarchy` or `meshLevels`): {@link graphPooling.pool} as a layer, as in Verma et al., "FeaStNet", CVPR 2018, section 3.3.
 * Called as `layer.apply(data, {poolMap})`, or, in models of layers, `layer.apply([data, table])`, the table being int32 [*, coarse, K] with the fine
 * vertices of each coarse one and −1 for none. [*, fine, C] to [*, coarse, C].
 * @example
 * ```ts
 * const data = tf.tensor2d([[1], [5], [4]]);
 * const members = tf.tensor2d([[0, 1], [2, -1]], [2, 2], 'int32');
 * new nn.layer.mesh.MeshPooling().apply([data, members]); // → [[5], [4]]
 * new nn.layer.mesh.MeshPooling({ algorithm: 'weighted' }).apply([data, members]); // → [[3], [4]]
 * ```
 */
export class MeshPooling extends MapLayer {
  static readonly className: string = 'MeshPooling';

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: PoolCallArgs): tf.Tensor {
    return tf.tidy(() => withMap(inputs, kwargs, (data, map) => graphPooling.pool(data, map, null, this.settings)));
  }
}
tf.serialization.registerClass(MeshPooling);

/**
 * The way back from {@link MeshPooling}: every fine vertex takes what its coarse one has, {@link graphPooling.unpool} as a layer.
 * Called as `layer.apply(data, {poolMap})` with the map given to the pooling, or `layer.apply([data, parents])`, the table being int32
 * [*, fine, K] with the coarse vertices of each fine one (K = 1 for a decimation's `parents`). [*, coarse, C] to [*, fine, C].
 * @example
 * ```ts
 * const parents = tf.tensor2d([[0], [0], [1]], [3, 1], 'int32');
 * new nn.layer.mesh.MeshUnpooling().apply([tf.tensor2d([[5], [4]]), parents]); // → [[5], [5], [4]]
 * ```
 */
export class MeshUnpooling extends MapLayer {
  static readonly className: string = 'MeshUnpooling';

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: PoolCallArgs): tf.Tensor {
    const { algorithm } = this.settings;
    return tf.tidy(() => withMap(inputs, kwargs, (data, map) =>
      (kwargs.poolMap ? graphPooling.unpool(data, map, null, { algorithm }) : graphPooling.pool(data, map, null, { algorithm }))));
  }
}
tf.serialization.registerClass(MeshUnpooling);
