import type { Shape } from '../../layers';
import * as tf from '../../tf';
import { CompositeLayer, oneTensor } from './compositeLayer';
import { EdgeConv } from './edgeConv';
import type { MeshBlockArgs, MeshBlockCallArgs } from './meshBlock';

/** An EdgeConv over the edges of one level of a mesh graph, with its batch normalisation and LeakyReLU. [B, M, C] to [B, M, D]. */
export class MeshEdgeBlock extends CompositeLayer {
  static readonly className: string = 'MeshEdgeBlock';
  private readonly settings: { readonly channels: number; readonly seed: number };
  private readonly convolution: EdgeConv;

  constructor({ channels, seed = 1, normalization: _always, numWeightMatrices: _one, ...args }: MeshBlockArgs) {
    super(args);
    this.settings = { channels, seed };
    this.convolution = this.adopt(new EdgeConv({ name: 'edges', channels, seed }));
  }

  override build(inputShape: Shape | Shape[]): void {
    // On a graph of one vertex: a table of its one neighbour, itself.
    const shape = [1, 1, (inputShape as Shape).at(-1) as number];
    tf.tidy(() => void this.convolution.apply([tf.zeros(shape), tf.zeros([1, 1, 1], 'int32')]));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training, record, level }: MeshBlockCallArgs): tf.Tensor {
    return tf.tidy(() => {
      const [x, { map, plain }] = [oneTensor(inputs), level.neighbors];
      const activation = this.convolution.apply(x, { neighbors: map, training }) as tf.Tensor;
      record?.({
        name: this.name, kind: 'mesh convolution', positions: level.positions, activation, neighborhood: plain, arithmetic: this.convolution.arithmetic(x),
      });
      return activation;
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.settings.channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(MeshEdgeBlock);
