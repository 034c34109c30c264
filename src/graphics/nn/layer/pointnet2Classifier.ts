import type { Shape } from '../../layers';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import { PointNet2Network, type PointNet2Args, type PointNet2CallArgs } from './pointnet2Network';
import { PointHead } from './pointNetwork';

/**
 * PointNet++ that classifies clouds of radius 1: set abstraction to half and an eighth of the points, then of all of them, 512, 256, dropout, logits.
 * Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, classCount]. Neither the order of the points matters nor where the cloud lies.
 * @example
 * ```ts
 * const network = new nn.layer.points.PointNet2Classifier({ classCount: 4, width: 0.1 });
 * const cloud = tf.tensor3d([[[0, 0, 0], [1, 0, 0], [0, 1, 0]]]);
 * const logits = network.apply(cloud) as tf.Tensor;
 * logits.shape; // → [1, 4]
 * tf.max(tf.abs(tf.sub(logits, network.apply(tf.add(cloud, 1)) as tf.Tensor))); // → 0
 * ```
 */
export class PointNet2Classifier extends PointNet2Network {
  static readonly className: string = 'PointNet2Classifier';
  private readonly head: PointHead;

  constructor(args: PointNet2Args) {
    super(args, false);
    const { classCount, width, dropoutRate, momentum, seed } = this.settings;
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [512, 256], width, dropoutRate, momentum, seed: 10 * seed + 7 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const widths = this.buildEncoder(inputShape as Shape);
    this.buildPart(this.head, [1, widths[widths.length - 1]]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: PointNet2CallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    const { training, record, dropSeed } = kwargs;
    return tf.tidy(() => this.withHierarchy(x, kwargs, (hierarchy) => {
      const { global, centre } = this.encode(x as tf.Tensor3D, hierarchy, kwargs);
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
tf.serialization.registerClass(PointNet2Classifier);
