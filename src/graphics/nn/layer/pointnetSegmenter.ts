import type { Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import { PointNetNetwork, type PointNetArgs } from './pointnetNetwork';
import { PointHead, type NetworkCallArgs } from './pointNetwork';
import { withRows } from './pointRows';
import { scaled, SharedLayer } from './sharedLayer';

/**
 * PointNet that labels every point: the encoder of PointNetClassifier; then each point's 64 features and the cloud's 1024 together
 * through shared layers 512, 256, 128, 128, dropout, logits. Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, N, classCount].
 * @example
 * ```ts
 * const network = new nn.layer.points.PointNetSegmenter({ classCount: 2, width: 0.1 });
 * (network.apply(tf.ones([1, 5, 3])) as tf.Tensor).shape; // → [1, 5, 2]
 * ```
 */
export class PointNetSegmenter extends PointNetNetwork {
  static readonly className: string = 'PointNetSegmenter';
  private readonly head: PointHead;
  /** The first layer after the meeting of point and cloud, whose product is made in two parts: the cloud's is not repeated for every point. */
  private readonly meeting: SharedLayer;

  constructor(args: PointNetArgs) {
    super(args);
    const { classCount, width, dropoutRate, momentum, seed } = this.settings;
    this.meeting = this.adopt(new SharedLayer({ name: 'meeting', channels: scaled(512, width), momentum, seed: 10 * seed + 8 }));
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [256, 128, 128], width, dropoutRate, momentum, seed: 10 * seed + 7 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const [local, global] = this.buildEncoder(inputShape as Shape);
    this.buildPart(this.head, this.buildPart(this.meeting, [1, local + global]));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: NetworkCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    const { training, record, dropSeed } = kwargs;
    return tf.tidy(() => withRows(x, kwargs, (rows) => {
      const { local, global } = this.encode(x as tf.Tensor3D, rows, kwargs);
      const [forPoints, forCloud] = tf.split(this.meeting.kernel, [local.shape[2] as number, global.shape[1] as number], 0);
      const [batch, count, channels] = local.shape;
      const ofPoints = tf.reshape(tf.matMul(tf.reshape(local, [batch * count, channels as number]), forPoints), [batch, count, -1]);
      const together = this.meeting.finish(tf.add(ofPoints, tf.expandDims(tf.matMul(global, forCloud), 1)), { training, rows });
      const positions = tf.slice(x, [0, 0, 0], [-1, -1, 3]);
      record?.({
        name: this.meeting.name, kind: 'dense', positions, activation: together,
        sources: [{ layer: this.localName, takes: 'own' }, { layer: 'globalMax', takes: 'all' }],
        arithmetic: { form: 'own', inputs: local, beside: tf.tile(tf.expandDims(global, 1), [1, count, 1]), stages: [this.meeting.stage()] },
      });
      return this.head.apply(together, { training, rows, record, dropSeed, positions }) as tf.Tensor;
    }));
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, this.meeting.name, ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, 2), this.settings.classCount];
  }
}
tf.serialization.registerClass(PointNetSegmenter);
