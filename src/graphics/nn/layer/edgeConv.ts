import type { Neighborhood } from '../../../scene/neighborhood';
import { neighborhoodFromTable } from '../../../scene/neighborhoodBuilders';
import { createNeighborhood, disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution';
import { flattenFor, unflattenFrom } from '../../geometry/convolution/sparseNeighborhood';
import { kNearestNeighbors } from '../../geometry/neighborhood';
import { nearestRows } from '../../kernels';
import { initializers, layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import type { LayerArithmetic } from '../model/layerArithmetic';
import { CompositeLayer } from './compositeLayer';
import { dataShape, withNeighbors, type GraphCallArgs } from './layerNeighbors';
import { PointNormalization } from './pointNormalization';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** Of the negative part: the paper's. */
const LEAK = 0.2;

/** Up to this dimension neighbours come from a tree on the processor, exactly; beyond, from matrix products where the features lie. */
const MOST_TREE_DIMENSIONS = 9;

export type EdgeConvArgs = LayerArgs & {
  /** How many features each point gets. */
  readonly channels: number;
  /** Nearest neighbours of each point, itself among them, where the call gives no neighbours; 20 by default. */
  readonly k?: number;
  /** Share of the moving averages that stays at each step, 0.9 by default. */
  readonly momentum?: number;
  /** Of the initial weights (Glorot uniform), 1 by default. */
  readonly seed?: number;
};

export interface EdgeConvCallArgs extends GraphCallArgs { readonly training?: boolean }

/**
 * EdgeConv: yᵢ = maxⱼ LeakyReLU(BN(Θ·(xⱼ − xᵢ) + Φ·xᵢ)) over the neighbours j of i. Wang et al., "Dynamic Graph CNN for Learning on Point Clouds",
 * ACM TOG 2019, equations 7 and 8. Called as `layer.apply(x, {training, sizes})`, and its graph is dynamic: the k nearest by x itself; or with a
 * given graph as `layer.apply(x, {neighbors, training})` or `layer.apply([x, table], {training})`. Input [*, N, D], output [*, N, channels]; weights [2D, channels] for
 * [xᵢ, xⱼ − xᵢ]. Its products are made for points, not for edges: (Φ − Θ)·xᵢ + Θ·xⱼ, and no tensor is as large as the graph.
 * @example
 * ```ts
 * const layer = new nn.layer.edgeConv.EdgeConv({ channels: 4, k: 3 });
 * const y = layer.apply(tf.ones([2, 5, 3])) as tf.Tensor;
 * y.shape; // → [2, 5, 4]
 * ```
 */
export class EdgeConv extends CompositeLayer {
  static readonly className: string = 'EdgeConv';
  private readonly settings: { readonly channels: number; readonly k: number; readonly momentum: number; readonly seed: number };
  private readonly dense: layers.Layer;
  private readonly normalization: PointNormalization;

  constructor(args: EdgeConvArgs) {
    super(args);
    const { channels, k = 20, momentum = 0.9, seed = 1 } = args;
    this.settings = { channels, k, momentum, seed };
    this.dense = this.adopt(layers.dense({ name: 'dense', units: channels, useBias: false, kernelInitializer: initializers.glorotUniform({ seed }) }));
    this.normalization = this.adopt(new PointNormalization({ name: 'normalization', momentum }));
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildPart(this.normalization, this.buildPart(this.dense, [1, 2 * (dataShape(inputShape).at(-1) as number)]));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: EdgeConvCallArgs): tf.Tensor {
    const { training = false, neighbors, sizes = null } = kwargs;
    const isDynamic = !neighbors && (!Array.isArray(inputs) || inputs.length === 1);
    return tf.tidy(() => {
      if (!isDynamic) return withNeighbors(inputs, kwargs, (x, given) => this.convolve(x, given, training));
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const own = this.upload(this.graphOf(x, sizes));
      try {
        return this.convolve(x, own, training);
      } finally {
        disposeNeighborhood(own);
      }
    });
  }

  /**
   * The dynamic graph: the k nearest points of each by these features, itself among them; fewer where a cloud has fewer. A constant to gradients.
   * @param x [*, N, D] @param sizes int32 [*]: how many points count; the others have no neighbours.
   */
  graphOf(x: tf.Tensor, sizes: tf.Tensor | null = null): Neighborhood {
    const [count, dimension] = x.shape.slice(-2);
    const batch = x.shape.slice(0, -2);
    const { k } = this.settings;
    const indices = tf.tidy(() => {
      if (dimension <= MOST_TREE_DIMENSIONS) return kNearestNeighbors(x, k, { sizes }).indices.dataSync();
      const rows = tf.reshape(x, [-1, count, dimension]) as tf.Tensor3D;
      return nearestRows(rows, k, { sizes: sizes && tf.reshape(sizes, [-1]) as tf.Tensor1D }).dataSync();
    });
    const table = Int32Array.from(indices);
    sizes?.dataSync().forEach((size, b) => table.fill(-1, (b * count + size) * k, (b + 1) * count * k));
    return neighborhoodFromTable(table, k, { rowCount: count, columnCount: count, batch });
  }

  /** A graph of {@link graphOf} on the device, filled up to as many entries as clouds without padding have: WebGL's programs are made for sizes. */
  upload(graph: Neighborhood): SparseNeighborhood {
    return createNeighborhood(graph, { entryCount: (graph.offsets.length - 1) * Math.min(this.settings.k, graph.columnCount) });
  }

  /** What the layer makes of x outside training, for records. */
  arithmetic(x: tf.Tensor): LayerArithmetic {
    return { form: 'edge', inputs: x, stages: [{ kernel: this.dense.weights[0].read(), ...this.normalization.line(), slope: LEAK }] };
  }

  private convolve(x: tf.Tensor, neighbors: SparseNeighborhood, training: boolean): tf.Tensor {
    const flat = flattenFor(neighbors, x);
    const dimension = x.shape[x.rank - 1];
    const { channels } = this.settings;
    const [ofCentre, ofDifference] = tf.split(this.dense.weights[0].read(), 2, 0);
    const vertices = neighbors.columns.segmentCount;
    // One set of vertices through the batch, unless the batch shares a graph.
    const elements = neighbors.batch.length > 0 ? 1 : tf.util.sizeFromShape(x.shape.slice(0, -2));
    const rows = tf.reshape(flat, [elements * vertices, dimension]) as tf.Tensor2D;
    const product = (matrix: tf.Tensor) => tf.reshape(tf.matMul(rows, matrix as tf.Tensor2D), [elements, vertices, channels]) as tf.Tensor3D;
    const y = this.normalization.maxOfEdges(product(tf.sub(ofCentre, ofDifference)), product(ofDifference), neighbors, { training, slope: LEAK });
    return unflattenFrom(neighbors, tf.reshape(y, [...flat.shape.slice(0, -1), channels]));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...dataShape(inputShape).slice(0, -1), this.settings.channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(EdgeConv);
