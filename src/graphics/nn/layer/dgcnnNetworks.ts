import type { Neighborhood } from '../../../scene/neighborhood';
import { disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution';
import type { PointRows } from '../../geometry/pointHierarchy';
import { initializers, layers, type Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import type { LayerSource } from '../model/layerArithmetic';
import { CompositeLayer, oneTensor } from './compositeLayer';
import { dropOut } from './dropOut';
import { EdgeConv } from './edgeConv';
import { globalAverage, globalMax } from './globalPointPooling';
import type { NetworkCallArgs } from './pointNetwork';
import { withRows } from './pointRows';
import { scaled, SharedLayer } from './sharedLayer';
import { winnersOf } from './winners';

// The networks of Wang et al., "Dynamic Graph CNN for Learning on Point Clouds", ACM TOG 2019, figure 3. B clouds of N points: 3 coordinates and any
// other features, such as normals.

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export type DgcnnArgs = LayerArgs & {
  /** Classes, or parts. */
  readonly classCount: number;
  /** Scales the widths of all layers, 1 by default. */
  readonly width?: number;
  /** Nearest neighbours of each point, 20 by default. */
  readonly k?: number;
  /** Share of each hidden layer's features that training leaves out, 0.5 by default. */
  readonly dropoutRate?: number;
  /** Of the moving averages, 0.9 by default. */
  readonly momentum?: number;
  /** Of the initial weights and of what is left out, 1 by default. */
  readonly seed?: number;
};

/** A graph on the device and as it was found. */
export interface PointGraph { readonly neighbors: SparseNeighborhood; readonly neighborhood: Neighborhood }

export interface DgcnnCallArgs extends NetworkCallArgs {
  /** The graph of the points' places, by which the first layer convolves; found if absent. */
  readonly graph?: PointGraph;
}

const settingsOf = ({ classCount, width = 1, k = 20, dropoutRate = 0.5, momentum = 0.9, seed = 1 }: DgcnnArgs) =>
  ({ classCount, width, k, dropoutRate, momentum, seed });

/** Features of the cloud that all points share. */
const GLOBAL_CHANNELS = 1024;

interface Plan { readonly edges: readonly number[]; readonly hidden: readonly number[] }

interface Call { readonly rows: PointRows; readonly positions: tf.Tensor; readonly args: DgcnnCallArgs }

abstract class DgcnnNetwork extends CompositeLayer {
  protected readonly settings: ReturnType<typeof settingsOf>;
  protected readonly edges: readonly EdgeConv[];
  /** From all edge convolutions' features together. */
  protected readonly together: SharedLayer;
  protected readonly hidden: readonly SharedLayer[];
  protected readonly logits: layers.Layer;
  private calls = 0;

  constructor(args: DgcnnArgs, { edges, hidden }: Plan) {
    super(args);
    this.settings = settingsOf(args);
    const { classCount, width, k, momentum, seed } = this.settings;
    const shared = (name: string, channels: number, offset: number) =>
      this.adopt(new SharedLayer({ name, channels: scaled(channels, width), activation: 'leakyRelu', momentum, seed: 20 * seed + offset }));
    this.edges = edges.map((channels, i) => this.adopt(new EdgeConv({ name: `conv${i + 1}`, channels: scaled(channels, width), k, momentum, seed: 20 * seed + i })));
    this.together = shared('features', GLOBAL_CHANNELS, 10);
    this.hidden = hidden.map((channels, i) => shared(`dense${i + 1}`, channels, 11 + i));
    this.logits = this.adopt(layers.dense({ name: 'logits', units: classCount, kernelInitializer: initializers.glorotUniform({ seed: 20 * seed + 19 }) }));
  }

  /** @returns how many features the edge convolutions make together, and the layer after them. */
  protected buildEncoder(inputShape: Shape): readonly [local: number, global: number] {
    const shapes: (number | null)[][] = [];
    this.edges.reduce<(number | null)[]>((shape, layer) => {
      shapes.push(this.buildPart(layer, shape));
      return shapes[shapes.length - 1];
    }, [1, 1, inputShape.at(-1) as number]);
    const local = shapes.reduce((sum, shape) => sum + (shape[2] as number), 0);
    return [local, this.buildPart(this.together, [1, local])[1] as number];
  }

  protected buildHead(channels: number): void {
    this.buildPart(this.logits, this.hidden.reduce<(number | null)[]>((shape, layer) => this.buildPart(layer, shape), [1, channels]));
    this.built = true;
  }

  /** Features of all edge convolutions side by side, [B, N, C]. */
  protected convolve(x: tf.Tensor, { positions, args: { training, record, sizes = null, graph } }: Call): tf.Tensor {
    const features: tf.Tensor[] = [];
    let y = x;
    this.edges.forEach((layer, i) => {
      const given = i === 0 ? graph : undefined;
      // Places alone tell who is near at first, later all features.
      const neighborhood = given?.neighborhood ?? layer.graphOf(i === 0 ? positions : y, sizes);
      const neighbors = given?.neighbors ?? layer.upload(neighborhood);
      const inputs = y;
      y = layer.apply(y, { neighbors, training }) as tf.Tensor;
      if (!given) disposeNeighborhood(neighbors);
      const before = this.edges.at(i - 1)?.name;
      record?.({
        name: layer.name, kind: 'edge convolution', positions, activation: y, neighborhood, arithmetic: layer.arithmetic(inputs),
        // Points are their own neighbours, unless as many others lie in the same place.
        sources: (['neighbors', 'own'] as const).map((takes) => ({ layer: i > 0 ? before : undefined, takes })),
      });
      features.push(y);
    });
    return tf.concat(features, 2);
  }

  /** The layer that joins all edge convolutions' features, and its record. */
  protected join(x: tf.Tensor, { rows, positions, args: { training, record } }: Call): tf.Tensor {
    const activation = this.together.apply(x, { training, rows }) as tf.Tensor;
    record?.({
      name: this.together.name, kind: 'dense', positions, activation, sources: this.edgeSources,
      arithmetic: { form: 'own', inputs: x, stages: [this.together.stage()] },
    });
    return activation;
  }

  protected get edgeSources(): readonly LayerSource[] {
    return this.edges.map(({ name }) => ({ layer: name, takes: 'own' }));
  }

  /** @param sources of the first hidden layer. */
  protected head(x: tf.Tensor, positions: tf.Tensor, { training, record, dropSeed = this.settings.seed + this.calls++ }: DgcnnCallArgs, { rows, sources }: { readonly rows?: PointRows; readonly sources?: readonly LayerSource[] } = {}): tf.Tensor {
    const { dropoutRate } = this.settings;
    const last = this.hidden.reduce((y, layer, i) => {
      const activation = layer.apply(y, { training, rows }) as tf.Tensor;
      record?.({
        name: layer.name, kind: 'dense', positions, activation, arithmetic: { form: 'own', inputs: y, stages: [layer.stage()] },
        ...(i === 0 && sources && { sources }),
      });
      return training ? dropOut(activation, dropoutRate, this.hidden.length * dropSeed + i) : activation;
    }, x);
    return this.logits.apply(last) as tf.Tensor;
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.edges.map(({ name }) => name), this.together.name, 'globalMax', ...this.hidden.map(({ name }) => name)];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/** Runs `f` with the points' rows and places. */
const withCall = (x: tf.Tensor, args: DgcnnCallArgs, f: (call: Call) => tf.Tensor): tf.Tensor => {
  checkShape('x', x, [null, null, null]);
  return tf.tidy(() => withRows(x, args, (rows) => f({ rows, positions: tf.slice(x, [0, 0, 0], [-1, -1, 3]), args })));
};

/** [B, 1, 3]: where records place what belongs to the whole cloud. */
const centreOf = ({ positions, rows }: Call): tf.Tensor => tf.expandDims(globalAverage(positions, rows), 1);

/**
 * DGCNN that classifies clouds: edge convolutions 64, 64, 128, 256 on graphs of their own inputs, all together to 1024 features, maximum and mean over
 * the points, 512, 256, logits. Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, classCount].
 * @example
 * ```ts
 * const network = new nn.layer.edgeConv.DgcnnClassifier({ classCount: 4, width: 0.1, k: 2 });
 * (network.apply(tf.ones([2, 5, 3])) as tf.Tensor).shape; // → [2, 4]
 * ```
 */
export class DgcnnClassifier extends DgcnnNetwork {
  static readonly className: string = 'DgcnnClassifier';

  constructor(args: DgcnnArgs) {
    super(args, { edges: [64, 64, 128, 256], hidden: [512, 256] });
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildHead(2 * this.buildEncoder(inputShape as Shape)[1]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], args: DgcnnCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    return withCall(x, args, (call) => {
      const { rows } = call;
      const features = this.join(this.convolve(x, call), call);
      const largest = globalMax(features, rows);
      const centre = centreOf(call);
      args.record?.({ name: 'globalMax', kind: 'global max', positions: centre, activation: largest, winners: winnersOf(features, rows) });
      return this.head(tf.concat([largest, globalAverage(features, rows)], 1), centre, args, {
        sources: [{ layer: 'globalMax', takes: 'own' }, { layer: this.together.name, takes: 'all' }],
      });
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.settings.classCount];
  }
}
tf.serialization.registerClass(DgcnnClassifier);

/**
 * DGCNN that labels every point: edge convolutions 64, 64, 64, all together to 1024 features and their maximum over the points; each point's features and
 * the cloud's together through shared layers 256, 256, 128, logits. One matrix an edge convolution where the paper has two in the first and second.
 * Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, N, classCount].
 * @example
 * ```ts
 * const network = new nn.layer.edgeConv.DgcnnSegmenter({ classCount: 2, width: 0.1, k: 2 });
 * (network.apply(tf.ones([1, 5, 3])) as tf.Tensor).shape; // → [1, 5, 2]
 * ```
 */
export class DgcnnSegmenter extends DgcnnNetwork {
  static readonly className: string = 'DgcnnSegmenter';
  /** Where point and cloud meet, whose product is made in two parts: the cloud's is not repeated for every point. */
  private readonly meeting: SharedLayer;

  constructor(args: DgcnnArgs) {
    super(args, { edges: [64, 64, 64], hidden: [256, 128] });
    const { width, momentum, seed } = this.settings;
    this.meeting = this.adopt(new SharedLayer({ name: 'meeting', channels: scaled(256, width), activation: 'leakyRelu', momentum, seed: 20 * seed + 18 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const [local, global] = this.buildEncoder(inputShape as Shape);
    this.buildHead(this.buildPart(this.meeting, [1, local + global])[1] as number);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], args: DgcnnCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    const { training } = args;
    return withCall(x, args, (call) => {
      const { rows, positions } = call;
      const local = this.convolve(x, call);
      const global = this.globalFeatures(local, call);
      const [batch, count, channels] = local.shape as [number, number, number];
      const [forPoints, forCloud] = tf.split(this.meeting.kernel, [channels, global.shape[1]], 0);
      const ofPoints = tf.reshape(tf.matMul(tf.reshape(local, [batch * count, channels]), forPoints), [batch, count, -1]);
      const met = this.meeting.finish(tf.add(ofPoints, tf.expandDims(tf.matMul(global, forCloud), 1)), { training, rows });
      args.record?.({
        name: this.meeting.name, kind: 'dense', positions, activation: met, sources: [...this.edgeSources, { layer: 'globalMax', takes: 'all' }],
        arithmetic: { form: 'own', inputs: local, beside: tf.tile(tf.expandDims(global, 1), [1, count, 1]), stages: [this.meeting.stage()] },
      });
      return this.head(met, positions, args, { rows });
    });
  }

  /** The widest features of all points are made only for who looks at them. */
  private globalFeatures(local: tf.Tensor, call: Call): tf.Tensor2D {
    const { rows, args: { training, record } } = call;
    if (!record) return this.together.applyMax(local, rows, training);
    const features = this.join(local, call);
    const largest = globalMax(features, rows);
    record({ name: 'globalMax', kind: 'global max', positions: centreOf(call), activation: largest, winners: winnersOf(features, rows) });
    return largest;
  }

  override get recordNames(): readonly string[] {
    const names = super.recordNames;
    const head = names.length - this.hidden.length;
    return [...names.slice(0, head), this.meeting.name, ...names.slice(head)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, 2), this.settings.classCount];
  }
}
tf.serialization.registerClass(DgcnnSegmenter);
