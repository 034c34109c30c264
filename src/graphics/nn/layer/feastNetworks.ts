import { transposeNeighborhood } from '../../../scene/neighborhood';
import { graphPooling } from '../../geometry/convolution';
import { gatherRows } from '../../kernels';
import type { Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import type { LayerSource } from '../model/layerArithmetic';
import { oneTensor, type CompositeLayer } from './compositeLayer';
import { ENCODER_CHANNELS, FeastNetwork, type FeastNetArgs, type FeastNetCallArgs } from './feastNetwork';
import { globalAverage } from './globalPointPooling';
import type { MeshGraphLevel } from './meshGraph';
import { MeshUnpooling } from './meshPooling';
import { winnersOf } from './winners';

/**
 * FeaStNet that labels every vertex: linear 16, feature-steered convolutions 32, 64, 128, each with ReLU, linear 256, logits, as in TensorFlow Graphics'
 * mesh segmentation. With several scales each convolution but the first comes after a pooling to a quarter of the vertices, and convolutions
 * 64 and 32 lead back by unpooling, beside what the encoder had there; the maximum over the coarsest level, told to every vertex, says
 * what the whole shape is. `convolution` puts a graph convolution or EdgeConv in the feature-steered one's place. Called as `layer.apply(x, {graph, training})`; [B, N, C] to [B, N, classCount], 0 for padding. The order of the
 * vertices does not matter, nor do seams.
 * @example
 * ```ts
 * const { createMeshGraph, disposeMeshGraph, FeastNetSegmenter } = nn.layer.mesh;
 * const positions = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1];
 * const tetrahedron = { positions: Float32Array.from(positions), faces: Uint32Array.from([0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2]) };
 * const graph = createMeshGraph([tetrahedron], 4);
 * const network = new FeastNetSegmenter({ classCount: 2, width: 0.25 });
 * (network.apply(tf.tensor3d(positions, [1, 4, 3]), { graph }) as tf.Tensor).shape; // → [1, 4, 2]
 * disposeMeshGraph(graph);
 * ```
 */
export class FeastNetSegmenter extends FeastNetwork {
  static readonly className: string = 'FeastNetSegmenter';
  private readonly decoder: readonly CompositeLayer[];
  private readonly unpools: readonly MeshUnpooling[];

  constructor(args: FeastNetArgs) {
    super(args);
    // From coarse to fine, each as wide as the encoder's layer there.
    const depths = Array.from({ length: this.settings.scales - 1 }, (_, i) => this.settings.scales - 2 - i);
    this.unpools = depths.map((_, i) => new MeshUnpooling({ name: `unpool${i + 1}` }));
    this.decoder = depths.map((depth, i) => this.block(`conv${ENCODER_CHANNELS.length + 1 + i}`, ENCODER_CHANNELS[depth], 4 + i));
  }

  override build(inputShape: Shape | Shape[]): void {
    const encoded = this.buildEncoder(inputShape as Shape);
    const [depth, global] = [this.decoder.length, encoded[encoded.length - 1]];
    const local = this.decoder.reduce((channels, block, i) => this.buildBlock(block, channels + encoded[depth - 1 - i]), global);
    this.buildHead(depth > 0 ? local + global : local);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: FeastNetCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    return tf.tidy(() => {
      const { graph: { levels }, training, record } = kwargs;
      const { features, global } = this.encode(x, kwargs);
      let y = features[features.length - 1];
      this.decoder.forEach((block, i) => {
        const depth = features.length - 2 - i;
        y = this.unpool(i, y, features[depth], levels[depth], levels[depth + 1], kwargs);
        y = block.apply(y, { training, record, level: levels[depth] }) as tf.Tensor;
      });
      const [{ positions, rows, pooling }] = levels;
      const told = this.decoder.length > 0 ? tf.concat([y, tf.reshape(gatherRows(global, rows.groups), [...y.shape.slice(0, 2), -1])], -1) : y;
      const sources: readonly LayerSource[] | undefined = this.decoder.length > 0
        ? [{ layer: this.decoder[this.decoder.length - 1].name, takes: 'own' }, { layer: this.levelName(levels.length - 1), takes: 'all' }] : undefined;
      return graphPooling.unpool(this.finish(told, positions, kwargs, sources), pooling.map, null, { algorithm: 'weighted' });
    });
  }

  /** Coarse features at the fine vertices, beside what these had. */
  private unpool(i: number, coarse: tf.Tensor, fine: tf.Tensor, { positions }: MeshGraphLevel, { pooling }: MeshGraphLevel, { record }: FeastNetCallArgs): tf.Tensor {
    const layer = this.unpools[i];
    const y = tf.concat([layer.apply(coarse, { poolMap: pooling.map }) as tf.Tensor, fine], -1);
    const depth = this.decoder.length - 1 - i;
    record?.({
      name: layer.name, kind: 'unpool', positions, activation: y, neighborhood: transposeNeighborhood(pooling.plain),
      sources: [{ layer: i === 0 ? this.levelName(depth + 1) : this.decoder[i - 1].name, takes: 'neighbors' }, { layer: this.levelName(depth), takes: 'own' }],
      arithmetic: { form: 'max', inputs: coarse, beside: fine, stages: [] },
    });
    return y;
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, ...this.decoder.flatMap(({ name }, i) => [this.unpools[i].name, name]), this.lastName];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, 2), this.settings.classCount];
  }
}
tf.serialization.registerClass(FeastNetSegmenter);

/**
 * FeaStNet that names whole meshes: the encoder of {@link FeastNetSegmenter}, the maximum over its coarsest level, linear 256, logits.
 * Called as `layer.apply(x, {graph, training})`; [B, N, C] to [B, classCount].
 * @example
 * ```ts
 * const { createMeshGraph, disposeMeshGraph, FeastNetClassifier } = nn.layer.mesh;
 * const triangle = { positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces: Uint32Array.from([0, 1, 2]) };
 * const graph = createMeshGraph([triangle], 3);
 * const network = new FeastNetClassifier({ classCount: 5, width: 0.25 });
 * (network.apply(tf.ones([1, 3, 3]), { graph }) as tf.Tensor).shape; // → [1, 5]
 * disposeMeshGraph(graph);
 * ```
 */
export class FeastNetClassifier extends FeastNetwork {
  static readonly className: string = 'FeastNetClassifier';

  override build(inputShape: Shape | Shape[]): void {
    this.buildHead(this.buildEncoder(inputShape as Shape).at(-1)!);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: FeastNetCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    return tf.tidy(() => {
      const { graph: { levels }, record } = kwargs;
      const { features, global } = this.encode(x, kwargs);
      const { positions, rows } = levels[levels.length - 1];
      const centre = tf.expandDims(globalAverage(positions, rows), 1);
      record?.({ name: 'globalMax', kind: 'global max', positions: centre, activation: global, winners: winnersOf(features[features.length - 1], rows) });
      return this.finish(global, centre, kwargs);
    });
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, 'globalMax', this.lastName];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.settings.classCount];
  }
}
tf.serialization.registerClass(FeastNetClassifier);
