import { graphConvolution, type SparseNeighborhood } from '../../geometry/convolution';
import type { EdgeReduction } from '../../geometry/convolution/graphConvolution';
import { initializers, layers, type LayerVariable, type Shape } from '../../layers';
import * as tf from '../../tf';
import { CompositeLayer } from './compositeLayer';
import { initializerConfig, toInitializer, type Initializer, type InitializerIdentifier } from './initializer';
import { dataShape, withNeighbors, type GraphCallArgs } from './layerNeighbors';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** Standard deviation of the initial weights, as in TensorFlow Graphics. */
const INITIAL_DEVIATION = 0.1;

export type FeatureSteeredConvolutionArgs = LayerArgs & {
  /** v = −u, so that which matrix a neighbour gets does not change when all features move alike; true by default. */
  readonly translationInvariant?: boolean;
  /** W, 8 by default. */
  readonly numWeightMatrices?: number;
  /** D; as many as the input has by default. */
  readonly numOutputChannels?: number | null;
  /** Of all weights; by default truncated normal with deviation 0.1, by `seed`. */
  readonly initializer?: InitializerIdentifier | null;
  /** Of the matrices w alone; as `initializer` by default. */
  readonly kernelInitializer?: InitializerIdentifier | null;
  /** Of the default initialiser, 1 by default. */
  readonly seed?: number;
};

/**
 * {@link graphConvolution.featureSteeredConvolution} as a layer: Verma, Boyer, Verbeek, "FeaStNet", CVPR 2018.
 * Called as `layer.apply(data, {neighbors, sizes})` or `layer.apply([data, table])`; see GraphCallArgs.
 * Input [*, V, C], output [*, V, D]; weights u [C, W], (v [C, W],) c [W], w [W, C, D], b [D].
 * @example
 * ```ts
 * // With all weights 1: the mean of a vertex's neighbours, and the bias.
 * const layer = new nn.layer.graphConvolution.FeatureSteeredConvolutionKerasLayer({ initializer: 'ones' });
 * const table = tf.tensor2d([[1, 2], [0, 2], [0, 1]], [3, 2], 'int32');
 * layer.apply([tf.tensor2d([[1], [5], [9]]), table]); // → [[8], [6], [4]]
 * ```
 */
export class FeatureSteeredConvolutionKerasLayer extends layers.Layer {
  static readonly className: string = 'FeatureSteeredConvolutionKerasLayer';
  private readonly settings: Required<Pick<FeatureSteeredConvolutionArgs, 'translationInvariant' | 'numWeightMatrices' | 'seed'>> & { readonly numOutputChannels: number | null };
  private readonly initializer: Initializer | null;
  private readonly kernelInitializer: Initializer | null;
  private variables?: { readonly u: LayerVariable; readonly v: LayerVariable | null; readonly c: LayerVariable; readonly w: LayerVariable; readonly b: LayerVariable };

  constructor(args: FeatureSteeredConvolutionArgs = {}) {
    super(args);
    const { translationInvariant = true, numWeightMatrices = 8, numOutputChannels = null, initializer = null, kernelInitializer = null, seed = 1 } = args;
    this.settings = { translationInvariant, numWeightMatrices, numOutputChannels, seed };
    this.initializer = initializer === null ? null : toInitializer(initializer);
    this.kernelInitializer = kernelInitializer === null ? this.initializer : toInitializer(kernelInitializer);
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = dataShape(inputShape).at(-1) as number;
    const { translationInvariant, numWeightMatrices: matrices, numOutputChannels, seed } = this.settings;
    const outChannels = numOutputChannels ?? channels;
    // Each weight has a seed of its own: u and v would be equal else. TensorFlow.js takes a normal distribution's seed of 0 for none.
    const add = (name: string, shape: number[], offset: number, initializer = this.initializer) => this.addWeight(
      name, shape, 'float32', initializer ?? initializers.truncatedNormal({ stddev: INITIAL_DEVIATION, seed: 5 * seed + offset || -1 }),
    );
    this.variables = {
      u: add('u', [channels, matrices], 0), v: translationInvariant ? null : add('v', [channels, matrices], 1),
      c: add('c', [matrices], 2), w: add('w', [matrices, channels, outChannels], 3, this.kernelInitializer), b: add('b', [outChannels], 4),
    };
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: GraphCallArgs): tf.Tensor {
    return tf.tidy(() => withNeighbors(inputs, kwargs, (data, neighbors, sizes) => {
      const { u, v, c, w, b } = this.variables!;
      const varU = u.read();
      return graphConvolution.featureSteeredConvolution(
        data, neighbors, sizes, varU, v ? v.read() : tf.neg(varU), c.read(), w.read(), b.read(),
      );
    }));
  }

  /** W matrices one after the other, [W · C, D], and b [D], once built. */
  product(): { readonly kernel: tf.Tensor; readonly bias: tf.Tensor } {
    const { w, b } = this.variables!;
    const kernel = w.read();
    return { kernel: tf.reshape(kernel, [-1, kernel.shape[2] as number]), bias: b.read() };
  }

  /** What the layer, once built, gives each entry of the neighbourhood: see {@link graphConvolution.featureSteering}. @returns [E, W] */
  steering(data: tf.Tensor, neighbors: SparseNeighborhood): tf.Tensor {
    return tf.tidy(() => {
      const { u, v, c } = this.variables!;
      const varU = u.read();
      return graphConvolution.featureSteering(data, neighbors, varU, v ? v.read() : tf.neg(varU), c.read());
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = dataShape(inputShape);
    return [...shape.slice(0, -1), this.settings.numOutputChannels ?? shape[shape.length - 1]];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const [initializer, kernelInitializer] = [this.initializer, this.kernelInitializer].map((one) => one && initializerConfig(one));
    return { ...super.getConfig(), ...this.settings, initializer, kernelInitializer };
  }
}
tf.serialization.registerClass(FeatureSteeredConvolutionKerasLayer);

type DenseArgs = Parameters<typeof layers.dense>[0];

export type DynamicGraphConvolutionArgs = LayerArgs & Pick<DenseArgs, 'activation' | 'useBias' | 'kernelInitializer' | 'biasInitializer'
| 'kernelRegularizer' | 'biasRegularizer' | 'activityRegularizer' | 'kernelConstraint' | 'biasConstraint'> & {
  /** D, how many features each vertex gets. */
  readonly numOutputChannels: number;
  /** What becomes of a vertex's edges: the maximum, or their sum with the neighbours' weights. */
  readonly reduction: EdgeReduction;
  /** Of the default kernel initialiser, Glorot uniform; 1 by default. */
  readonly seed?: number;
};

/**
 * EdgeConv: by channel the maximum, or the weighted sum, over neighbours of activation(W·[xᵢ, xⱼ − xᵢ] + b).
 * Wang et al., "Dynamic Graph CNN for Learning on Point Clouds", ACM TOG 2019, equations 7 and 8. Neighbours are the caller's: for a dynamic
 * graph, `geometry.neighborhood.kNearestNeighbors` of this very input.
 * Called as `layer.apply(data, {neighbors, sizes})` or `layer.apply([data, table])`. Input [*, V, C], output [*, V, D].
 * @example
 * ```ts
 * // With all weights 1, xᵢ + (xⱼ − xᵢ): the largest of a vertex's neighbours.
 * const { DynamicGraphConvolutionKerasLayer } = nn.layer.graphConvolution;
 * const layer = new DynamicGraphConvolutionKerasLayer({ numOutputChannels: 1, reduction: 'max', kernelInitializer: 'ones' });
 * const table = tf.tensor2d([[1, 2], [0, 2], [0, 1]], [3, 2], 'int32');
 * layer.apply([tf.tensor2d([[1], [5], [9]]), table]); // → [[9], [9], [5]]
 * ```
 */
export class DynamicGraphConvolutionKerasLayer extends CompositeLayer {
  static readonly className: string = 'DynamicGraphConvolutionKerasLayer';
  private readonly settings: { readonly numOutputChannels: number; readonly reduction: EdgeReduction; readonly seed: number };
  private readonly filter: layers.Layer;

  constructor(args: DynamicGraphConvolutionArgs) {
    super(args);
    const {
      numOutputChannels, reduction, seed = 1, activation, useBias = true, kernelInitializer = initializers.glorotUniform({ seed }), biasInitializer = 'zeros',
      kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint,
    } = args;
    this.settings = { numOutputChannels, reduction, seed };
    this.filter = this.adopt(layers.dense({
      name: 'filter', units: numOutputChannels, activation, useBias, kernelInitializer, biasInitializer,
      kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint,
    }));
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildPart(this.filter, [1, 2 * (dataShape(inputShape).at(-1) as number)]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: GraphCallArgs): tf.Tensor {
    const edge = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor => this.filter.apply(tf.concat([x, tf.sub(y, x)], -1)) as tf.Tensor;
    return tf.tidy(() => withNeighbors(inputs, kwargs, (data, neighbors, sizes) =>
      graphConvolution.edgeConvolutionTemplate(data, neighbors, sizes, edge, this.settings.reduction, undefined)));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...dataShape(inputShape).slice(0, -1), this.settings.numOutputChannels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    // The dense layer knows how to write down its initialisers, regularisers and constraints.
    const { name: _name, units: _units, trainable: _trainable, dtype: _dtype, ...dense } = this.filter.getConfig();
    return { ...super.getConfig(), ...dense, ...this.settings };
  }
}
tf.serialization.registerClass(DynamicGraphConvolutionKerasLayer);

export { featureSteeredConvolutionLayer, type FeatureSteeredConvolutionLayerOptions, type LayerScope } from './featureSteeredConvolutionLayer';
