import { asFloat } from '../../asFloat';
import * as tf from '../../tf';
import { checkLabels, checkMask, countClasses, share } from './confusion';

/**
 * The share of elements whose label is right; 0 where nothing counts. Not differentiable.
 * @param groundTruth [*, N], class numbers.
 * @param prediction [*, N], class numbers.
 * @param options.mask [*, N]: 1 for what counts, 0 for what does not; all by default.
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [truth, prediction] = [tf.tensor1d([0, 1, 1, 2], 'int32'), tf.tensor1d([0, 1, 0, 0], 'int32')];
 * nn.metric.accuracy.evaluate(truth, prediction); // → 0.5
 * nn.metric.accuracy.evaluate(truth, prediction, { mask: tf.tensor1d([1, 1, 1, 0]) }); // → 0.6667
 * ```
 */
export function evaluate(groundTruth: tf.Tensor, prediction: tf.Tensor, { mask = null }: { readonly mask?: tf.Tensor | null } = {}): tf.Tensor {
  checkLabels(groundTruth, prediction);
  checkMask(groundTruth, mask);
  return tf.tidy(() => {
    const right = asFloat(tf.equal(tf.cast(groundTruth, 'int32'), tf.cast(prediction, 'int32')));
    const counted = mask ? asFloat(mask) : tf.onesLike(right);
    return share(tf.sum(tf.mul(right, counted), -1), tf.sum(counted, -1));
  });
}

/**
 * Of the elements of each class, over all of the batch, the share whose label is right; NaN for classes without elements. Not differentiable.
 * @param groundTruth [*, N], class numbers.
 * @param prediction [*, N], class numbers.
 * @param options.classes the classes to look at; all from 0 to the largest label if null, which reads the labels back.
 * @param options.mask [*, N]: 1 for what counts, 0 for what does not; all by default.
 * @returns [C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [truth, prediction] = [tf.tensor1d([0, 1, 1, 2], 'int32'), tf.tensor1d([0, 1, 0, 0], 'int32')];
 * nn.metric.accuracy.perClass(truth, prediction); // → [1, 0.5, 0]
 * ```
 */
export function perClass(
  groundTruth: tf.Tensor, prediction: tf.Tensor,
  { classes = null, mask = null }: { readonly classes?: readonly number[] | null; readonly mask?: tf.Tensor | null } = {},
): tf.Tensor1D {
  checkLabels(groundTruth, prediction);
  checkMask(groundTruth, mask);
  return tf.tidy(() => {
    const flat = (labels: tf.Tensor) => tf.reshape(labels, [-1]);
    const { hits, actual } = countClasses(flat(groundTruth), flat(prediction), classes, mask && flat(mask));
    return tf.where(tf.greater(actual, 0), share(hits, actual), tf.fill(actual.shape, NaN)) as tf.Tensor1D;
  });
}
