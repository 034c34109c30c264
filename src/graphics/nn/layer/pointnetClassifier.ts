import type { Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import { PointNetNetwork, type PointNetArgs } from './pointnetNetwork';
import { PointHead, type NetworkCallArgs } from './pointNetwork';
import { withRows } from './pointRows';

/**
 * PointNet that classifies clouds: input transform, shared layers 64, 64, feature transform, 64, 128, 1024, maximum over the points, 512, 256,
 * dropout, logits. Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, classCount]. The order of the points does not matter.
 * @example
 * ```ts
 * const network = new nn.layer.points.PointNetClassifier({ classCount: 4, width: 0.1 });
 * const cloud = tf.tensor3d([[[0, 0, 0], [1, 0, 0], [0, 1, 0]]]);
 * const logits = network.apply(cloud) as tf.Tensor;
 * logits.shape; // → [1, 4]
 * tf.max(tf.abs(tf.sub(logits, network.apply(tf.reverse(cloud, 1)) as tf.Tensor))); // → 0
 * ```
 */
export class PointNetClassifier extends PointNetNetwork {
  static readonly className: string = 'PointNetClassifier';
  private readonly head: PointHead;

  constructor(args: PointNetArgs) {
    super(args);
    const { classCount, width, dropoutRate, momentum, seed } = this.settings;
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [512, 256], width, dropoutRate, momentum, seed: 10 * seed + 7 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildPart(this.head, [1, this.buildEncoder(inputShape as Shape)[1]]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: NetworkCallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    checkShape('x', x, [null, null, null]);
    const { training, record, dropSeed } = kwargs;
    return tf.tidy(() => withRows(x, kwargs, (rows) => {
      const { global, centre } = this.encode(x as tf.Tensor3D, rows, kwargs);
      return this.head.apply(global, { training, record, dropSeed, positions: centre }) as tf.Tensor;
    }));
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.settings.classCount];
  }
}
tf.serialization.registerClass(PointNetClassifier);
