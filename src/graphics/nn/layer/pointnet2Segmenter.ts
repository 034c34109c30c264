import type { DevicePointHierarchy } from '../../geometry/pointHierarchy';
import type { Shape } from '../../layers';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import { FeaturePropagation } from './featurePropagation';
import { globalAverage } from './globalPointPooling';
import { PointNet2Network, type Encoded, type PointNet2Args, type PointNet2CallArgs } from './pointnet2Network';
import { PointHead } from './pointNetwork';
import { SharedLayer } from './sharedLayer';

/** Widths of the propagations from the two coarse levels to the one below each, coarsest first, after that from the whole cloud. */
const GLOBAL_PROPAGATION = [256, 256] as const;
const PROPAGATIONS = [[256, 128], [128, 128, 128]] as const;

/**
 * PointNet++ that labels every point of clouds of radius 1: the set abstractions of PointNet2Classifier, then back by feature propagation, 128, dropout,
 * logits. Called as `layer.apply(x, {training, sizes})`; [B, N, 3 + F] to [B, N, classCount]. Beside their features, points enter the last propagation with
 * their places relative to the cloud's mean.
 * @example
 * ```ts
 * const network = new nn.layer.points.PointNet2Segmenter({ classCount: 2, width: 0.1 });
 * (network.apply(tf.ones([1, 5, 3])) as tf.Tensor).shape; // → [1, 5, 2]
 * ```
 */
export class PointNet2Segmenter extends PointNet2Network {
  static readonly className: string = 'PointNet2Segmenter';
  private readonly head: PointHead;
  /** From the whole cloud to the coarsest level: its feature is the same everywhere, so that its product is made once. */
  private readonly fromCloud: SharedLayer;
  private readonly afterCloud: SharedLayer;
  private readonly propagations: readonly FeaturePropagation[];

  constructor(args: PointNet2Args) {
    super(args, true);
    const { classCount, width, dropoutRate, momentum, seed } = this.settings;
    const [first, second] = this.scaledWidths(GLOBAL_PROPAGATION);
    this.fromCloud = this.adopt(new SharedLayer({ name: 'propagation1', channels: first, momentum, seed: 10 * seed + 4 }));
    this.afterCloud = this.adopt(new SharedLayer({ name: 'propagation1b', channels: second, momentum, seed: 10 * seed + 5 }));
    this.propagations = PROPAGATIONS.map((channels, i) => this.adopt(new FeaturePropagation({
      name: `propagation${i + 2}`, channels: this.scaledWidths(channels), momentum, seed: 10 * seed + 6 + i,
    })));
    this.head = this.adopt(new PointHead({ name: 'head', classCount, channels: [128], width, dropoutRate, momentum, seed: 10 * seed + 8 }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const [own, fine, coarse, global] = this.buildEncoder(inputShape as Shape);
    let width = this.buildPart(this.afterCloud, this.buildPart(this.fromCloud, [1, coarse + global]))[1] as number;
    this.propagations.forEach((layer, i) => {
      tf.tidy(() => void layer.apply([tf.zeros([1, 1, width]), tf.zeros([1, 1, [fine, own + 3][i]]), tf.zeros([1, 1, 1], 'int32')]));
      width = layer.outChannels;
    });
    this.buildPart(this.head, [1, width]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: PointNet2CallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    return tf.tidy(() => this.withHierarchy(x, kwargs, (hierarchy) => {
      const { features, global } = this.encode(x as tf.Tensor3D, hierarchy, kwargs);
      return this.decode(x as tf.Tensor3D, hierarchy, features, global, kwargs);
    }));
  }

  private decode(x: tf.Tensor3D, hierarchy: DevicePointHierarchy, features: Encoded['features'], global: tf.Tensor, kwargs: PointNet2CallArgs): tf.Tensor {
    const { training, record, dropSeed } = kwargs;
    const top = hierarchy[2];
    const [ofPoints, ofCloud] = this.splitProducts(features[2]!, global);
    const meeting = this.fromCloud.finish(tf.add(ofPoints, tf.expandDims(ofCloud, 1)), { training, rows: top.rows });
    let y = this.afterCloud.apply(meeting, { training, rows: top.rows }) as tf.Tensor;
    record?.({
      name: this.fromCloud.name, kind: 'unpool', positions: top.positions, activation: y,
      sources: [...this.levelSources(1, 'own'), { layer: 'globalMax', takes: 'all' }],
      arithmetic: {
        form: 'own', inputs: features[2], beside: tf.tile(tf.expandDims(global, 1), [1, top.positions.shape[1], 1]),
        stages: [this.fromCloud.stage(), this.afterCloud.stage()],
      },
    });
    const relative = tf.sub(hierarchy[0].positions, tf.expandDims(globalAverage(hierarchy[0].positions, hierarchy[0].rows), 1));
    const own = x.shape[2] > 3 ? tf.concat([relative, tf.slice(x, [0, 0, 3])], 2) : relative;
    this.propagations.forEach((layer, i) => {
      const [coarse, fine] = [hierarchy[2 - i], hierarchy[1 - i]];
      const [inputs, beside] = [y, i === 0 ? features[1]! : own];
      y = layer.apply([inputs, beside], { training, neighbors: coarse.interpolation, rows: fine.rows }) as tf.Tensor;
      if (!record) return;
      const neighborhood = coarse.source.interpolation!;
      record({
        name: layer.name, kind: 'unpool', positions: fine.positions, activation: y, neighborhood,
        entryWeights: tf.tensor2d(neighborhood.weights, [neighborhood.weights.length, 1]),
        sources: [{ layer: i === 0 ? this.fromCloud.name : this.propagations[i - 1].name, takes: 'neighbors' }, ...(i === 0 ? this.levelSources(0, 'own') : [{ takes: 'own' } as const])],
        arithmetic: { form: 'mean', inputs, beside, shares: neighborhood.weights, stages: layer.stages() },
      });
    });
    const { positions, rows } = hierarchy[0];
    return this.head.apply(y, { training, rows, record, dropSeed, positions }) as tf.Tensor;
  }

  private splitProducts(points: tf.Tensor, cloud: tf.Tensor): readonly [tf.Tensor, tf.Tensor] {
    const [batch, count, channels] = points.shape as [number, number, number];
    const { kernel } = this.fromCloud;
    const ofPoints = tf.matMul(tf.reshape(points, [batch * count, channels]), tf.slice(kernel, 0, channels));
    return [tf.reshape(ofPoints, [batch, count, -1]), tf.matMul(cloud, tf.slice(kernel, channels))];
  }

  /** What `record` is called with, in order. */
  get recordNames(): readonly string[] {
    return [...this.encoderNames, this.fromCloud.name, ...this.propagations.map(({ name }) => name), ...this.head.hidden.map(({ name }) => name)];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, 2), this.settings.classCount];
  }
}
tf.serialization.registerClass(PointNet2Segmenter);
