import type * as tf from '../../tf';
import { castToInt, classShares, type ClassOptions } from './confusion';

/**
 * Of the elements of a class, the share that was predicted to be of it; 0 where there are none. Not differentiable.
 * @param groundTruth [*, N], class numbers.
 * @param prediction [*, N], or what `predictionToCategoryFunction` makes [*, N] of.
 * @param options.classes the class or classes to look at; all from 0 to the largest label if null, which reads the labels back.
 * @param options.reduceAverage averages over the classes.
 * @param options.predictionToCategoryFunction takes the prediction to class numbers [*, N]; cuts off what follows the point by default.
 * @returns [*], or [*, C] without `reduceAverage`.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // One of two zeros was found, and both ones.
 * const [truth, prediction] = [tf.tensor1d([0, 0, 1, 1], 'int32'), tf.tensor1d([0, 1, 1, 1], 'int32')];
 * nn.metric.recall.evaluate(truth, prediction, { reduceAverage: false }); // → [0.5, 1]
 * nn.metric.recall.evaluate(truth, prediction); // → 0.75
 * ```
 */
export function evaluate(
  groundTruth: tf.Tensor, prediction: tf.Tensor,
  { classes = null, reduceAverage = true, predictionToCategoryFunction = castToInt }: ClassOptions = {},
): tf.Tensor {
  return classShares(groundTruth, prediction, 'actual', { classes, reduceAverage, predictionToCategoryFunction });
}
