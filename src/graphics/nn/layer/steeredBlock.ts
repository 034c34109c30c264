import { initializers, type Shape } from '../../layers';
import * as tf from '../../tf';
import type { DenseStage } from '../model/layerArithmetic';
import { CompositeLayer, oneTensor } from './compositeLayer';
import { FeatureSteeredConvolutionKerasLayer } from './graphConvolution';
import type { MeshBlockArgs, MeshBlockCallArgs } from './meshBlock';
import { PointNormalization } from './pointNormalization';

/**
 * Keeps the size of features from layer to layer at the start (He et al., "Delving Deep into Rectifiers", ICCV 2015, equation 10), where TensorFlow
 * Graphics' deviation of 0.1 makes them fade: while neighbours are given to W independent matrices in equal shares, those' sum has 1 / W
 * of a matrix's variance. The scale is relative to 1 / (W · C), as all three axes' fan-in is counted.
 */
const steeredInitializer = (matrices: number, seed: number) =>
  initializers.varianceScaling({ scale: 2 * matrices * matrices, mode: 'fanIn', distribution: 'truncatedNormal', seed });

/** A translation-invariant feature-steered convolution on one level of a mesh graph, batch normalisation, ReLU. [B, M, C] to [B, M, D]. */
export class SteeredBlock extends CompositeLayer {
  static readonly className: string = 'SteeredBlock';
  private readonly settings: { readonly channels: number; readonly numWeightMatrices: number; readonly normalization: boolean; readonly seed: number };
  private readonly convolution: FeatureSteeredConvolutionKerasLayer;
  private readonly normalize: PointNormalization | null;

  constructor(args: MeshBlockArgs) {
    super(args);
    const { channels, numWeightMatrices = 8, normalization = true, seed = 1 } = args;
    this.settings = { channels, numWeightMatrices, normalization, seed };
    this.convolution = this.adopt(new FeatureSteeredConvolutionKerasLayer({
      name: 'steered', numOutputChannels: channels, numWeightMatrices, seed, kernelInitializer: steeredInitializer(numWeightMatrices, 10 * seed + 7),
    }));
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
      const x = oneTensor(inputs);
      const neighbors = level.neighbors.map;
      const sums = this.convolution.apply(x, { neighbors }) as tf.Tensor;
      const activation = tf.relu(this.normalize ? this.normalize.apply(sums, { training, rows: level.rows }) as tf.Tensor : sums);
      record?.({
        name: this.name, kind: 'mesh convolution', positions: level.positions, activation,
        neighborhood: level.neighbors.plain, entryWeights: this.convolution.steering(x, neighbors),
        arithmetic: { form: 'sum', inputs: x, shares: level.neighbors.plain.weights, stages: [this.stage()] },
      });
      return activation;
    });
  }

  /** The bias comes before the normalisation. */
  private stage(): DenseStage {
    const { kernel, bias } = this.convolution.product();
    if (!this.normalize) return { kernel, shift: bias, slope: 0 };
    const { scale, shift } = this.normalize.line();
    return { kernel, scale, shift: tf.add(shift, tf.mul(scale, bias)), slope: 0 };
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.settings.channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(SteeredBlock);
