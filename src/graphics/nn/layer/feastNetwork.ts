import { graphPooling } from '../../geometry/convolution';
import { initializers, layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import type { DenseStage, LayerSource } from '../model/layerArithmetic';
import { CompositeLayer } from './compositeLayer';
import { dropOut } from './dropOut';
import { globalMax } from './globalPointPooling';
import { createMeshGraph, disposeMeshGraph, type MeshGraph } from './meshGraph';
import { MeshPooling } from './meshPooling';
import type { NetworkCallArgs } from './pointNetwork';
import { scaled } from './sharedLayer';
import { createMeshBlock, MESH_CONVOLUTIONS, type MeshConvolutionKind } from './meshBlock';

// Networks of feature-steered convolutions on meshes: Verma, Boyer, Verbeek, "FeaStNet: Feature-Steered Graph Convolutions for 3D Shape Analysis",
// CVPR 2018; and the same networks with another convolution in its place. B meshes of N vertices with C features, the coordinates among them.

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export type FeastNetArgs = LayerArgs & {
  /** Parts, or classes. */
  readonly classCount: number;
  /** Scales the widths of all layers, 1 by default. */
  readonly width?: number;
  /** Resolutions, each of a quarter of the vertices of the one before; 1, the default, is the paper's network without pooling. */
  readonly scales?: number;
  /** 'featureSteered', the default and FeaStNet's own; 'graph' (Kipf and Welling 2017) or 'edge' (EdgeConv on the mesh's edges, Wang et al. 2019) in its place. */
  readonly convolution?: MeshConvolutionKind;
  /** W of each feature-steered convolution, 8 by default. */
  readonly numWeightMatrices?: number;
  /** Batch normalisation after each convolution. The paper has none; false by default. EdgeConv always has its own. */
  readonly normalization?: boolean;
  /** Share of the last features that training leaves out, 0 by default. */
  readonly dropoutRate?: number;
  /** Of the initial weights and of what is left out, 1 by default. */
  readonly seed?: number;
};

const settingsOf = ({ classCount, width = 1, scales = 1, convolution = 'featureSteered', numWeightMatrices = 8, normalization = false, dropoutRate = 0, seed = 1 }: FeastNetArgs) =>
  ({ classCount, width, scales, convolution, numWeightMatrices, normalization, dropoutRate, seed });

const FIRST_CHANNELS = 16;
export const ENCODER_CHANNELS = [32, 64, 128] as const;
const LAST_CHANNELS = 256;

/** What the levels of a mesh graph must be for a network of that many scales. */
export const sharesOf = (scales: number): readonly number[] => Array.from({ length: scales - 1 }, (_, i) => 4 ** -(i + 1));

export interface FeastNetCallArgs extends NetworkCallArgs {
  /** Of as many levels as the network has scales. */
  readonly graph: MeshGraph;
}

/** A dense layer with a bias. */
const denseStage = ({ weights: [kernel, bias] }: layers.Layer, slope: number): DenseStage => ({ kernel: kernel.read(), shift: bias.read(), slope });

interface Encoded {
  /** Features of each level, the finest first. */
  readonly features: readonly tf.Tensor[];
  /** [B, D]: by channel the maximum over the coarsest level. */
  readonly global: tf.Tensor;
}

/** What both networks share: the encoder and the head. */
export abstract class FeastNetwork extends CompositeLayer {
  protected readonly settings: ReturnType<typeof settingsOf>;
  private readonly first: layers.Layer;
  private readonly encoder: readonly CompositeLayer[];
  private readonly pools: readonly MeshPooling[];
  private readonly last: layers.Layer;
  private readonly logits: layers.Layer;
  private calls = 0;

  constructor(args: FeastNetArgs) {
    super(args);
    this.settings = settingsOf(args);
    const { classCount, scales, convolution, seed } = this.settings;
    if (!(Number.isInteger(scales) && scales >= 1 && scales <= ENCODER_CHANNELS.length)) throw new Error(`scales must be 1 … ${ENCODER_CHANNELS.length}, not ${scales}`);
    if (!MESH_CONVOLUTIONS.includes(convolution)) throw new Error(`convolution must be one of ${MESH_CONVOLUTIONS.join(', ')}, not '${String(convolution)}'`);
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

  protected block(name: string, channels: number, offset: number): CompositeLayer {
    const { width, convolution, numWeightMatrices, normalization, seed } = this.settings;
    return this.adopt(createMeshBlock(convolution, { name, channels: scaled(channels, width), numWeightMatrices, normalization, seed: 10 * seed + offset }));
  }

  /** @returns channels of each encoder layer. */
  protected buildEncoder(inputShape: Shape): readonly number[] {
    let channels = this.buildPart(this.first, [1, 1, inputShape.at(-1) as number])[2] as number;
    return this.encoder.map((block) => (channels = this.buildBlock(block, channels)));
  }

  /** Makes a block's weights, on a graph of one vertex. @returns its output channels. */
  protected buildBlock(block: CompositeLayer, channels: number): number {
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
    const welded = graphPooling.pool(x, levels[0].pooling.map, null, { algorithm: 'weighted' });
    let y = this.first.apply(welded) as tf.Tensor;
    record?.({
      name: this.first.name, kind: 'dense', positions: levels[0].positions, activation: y, sources: [{ takes: levels[0].pooling.plain }],
      arithmetic: { form: 'own', inputs: welded, stages: [denseStage(this.first, 1)] },
    });
    const features: tf.Tensor[] = [];
    this.encoder.forEach((block, i) => {
      const depth = Math.min(i, scales - 1);
      if (i > 0 && i < scales) {
        const { pooling, positions, faces } = levels[i];
        const inputs = y;
        y = this.pools[i - 1].apply(y, { poolMap: pooling.map }) as tf.Tensor;
        record?.({
          name: this.pools[i - 1].name, kind: 'pool', positions, activation: y, neighborhood: pooling.plain, faces: faces[0],
          arithmetic: { form: 'max', inputs, stages: [] },
        });
      }
      y = block.apply(y, { training, record, level: levels[depth] }) as tf.Tensor;
      features[depth] = y;
    });
    return { features, global: globalMax(y, levels[scales - 1].rows) };
  }

  /** Features [*, C] to logits. @param sources for the record. */
  protected finish(x: tf.Tensor, positions: tf.Tensor, { training, record, dropSeed = this.settings.seed + this.calls++ }: NetworkCallArgs, sources?: readonly LayerSource[]): tf.Tensor {
    const y = tf.relu(this.last.apply(x) as tf.Tensor);
    record?.({
      name: this.last.name, kind: 'dense', positions, activation: y, arithmetic: { form: 'own', inputs: x, stages: [denseStage(this.last, 0)] }, ...(sources && { sources }),
    });
    return this.logits.apply(training ? dropOut(y, this.settings.dropoutRate, dropSeed) : y) as tf.Tensor;
  }

  protected get encoderNames(): readonly string[] {
    return [this.first.name, ...this.encoder.flatMap(({ name }, i) => (i > 0 && i < this.settings.scales ? [this.pools[i - 1].name, name] : [name]))];
  }

  /** Names of the records of {@link Encoded.features}, the finest first. */
  protected levelName(depth: number): string {
    return this.encoder[depth < this.settings.scales - 1 ? depth : this.encoder.length - 1].name;
  }

  protected get lastName(): string {
    return this.last.name;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
