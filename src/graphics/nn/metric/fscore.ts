import * as tf from '../../tf';
import { share } from './confusion';
import * as precision from './precision';
import * as recall from './recall';

type Metric = (groundTruth: tf.Tensor, prediction: tf.Tensor) => tf.Tensor;

export interface FscoreOptions {
  readonly precisionFunction?: Metric;
  readonly recallFunction?: Metric;
}

/**
 * The harmonic mean of precision and recall; 0 where both are 0.
 * @param groundTruth [*, N], class numbers.
 * @param prediction [*, N], class numbers.
 * @param options.precisionFunction gives [*]; one of the caller's may fix the classes looked at.
 * @param options.recallFunction gives [*], of the same classes.
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Of class 1 all are found, and two in three that were predicted are right: 2 · 1 · ⅔ / (1 + ⅔).
 * const [truth, prediction] = [tf.tensor1d([0, 0, 1, 1], 'int32'), tf.tensor1d([0, 1, 1, 1], 'int32')];
 * const precisionFunction = (labels: tf.Tensor, guess: tf.Tensor) => nn.metric.precision.evaluate(labels, guess, { classes: 1 });
 * const recallFunction = (labels: tf.Tensor, guess: tf.Tensor) => nn.metric.recall.evaluate(labels, guess, { classes: 1 });
 * nn.metric.fscore.evaluate(truth, prediction, { precisionFunction, recallFunction }); // → 0.8
 * ```
 */
export function evaluate(
  groundTruth: tf.Tensor, prediction: tf.Tensor,
  { precisionFunction = precision.evaluate, recallFunction = recall.evaluate }: FscoreOptions = {},
): tf.Tensor {
  return tf.tidy(() => {
    const [p, r] = [precisionFunction(groundTruth, prediction), recallFunction(groundTruth, prediction)];
    return share(tf.mul(2, tf.mul(p, r)), tf.add(p, r));
  });
}
