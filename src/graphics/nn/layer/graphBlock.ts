import type { Shape } from '../../layers';
import * as tf from '../../tf';
import type { DenseStage } from '../model/layerArithmetic';
import { CompositeLayer, oneTensor } from './compositeLayer';
import type { MeshBlockArgs, MeshBlockCallArgs } from './meshBlock';
import { GraphConvolution } from './meshGraphConvolution';
import { PointNormalization } from './pointNormalization';

/** A plain graph convolution on one level of a mesh graph, batch normalisation, ReLU. [B, M, C] to [B, M, D]. */
export class GraphBlock extends CompositeLayer {
  static readonly className: string = 'GraphBlock';
  private readonly settings: { readonly channels: number; readonly normalization: boolean; readonly seed: number };
  private readonly convolution: GraphConvolution;
  private readonly normalize: PointNormalization | null;

  constructor({ channels, normalization = true, seed = 1, numWeightMatrices: _one, ...args }: MeshBlockArgs) {
    super(args);
    this.settings = { channels, normalization, seed };
    // A bias before a normalisation would cancel.
    this.convolution = this.adopt(new GraphConvolution({ name: 'graph', channels, useBias: !normalization, seed }));
    this.normalize = normalization ? this.adopt(new PointNormalization({ name: 'normalization' })) : null;
  }

  override build(inputShape: Shape | Shape[]): void {
    // On a graph of one vertex: a table of its one neighbour, itself.
    const shape = [1, 1, (inputShape as Shape).at(-1) as number];
    tf.tidy(() => void this.convolution.apply([tf.zeros(shape), tf.zeros([1, 1, 1], 'int32')]));
    if (this.normalize) this.buildPart(this.normalize, [1, this.settings.channels]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training, record, level }: MeshBlockCallArgs): tf.Tensor {
    return tf.tidy(() => {
      const [x, { map, plain }] = [oneTensor(inputs), level.neighbors];
      const means = this.convolution.apply(x, { neighbors: map }) as tf.Tensor;
      const activation = tf.relu(this.normalize ? this.normalize.apply(means, { training, rows: level.rows }) as tf.Tensor : means);
      // The same weight for all channels: what an edge's two ends say counts nothing.
      record?.({
        name: this.name, kind: 'mesh convolution', positions: level.positions, activation,
        neighborhood: plain, entryWeights: tf.tensor2d(plain.weights, [plain.columns.length, 1]),
        arithmetic: { form: 'mean', inputs: x, shares: plain.weights, stages: [this.stage()] },
      });
      return activation;
    });
  }

  /** A bias is there only without a normalisation. */
  private stage(): DenseStage {
    const [kernel, bias] = this.convolution.weights.map((weight) => weight.read());
    return this.normalize ? { kernel, ...this.normalize.line(), slope: 0 } : { kernel, shift: bias, slope: 0 };
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.settings.channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(GraphBlock);
