import { asFloat } from '../../asFloat';
import { minDenominator } from '../../math/safe';
import { checkMinimumRank, checkShape } from '../../shape';
import * as tf from '../../tf';

export interface CrossEntropyOptions {
  /** [K]: how much an element of each class counts; alike by default. */
  readonly classWeights?: tf.Tensor | readonly number[] | null;
  /** Share of the target that is spread over all classes alike. */
  readonly labelSmoothing?: number;
  /** [*]: how much each element counts, 0 for padding; alike by default. */
  readonly mask?: tf.Tensor | null;
}

/**
 * The weighted mean over all elements of −Σₖ qₖ log softmax(logits)ₖ, with q = (1 − s) · one-hot + s / K; 0 where nothing counts. An element's weight
 * is its class's times its mask. Label smoothing: Szegedy et al., "Rethinking the Inception Architecture", CVPR 2016, section 7.
 * @param labels int32 [*], class numbers. Labels outside 0 … K − 1 do not count.
 * @param logits [*, K]
 * @param options.classWeights [K]: how much an element of each class counts; alike by default.
 * @param options.labelSmoothing s, in 0 … 1.
 * @param options.mask [*]: how much each element counts, 0 for padding; alike by default.
 * @returns scalar
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [labels, logits] = [tf.tensor1d([0, 1], 'int32'), tf.tensor2d([[0, 0], [0, Math.log(3)]])];
 * // Sure by a half and by three quarters: (log 2 + log 4/3) / 2.
 * nn.loss.softmaxCrossEntropy.evaluate(labels, logits); // → 0.4904
 * nn.loss.softmaxCrossEntropy.evaluate(labels, logits, { mask: tf.tensor1d([1, 0]) }); // → 0.6931
 * nn.loss.softmaxCrossEntropy.evaluate(labels, logits, { classWeights: [0, 5] }); // → 0.2877
 * nn.loss.softmaxCrossEntropy.evaluate(labels, logits, { labelSmoothing: 1 }); // → 0.7650
 * ```
 */
export function evaluate(
  labels: tf.Tensor, logits: tf.Tensor, { classWeights = null, labelSmoothing = 0, mask = null }: CrossEntropyOptions = {},
): tf.Scalar {
  checkMinimumRank('logits', logits, 1);
  const classCount = logits.shape[logits.rank - 1];
  checkShape('labels', labels, logits.shape.slice(0, -1));
  if (mask) checkShape('mask', mask, labels.shape);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) throw new Error(`labelSmoothing must lie in 0 to 1, but it is ${labelSmoothing}`);
  return tf.tidy(() => {
    const weightOfClass = classWeights === null || classWeights instanceof tf.Tensor ? classWeights : tf.tensor1d([...classWeights]);
    if (weightOfClass) checkShape('classWeights', weightOfClass, [classCount]);
    // By comparison: TensorFlow.js has no one-hot vectors of length 1.
    const target = asFloat(tf.equal(tf.expandDims(tf.cast(labels, 'int32'), -1), tf.range(0, classCount, 1, 'int32')));
    const ofClass = tf.sum(weightOfClass ? tf.mul(target, weightOfClass) : target, -1);
    const weights = mask ? tf.mul(ofClass, asFloat(mask)) : ofClass;
    const smooth = tf.add(tf.mul(target, 1 - labelSmoothing), labelSmoothing / classCount);
    const losses = tf.neg(tf.sum(tf.mul(smooth, tf.logSoftmax(asFloat(logits))), -1));
    return tf.div(tf.sum(tf.mul(weights, losses)), tf.maximum(tf.sum(weights), minDenominator())) as tf.Scalar;
  });
}

/**
 * Class weights that make every class count alike: the number of elements over the number of classes and of the class's own elements.
 * Classes without elements get 0.
 * @param counts [K]: elements of each class.
 * @returns [K], the elements' mean weight being 1.
 * @example
 * ```ts
 * nn.loss.softmaxCrossEntropy.balancedWeights([30, 10]); // → [0.6667, 2]
 * ```
 */
export function balancedWeights(counts: readonly number[]): number[] {
  const present = counts.filter((count) => count > 0);
  const total = present.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (count > 0 ? total / (present.length * count) : 0));
}
