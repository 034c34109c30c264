import * as tf from '../../tf';
import { castToInt, checkLabels, countClasses, share, type ClassOptions } from './confusion';

/**
 * Of the elements predicted to be of a class, the share that is of it; 0 where there are none. Not differentiable.
 * @param groundTruth [*, N], class numbers.
 * @param prediction [*, N], or what `predictionToCategoryFunction` makes [*, N] of.
 * @returns [*], or [*, C] without `reduceAverage`.
 * @throws Error that names the argument, axis and shape.
 */
export function evaluate(
  groundTruth: tf.Tensor, prediction: tf.Tensor,
  { classes = null, reduceAverage = true, predictionToCategoryFunction = castToInt }: ClassOptions = {},
): tf.Tensor {
  return tf.tidy(() => {
    const categories = predictionToCategoryFunction(prediction);
    checkLabels(groundTruth, categories);
    const { hits, predicted } = countClasses(groundTruth, categories, classes);
    const precision = share(hits, predicted);
    return reduceAverage ? tf.mean(precision, -1) : precision;
  });
}
