import { asFloat } from '../../asFloat';
import { checkLastAxis, checkMinimumRank, checkSameBatches } from '../../shape';
import { MIN_DENOMINATOR } from '../../math/safeOps';
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

/** The class numbers to look at: [C] */
function classNumbers(classes: ClassOptions['classes'], labels: readonly tf.Tensor[]): number[] {
  if (typeof classes === 'number') return [classes];
  if (classes) return [...classes];
  const largest = Math.max(...labels.map((label) => tf.max(label).dataSync()[0]));
  return Array.from({ length: largest + 1 }, (_, k) => k);
}

/** How often each class was predicted, was right, and both. @param groundTruth [*, N] @param categories [*, N] */
export function countClasses(groundTruth: tf.Tensor, categories: tf.Tensor, classes: ClassOptions['classes']): Confusion {
  const labels = [groundTruth, categories].map((label) => tf.expandDims(asFloat(tf.cast(label, 'int32')), -2));
  const numbers = tf.reshape(tf.tensor1d(classNumbers(classes, labels)), [-1, 1]);
  const [truth, prediction] = labels.map((label) => asFloat(tf.equal(label, numbers)));
  const count = (flags: tf.Tensor) => tf.sum(flags, -1);
  return { hits: count(tf.mul(truth, prediction)), predicted: count(prediction), actual: count(truth) };
}

/** Refuses labels and predictions of different shapes. */
export function checkLabels(groundTruth: tf.Tensor, prediction: tf.Tensor): void {
  checkMinimumRank('groundTruth', groundTruth, 1);
  checkLastAxis('prediction', prediction, groundTruth.shape[groundTruth.rank - 1]);
  checkSameBatches(['groundTruth', groundTruth, 1], ['prediction', prediction, 1]);
}

/** part / whole, 0 where both are 0. */
export const share = (part: tf.Tensor, whole: tf.Tensor): tf.Tensor => tf.div(part, tf.maximum(whole, MIN_DENOMINATOR));
