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
 * @param options.precisionFunction and options.recallFunction may fix the classes looked at; both give [*].
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
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
