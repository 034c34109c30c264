import type { Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import { globalAverage } from './globalPointPooling';
import type { KernelBlock } from './kernelBlock';
import { GLOBAL_RADIUS, type KernelLevel } from './kernelLevels';
import { GLOBAL_CHANNELS, KernelNetwork, type KernelNetworkArgs, type KernelNetworkCallArgs } from './kernelNetwork';
import { PointHead } from './pointNetwork';
import { scaled, SharedLayer } from './sharedLayer';

/**
 * Convolutions by kernels that name clouds: 64 channels at 256 points, 128 at 64, 512 for the whole cloud (a convolution that sees it all, or, as KPConv
 * has it, the mean of a dense layer), dense 256 and 128, dropout, logits. Called as `layer.apply(x, {levels, training})`; x [B, N, C] to [B, classCount].
 */
export class KernelClassifier extends KernelNetwork {
  static readonly className: string = 'KernelClassifier';
  private readonly whole: KernelBlock | SharedLayer;
  private readonly head: PointHead;

  constructor(args: KernelNetworkArgs) {
    super(args);
    const { family, classCount, width, dropoutRate, seed } = this.settings;
    this.whole = family === 'kpconv'
      ? this.adopt(new SharedLayer({ name: 'conv5', channels: scaled(GLOBAL_CHANNELS, width), activation: 'leakyRelu', seed: 10 * seed + 4 }))
      : this.block('conv5', GLOBAL_CHANNELS, GLOBAL_RADIUS, 4);
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [256, 128], width, dropoutRate, seed: 10 * seed + 5 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const [, coarse] = this.buildEncoder((inputShape as Shape).at(-1) as number);
    const whole = this.whole instanceof SharedLayer ? this.buildPart(this.whole, [1, coarse])[1] : this.buildBlock(this.whole, coarse);
    this.buildPart(this.head, [1, whole]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: KernelNetworkCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    return tf.tidy(() => {
      const { levels, training, record, dropSeed } = kwargs;
      const [, coarse] = this.encode(x, kwargs);
      const [from, to] = [levels[levels.length - 2], levels[levels.length - 1]];
      const cloud = this.whole instanceof SharedLayer
        ? this.average(this.whole, coarse, from, to, kwargs)
        : tf.squeeze(this.whole.apply(coarse, { training, record, from, to, pairs: to.group! }) as tf.Tensor, [1]);
      return this.head.apply(cloud, { training, record, dropSeed, positions: to.positions }) as tf.Tensor;
    });
  }

  private average(dense: SharedLayer, coarse: tf.Tensor, from: KernelLevel, to: KernelLevel, { training, record }: KernelNetworkCallArgs): tf.Tensor {
    const y = dense.apply(coarse, { training, rows: from.rows }) as tf.Tensor;
    record?.({ name: dense.name, kind: 'dense', positions: from.positions, activation: y, arithmetic: { form: 'own', inputs: coarse, stages: [dense.stage()] } });
    const mean = globalAverage(y, from.rows);
    record?.({
      name: 'globalAverage', kind: 'pool', positions: to.positions, activation: tf.expandDims(mean, 1), neighborhood: to.group!.plain,
      arithmetic: { form: 'mean', inputs: y, shares: to.group!.plain.weights, stages: [] },
    });
    return mean;
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, 'conv5', ...(this.settings.family === 'kpconv' ? ['globalAverage'] : []), ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.settings.classCount];
  }
}
tf.serialization.registerClass(KernelClassifier);
