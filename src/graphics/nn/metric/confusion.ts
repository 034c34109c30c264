import { asFloat } from '../../asFloat';
import { checkLastAxis, checkMinimumRank, checkSameBatches, checkShape } from '../../shape';
import { minDenominator } from '../../math/safe';
import * as tf from '../../tf';

export interface ClassOptions {
  /** The classes to look at; all from 0 to the largest label if absent, which reads the labels back. */
  readonly classes?: number | readonly number[] | null;
  /** Averages over the classes. */
  readonly reduceAverage?: boolean;
  /** What the network gives, to class numbers. */
  readonly predictionToCategoryFunction?: (prediction: tf.Tensor) => tf.Tensor;
}

/** Class numbers as they are, without what follows the point. */
export const castToInt = (prediction: tf.Tensor): tf.Tensor => tf.cast(prediction, 'int32');

/** Counts for each class, [*, C]. */
export interface Confusion {
  readonly hits: tf.Tensor;
  readonly predicted: tf.Tensor;
  readonly actual: tf.Tensor;
}

/** The class numbers to look at: [C]. Where they are read from the labels, those that do not count name none. */
function classNumbers(classes: ClassOptions['classes'], labels: readonly tf.Tensor[], counted: tf.Tensor | null): number[] {
  if (typeof classes === 'number') return [classes];
  if (classes) return [...classes];
  const largest = Math.max(...labels.map((label) => tf.max(counted ? tf.where(tf.notEqual(counted, 0), label, tf.fill(label.shape, -1)) : label).dataSync()[0]));
  return Array.from({ length: largest + 1 }, (_, k) => k);
}

/** How often each class was predicted, was right, and both. @param groundTruth [*, N] @param categories [*, N] @param mask [*, N], what counts; all if null. */
export function countClasses(groundTruth: tf.Tensor, categories: tf.Tensor, classes: ClassOptions['classes'], mask: tf.Tensor | null = null): Confusion {
  const labels = [groundTruth, categories].map((label) => tf.expandDims(asFloat(tf.cast(label, 'int32')), -2));
  const counted = mask && tf.expandDims(asFloat(mask), -2);
  const found = classNumbers(classes, labels, counted);
  const numbers = tf.tensor2d(found, [found.length, 1]);
  const [truth, prediction] = labels.map((label) => asFloat(tf.equal(label, numbers)));
  const count = (flags: tf.Tensor) => tf.sum(counted ? tf.mul(flags, counted) : flags, -1);
  return { hits: count(tf.mul(truth, prediction)), predicted: count(prediction), actual: count(truth) };
}

/** Of each class's elements, by `whole` those predicted to be of it or those that are, the share that is both. @returns [*], or [*, C] */
export function classShares(
  groundTruth: tf.Tensor, prediction: tf.Tensor, whole: 'predicted' | 'actual',
  { classes, reduceAverage, predictionToCategoryFunction }: Required<ClassOptions>,
): tf.Tensor {
  return tf.tidy(() => {
    const categories = predictionToCategoryFunction(prediction);
    checkLabels(groundTruth, categories);
    const counts = countClasses(groundTruth, categories, classes);
    const shares = share(counts.hits, counts[whole]);
    return reduceAverage ? tf.mean(shares, -1) : shares;
  });
}

/** Refuses labels and predictions of different shapes. */
export function checkLabels(groundTruth: tf.Tensor, prediction: tf.Tensor): void {
  checkMinimumRank('groundTruth', groundTruth, 1);
  checkLastAxis('prediction', prediction, groundTruth.shape[groundTruth.rank - 1]);
  checkSameBatches(['groundTruth', groundTruth, 1], ['prediction', prediction, 1]);
}

/** Refuses a mask of another shape than the labels'. */
export function checkMask(groundTruth: tf.Tensor, mask: tf.Tensor | null): void {
  if (mask) checkShape('mask', mask, groundTruth.shape);
}

/** part / whole, 0 where both are 0. */
export const share = (part: tf.Tensor, whole: tf.Tensor): tf.Tensor => tf.div(part, tf.maximum(whole, minDenominator()));
