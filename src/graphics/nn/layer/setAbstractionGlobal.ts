import type { Shape } from '../../layers';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import type { LayerArithmetic } from '../model/layerArithmetic';
import { globalAverage, globalMax } from './globalPointPooling';
import { withRows, type PointCallArgs } from './pointRows';
import { SharedStack } from './sharedStack';

export interface GlobalAbstractionCallArgs extends PointCallArgs {
  /** Called with what the maximum is taken of, [B, N, D], and how that came about. */
  readonly inspect?: (activation: tf.Tensor, arithmetic: LayerArithmetic) => void;
}

/**
 * The last set abstraction, of all points at once: a small PointNet of [xⱼ − x̄, fⱼ] and the maximum over the cloud. Qi et al., "PointNet++", NeurIPS 2017,
 * section 3.2. The paper's program takes coordinates as they are; here they count from the cloud's mean x̄, so that a cloud that moves stays what it is.
 * Called as `layer.apply([points, features], {training, sizes})`: [B, N, 3] and [B, N, C], the latter where points have features. Output [B, D].
 * @example
 * ```ts
 * const layer = new nn.layer.points.GlobalSetAbstraction({ channels: [8, 16] });
 * const y = layer.apply([tf.ones([2, 5, 3]), tf.ones([2, 5, 4])]) as tf.Tensor;
 * y.shape; // → [2, 16]
 * ```
 */
export class GlobalSetAbstraction extends SharedStack {
  static readonly className: string = 'GlobalSetAbstraction';

  override build(inputShape: Shape | Shape[]): void {
    const [points, features] = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    this.buildShared((points.at(-1) as number) + (this.settings.features ? features.at(-1) as number : 0));
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: GlobalAbstractionCallArgs): tf.Tensor {
    const [points, features] = Array.isArray(inputs) ? inputs : [inputs];
    checkShape('points', points, [null, null, null]);
    if (this.settings.features && !features) throw new Error('inputs must be [points, features]');
    if (features) checkShape('features', features, [...points.shape.slice(0, 2), null]);
    const { training, inspect } = kwargs;
    return tf.tidy(() => withRows(points, kwargs, (rows) => {
      const relative = tf.sub(points, tf.expandDims(globalAverage(points, rows), 1));
      const x = features ? tf.concat([relative, features], 2) : relative;
      const last = this.shared[this.shared.length - 1];
      const before = this.shared.slice(0, -1).reduce((y, layer) => layer.apply(y, { training, rows }) as tf.Tensor, x);
      // The widest features of all points are made only for who looks at them.
      if (!inspect) return last.applyMax(before, rows, training);
      const seen = last.apply(before, { training, rows }) as tf.Tensor;
      inspect(seen, { form: 'own', inputs: x, stages: this.stages() });
      return globalMax(seen, rows);
    }));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const first = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
    return [first[0], this.outChannels];
  }
}
tf.serialization.registerClass(GlobalSetAbstraction);
