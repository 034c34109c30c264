import { graphPooling } from '../../geometry/convolution';
import type { Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import type { KernelBlock } from './kernelBlock';
import { FIRST_SEARCH, KERNEL_LEVELS, type KernelLevel } from './kernelLevels';
import { FINE_CHANNELS, KernelNetwork, STEM_CHANNELS, type KernelNetworkArgs, type KernelNetworkCallArgs } from './kernelNetwork';
import { PointHead } from './pointNetwork';
import { scaled, SharedLayer } from './sharedLayer';

/**
 * Convolutions by kernels that label every point: a first one among the points themselves, 32 channels; the encoder of {@link KernelClassifier}; then the coarse
 * features at the fine points (inverse distance, three neighbours) beside what these had, and a convolution among them; the same at the clouds' own points, with
 * a dense layer; dense 64, dropout, logits. Called as `layer.apply(x, {levels, training})`; x [B, N, C] to [B, N, classCount].
 */
export class KernelSegmenter extends KernelNetwork {
  static readonly className: string = 'KernelSegmenter';
  private readonly stem: KernelBlock;
  private readonly up: KernelBlock;
  private readonly last: SharedLayer;
  private readonly head: PointHead;

  constructor(args: KernelNetworkArgs) {
    super(args);
    const { classCount, width, dropoutRate, seed } = this.settings;
    this.stem = this.block('stem', STEM_CHANNELS, FIRST_SEARCH.radius, 6);
    this.up = this.block('conv5', FINE_CHANNELS, KERNEL_LEVELS[0].within.radius, 7);
    this.last = this.adopt(new SharedLayer({ name: 'conv6', channels: scaled(FINE_CHANNELS, width), seed: 10 * seed + 8 }));
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [64], width, dropoutRate, seed: 10 * seed + 9 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const first = this.buildBlock(this.stem, (inputShape as Shape).at(-1) as number);
    const [fine, coarse] = this.buildEncoder(first);
    const raised = this.buildBlock(this.up, fine + coarse);
    this.buildPart(this.head, this.buildPart(this.last, [1, 1, first + raised]));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: KernelNetworkCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    return tf.tidy(() => {
      const { levels, training, record, dropSeed } = kwargs;
      const [points, fineLevel, coarseLevel] = levels;
      const first = this.stem.apply(x, { training, record, from: points, to: points, pairs: points.within! }) as tf.Tensor;
      const [fine, coarse] = this.encode(first, kwargs);
      const carried = this.unpool('up1', coarse, fine, coarseLevel, fineLevel, kwargs);
      const raised = this.up.apply(carried, {
        training, record, from: fineLevel, to: fineLevel, pairs: fineLevel.within!,
        sources: [{ layer: 'up1', takes: 'neighbors' }, { layer: this.own[0].name, takes: 'neighbors' }],
      }) as tf.Tensor;
      const { rows, positions } = points;
      const met = this.unpool('up2', raised, first, fineLevel, points, kwargs);
      const own = this.last.apply(met, { training, rows }) as tf.Tensor;
      record?.({
        name: this.last.name, kind: 'dense', positions, activation: own, sources: [{ layer: 'up2', takes: 'own' }, { layer: this.stem.name, takes: 'own' }],
        arithmetic: { form: 'own', inputs: met, stages: [this.last.stage()] },
      });
      return this.head.apply(own, { training, rows, record, dropSeed, positions }) as tf.Tensor;
    });
  }

  /** A level's features at the points of the one below, beside what these had. */
  private unpool(name: string, features: tf.Tensor, skipped: tf.Tensor, from: KernelLevel, to: KernelLevel, { record }: KernelNetworkCallArgs): tf.Tensor {
    const { map, plain } = from.interpolation!;
    const activation = graphPooling.pool(features, map, null, { algorithm: 'weighted' });
    record?.({
      name, kind: 'unpool', positions: to.positions, activation, neighborhood: plain, entryWeights: tf.slice(tf.expandDims(map.weights, -1), 0, plain.columns.length),
      arithmetic: { form: 'mean', inputs: features, shares: plain.weights, stages: [] },
    });
    return tf.concat([activation, skipped], -1);
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [this.stem.name, ...this.encoderNames, 'up1', this.up.name, 'up2', this.last.name, ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, 2), this.settings.classCount];
  }
}
tf.serialization.registerClass(KernelSegmenter);
