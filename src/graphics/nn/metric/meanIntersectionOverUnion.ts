import { asFloat } from '../../asFloat';
import * as tf from '../../tf';
import { checkLabels, checkMask, countClasses, share, type Confusion } from './confusion';

export interface PartOptions {
  /** The parts to look at; all from 0 to the largest label if null, which reads the labels back. */
  readonly classes?: readonly number[] | null;
  /** [*, N]: 1 for points that count, 0 for those that do not; all by default. */
  readonly mask?: tf.Tensor | null;
}

/** Of the points that are of a part or were taken for it, the share that is both; 1 for a part that neither has. */
function intersectionOverUnion({ hits, predicted, actual }: Confusion): tf.Tensor {
  const union = tf.sub(tf.add(predicted, actual), hits);
  return tf.add(share(hits, union), asFloat(tf.equal(union, 0)));
}

/**
 * For each shape the mean over its parts of the intersection over union of true and predicted points, where a part that neither has counts 1: the
 * measure of ShapeNet part (Yi et al., "A Scalable Active Framework for Region Annotation in 3D Shape Collections", 2016, as used by Qi et al.,
 * "PointNet", 2017, section 5.1). The mean over shapes is the usual "instance mIoU". Not differentiable.
 * @param groundTruth [*, N], part numbers.
 * @param prediction [*, N], part numbers.
 * @param options.classes the parts that such shapes may have; all from 0 to the largest label if null, which reads the labels back.
 * @param options.mask [*, N]: 1 for points that count, 0 for those that do not; all by default.
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Part 0: one of two points; part 1: two of three; part 2 is in neither: (1/2 + 2/3 + 1) / 3.
 * const [truth, prediction] = [tf.tensor1d([0, 0, 1, 1], 'int32'), tf.tensor1d([0, 1, 1, 1], 'int32')];
 * nn.metric.meanIntersectionOverUnion.evaluate(truth, prediction, { classes: [0, 1, 2] }); // → 0.7222
 * ```
 */
export function evaluate(groundTruth: tf.Tensor, prediction: tf.Tensor, { classes = null, mask = null }: PartOptions = {}): tf.Tensor {
  checkLabels(groundTruth, prediction);
  checkMask(groundTruth, mask);
  return tf.tidy(() => tf.mean(intersectionOverUnion(countClasses(groundTruth, prediction, classes, mask)), -1));
}

/**
 * For each part the intersection over union of all shapes' points taken together; 1 for a part that is nowhere. Not differentiable.
 * @param groundTruth [*, N], part numbers.
 * @param prediction [*, N], part numbers.
 * @param options.classes the parts to look at; all from 0 to the largest label if null, which reads the labels back.
 * @param options.mask [*, N]: 1 for points that count, 0 for those that do not; all by default.
 * @returns [C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [truth, prediction] = [tf.tensor2d([[0, 0], [1, 1]], [2, 2], 'int32'), tf.tensor2d([[0, 1], [1, 1]], [2, 2], 'int32')];
 * nn.metric.meanIntersectionOverUnion.perPart(truth, prediction); // → [0.5, 0.6667]
 * ```
 */
export function perPart(groundTruth: tf.Tensor, prediction: tf.Tensor, { classes = null, mask = null }: PartOptions = {}): tf.Tensor1D {
  checkLabels(groundTruth, prediction);
  checkMask(groundTruth, mask);
  return tf.tidy(() => {
    const flat = (labels: tf.Tensor) => tf.reshape(labels, [-1]);
    return intersectionOverUnion(countClasses(flat(groundTruth), flat(prediction), classes, mask && flat(mask))) as tf.Tensor1D;
  });
}
