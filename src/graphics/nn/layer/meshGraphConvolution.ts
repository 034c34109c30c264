import { graphPooling, utils } from '../../geometry/convolution';
import { clearPadding } from '../../geometry/convolution/clearPadding';
import { initializers, layers, type Shape } from '../../layers';
import * as tf from '../../tf';
import { CompositeLayer } from './compositeLayer';
import { dataShape, withNeighbors, type GraphCallArgs } from './layerNeighbors';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];
type DenseArgs = Parameters<typeof layers.dense>[0];

export type GraphConvolutionArgs = LayerArgs & Pick<DenseArgs, 'activation' | 'useBias' | 'kernelInitializer' | 'biasInitializer' | 'kernelRegularizer' | 'biasRegularizer'> & {
  /** D, how many features each vertex gets. */
  readonly channels: number;
  /** Of the default kernel initialiser, Glorot uniform; 1 by default. */
  readonly seed?: number;
};

/**
 * The plain graph convolution: activation(Σⱼ aᵢⱼ Wᵀ xⱼ + b) over a vertex's neighbours. Kipf and Welling, "Semi-Supervised Classification with Graph
 * Convolutional Networks", ICLR 2017, equation 2, where a = D^−½ A D^−½ with self edges, as `symmetricWeights` gives it; with the weights of
 * `meshNeighborhood`, which average, a = D⁻¹ A. One matrix for all neighbours: feature-steered convolution with W = 1.
 * Called as `layer.apply(data, {neighbors, sizes})` or `layer.apply([data, table])`, as all graph convolutions. [*, V, C] to [*, V, D].
 * @example
 * ```ts
 * const layer = new nn.layer.mesh.GraphConvolution({ channels: 1, kernelInitializer: 'ones' });
 * const table = tf.tensor2d([[1, 2], [0, 2], [0, 1]], [3, 2], 'int32');
 * layer.apply([tf.tensor2d([[1], [5], [9]]), table]); // → [[7], [5], [3]]
 * ```
 */
export class GraphConvolution extends CompositeLayer {
  static readonly className: string = 'GraphConvolution';
  private readonly settings: { readonly channels: number; readonly seed: number };
  private readonly dense: layers.Layer;

  constructor(args: GraphConvolutionArgs) {
    super(args);
    const {
      channels, seed = 1, activation, useBias = true, kernelInitializer = initializers.glorotUniform({ seed }), biasInitializer = 'zeros',
      kernelRegularizer, biasRegularizer,
    } = args;
    this.settings = { channels, seed };
    this.dense = this.adopt(layers.dense({
      name: 'dense', units: channels, activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer,
    }));
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildPart(this.dense, [1, dataShape(inputShape).at(-1) as number]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: GraphCallArgs): tf.Tensor {
    // The mean before the product: both are linear, and the bias is then added once.
    return tf.tidy(() => withNeighbors(inputs, kwargs, (data, neighbors, sizes) => {
      utils.checkValidGraphConvolutionInput(data, neighbors, sizes);
      return clearPadding(this.dense.apply(graphPooling.pool(data, neighbors, null, { algorithm: 'weighted' })) as tf.Tensor, sizes);
    }));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...dataShape(inputShape).slice(0, -1), this.settings.channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    // The dense layer knows how to write down its initialisers and regularisers.
    const { name: _name, units: _units, trainable: _trainable, dtype: _dtype, ...dense } = this.dense.getConfig();
    return { ...super.getConfig(), ...dense, ...this.settings };
  }
}
tf.serialization.registerClass(GraphConvolution);
