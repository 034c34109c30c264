import { transposeNeighborhood } from '../../../scene/neighborhood';
import { graphPooling } from '../../geometry/convolution';
import { gatherRows } from '../../kernels';
import { initializers, layers, type Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { CompositeLayer, oneTensor } from './compositeLayer';
import { dropOut } from './dropOut';
import { globalAverage, globalMax } from './globalPointPooling';
import { createMeshGraph, disposeMeshGraph, type MeshGraph, type MeshGraphLevel } from './meshGraph';
import { MeshPooling, MeshUnpooling } from './meshPooling';
import type { NetworkCallArgs } from './pointNetwork';
import { scaled } from './sharedLayer';
import { SteeredBlock } from './steeredBlock';
import { winnersOf } from './winners';

// Networks of feature-steered convolutions on meshes: Verma, Boyer, Verbeek, "FeaStNet: Feature-Steered Graph Convolutions for 3D Shape Analysis",
// CVPR 2018. B meshes of N vertices with C features, the coordinates among them.

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export type FeastNetArgs = LayerArgs & {
  /** Parts, or classes. */
  readonly classCount: number;
  /** Scales the widths of all layers, 1 by default. */
  readonly width?: number;
  /** Resolutions, each of a quarter of the vertices of the one before; 1, the default, is the paper's network without pooling. */
  readonly scales?: number;
  /** W of each convolution, 8 by default. */
  readonly numWeightMatrices?: number;
  /** Batch normalisation after each convolution. The paper has none; false by default. */
  readonly normalization?: boolean;
  /** Share of the last features that training leaves out, 0 by default. */
  readonly dropoutRate?: number;
  /** Of the initial weights and of what is left out, 1 by default. */
  readonly seed?: number;
};

const settingsOf = ({ classCount, width = 1, scales = 1, numWeightMatrices = 8, normalization = false, dropoutRate = 0, seed = 1 }: FeastNetArgs) =>
  ({ classCount, width, scales, numWeightMatrices, normalization, dropoutRate, seed });

const FIRST_CHANNELS = 16;
const ENCODER_CHANNELS = [32, 64, 128] as const;
const LAST_CHANNELS = 256;

/** What the levels of a mesh graph must be for a network of that many scales. */
export const sharesOf = (scales: number): readonly number[] => Array.from({ length: scales - 1 }, (_, i) => 4 ** -(i + 1));

export interface FeastNetCallArgs extends NetworkCallArgs {
  /** Of as many levels as the network has scales. */
  readonly graph: MeshGraph;
}

interface Encoded {
  /** Features of each level, the finest first. */
  readonly features: readonly tf.Tensor[];
  /** [B, D]: by channel the maximum over the coarsest level. */
  readonly global: tf.Tensor;
}

abstract class FeastNetwork extends CompositeLayer {
  protected readonly settings: ReturnType<typeof settingsOf>;
  private readonly first: layers.Layer;
  private readonly encoder: readonly SteeredBlock[];
  private readonly pools: readonly MeshPooling[];
  private readonly last: layers.Layer;
  private readonly logits: layers.Layer;
  private calls = 0;

  constructor(args: FeastNetArgs) {
    super(args);
    this.settings = settingsOf(args);
    const { classCount, scales, seed } = this.settings;
    if (!(Number.isInteger(scales) && scales >= 1 && scales <= ENCODER_CHANNELS.length)) throw new Error(`scales must be 1 … ${ENCODER_CHANNELS.length}, not ${scales}`);
    this.first = this.adopt(this.dense('linear1', FIRST_CHANNELS, 0));
    this.encoder = ENCODER_CHANNELS.map((channels, i) => this.block(`conv${i + 1}`, channels, 1 + i));
    this.pools = Array.from({ length: scales - 1 }, (_, i) => new MeshPooling({ name: `pool${i + 1}` }));
    this.last = this.adopt(this.dense('linear2', LAST_CHANNELS, 8));
    this.logits = this.adopt(layers.dense({ name: 'logits', units: classCount, kernelInitializer: initializers.glorotUniform({ seed: 10 * seed + 9 }) }));
  }

  private dense(name: string, channels: number, offset: number): layers.Layer {
    const { width, seed } = this.settings;
    return layers.dense({ name, units: scaled(channels, width), kernelInitializer: initializers.glorotUniform({ seed: 10 * seed + offset }) });
  }

  protected block(name: string, channels: number, offset: number): SteeredBlock {
    const { width, numWeightMatrices, normalization, seed } = this.settings;
    return this.adopt(new SteeredBlock({ name, channels: scaled(channels, width), numWeightMatrices, normalization, seed: 10 * seed + offset }));
  }

  /** @returns channels of each encoder layer. */
  protected buildEncoder(inputShape: Shape): readonly number[] {
    let channels = this.buildPart(this.first, [1, 1, inputShape.at(-1) as number])[2] as number;
    return this.encoder.map((block) => (channels = this.buildBlock(block, channels)));
  }

  /** Makes a block's weights, on a graph of one vertex. @returns its output channels. */
  protected buildBlock(block: SteeredBlock, channels: number): number {
    const graph = createMeshGraph([{ positions: new Float32Array(3), faces: new Uint32Array() }], 1);
    tf.tidy(() => void block.apply(tf.zeros([1, 1, channels]), { level: graph.levels[0] }));
    disposeMeshGraph(graph);
    return (block.computeOutputShape([1, 1, channels]) as Shape)[2] as number;
  }

  protected buildHead(channels: number): void {
    this.buildPart(this.logits, this.buildPart(this.last, [1, channels]));
    this.built = true;
  }

  /** @param x [B, N, C] */
  protected encode(x: tf.Tensor, { graph: { levels }, training, record }: FeastNetCallArgs): Encoded {
    const { scales } = this.settings;
    if (levels.length !== scales) throw new Error(`graph must have ${scales} levels, but it has ${levels.length}`);
    let y = this.first.apply(graphPooling.pool(x, levels[0].pooling.map, null, { algorithm: 'weighted' })) as tf.Tensor;
    record?.({ name: this.first.name, kind: 'dense', positions: levels[0].positions, activation: y });
    const features: tf.Tensor[] = [];
    this.encoder.forEach((block, i) => {
      const depth = Math.min(i, scales - 1);
      if (i > 0 && i < scales) {
        const { pooling, positions } = levels[i];
        y = this.pools[i - 1].apply(y, { poolMap: pooling.map }) as tf.Tensor;
        record?.({ name: this.pools[i - 1].name, kind: 'pool', positions, activation: y, neighborhood: pooling.plain });
      }
      y = block.apply(y, { training, record, level: levels[depth] }) as tf.Tensor;
      features[depth] = y;
    });
    return { features, global: globalMax(y, levels[scales - 1].rows) };
  }

  /** Features [*, C] to logits. */
  protected finish(x: tf.Tensor, positions: tf.Tensor, { training, record, dropSeed = this.settings.seed + this.calls++ }: NetworkCallArgs): tf.Tensor {
    const y = tf.relu(this.last.apply(x) as tf.Tensor);
    record?.({ name: this.last.name, kind: 'dense', positions, activation: y });
    return this.logits.apply(training ? dropOut(y, this.settings.dropoutRate, dropSeed) : y) as tf.Tensor;
  }

  protected get encoderNames(): readonly string[] {
    return [this.first.name, ...this.encoder.flatMap(({ name }, i) => (i > 0 && i < this.settings.scales ? [this.pools[i - 1].name, name] : [name]))];
  }

  protected get lastName(): string {
    return this.last.name;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/**
 * FeaStNet that labels every vertex: linear 16, feature-steered convolutions 32, 64, 128, each with ReLU, linear 256, logits, as in TensorFlow Graphics'
 * mesh segmentation. With several scales each convolution but the first comes after a pooling to a quarter of the vertices, and convolutions
 * 64 and 32 lead back by unpooling, beside what the encoder had there; the maximum over the coarsest level, told to every vertex, says
 * what the whole shape is. Called as `layer.apply(x, {graph, training})`; [B, N, C] to [B, N, classCount], 0 for padding. The order of the
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
  private readonly decoder: readonly SteeredBlock[];
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
      return graphPooling.unpool(this.finish(told, positions, kwargs), pooling.map, null, { algorithm: 'weighted' });
    });
  }

  /** Coarse features at the fine vertices, beside what these had. */
  private unpool(i: number, coarse: tf.Tensor, fine: tf.Tensor, { positions }: MeshGraphLevel, { pooling }: MeshGraphLevel, { record }: FeastNetCallArgs): tf.Tensor {
    const layer = this.unpools[i];
    const y = tf.concat([layer.apply(coarse, { poolMap: pooling.map }) as tf.Tensor, fine], -1);
    record?.({ name: layer.name, kind: 'unpool', positions, activation: y, neighborhood: transposeNeighborhood(pooling.plain) });
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
