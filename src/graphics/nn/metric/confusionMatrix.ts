import { asFloat } from '../../asFloat';
import * as tf from '../../tf';
import { checkLabels, checkMask } from './confusion';

/**
 * How often an element of class i was taken for class j: in row i and column j. Labels outside 0 … classCount − 1 do not count. Not differentiable.
 * @param groundTruth [*, N], class numbers.
 * @param prediction [*, N], class numbers.
 * @param classCount K
 * @param options.mask [*, N]: 1 for what counts, 0 for what does not; all by default.
 * @returns [*, K, K]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [truth, prediction] = [tf.tensor1d([0, 1, 1, 1], 'int32'), tf.tensor1d([0, 1, 0, 1], 'int32')];
 * nn.metric.confusionMatrix.evaluate(truth, prediction, 2); // → [[1, 0], [1, 2]]
 * ```
 */
export function evaluate(groundTruth: tf.Tensor, prediction: tf.Tensor, classCount: number, { mask = null }: { readonly mask?: tf.Tensor | null } = {}): tf.Tensor {
  checkLabels(groundTruth, prediction);
  checkMask(groundTruth, mask);
  return tf.tidy(() => {
    // By comparison: TensorFlow.js has no one-hot vectors of length 1.
    const indicate = (labels: tf.Tensor) => asFloat(tf.equal(tf.expandDims(tf.cast(labels, 'int32'), -1), tf.range(0, classCount, 1, 'int32')));
    const truth = indicate(groundTruth);
    return tf.matMul(mask ? tf.mul(truth, tf.expandDims(asFloat(mask), -1)) : truth, indicate(prediction), true);
  });
}
