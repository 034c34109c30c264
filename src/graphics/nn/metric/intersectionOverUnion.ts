import { asFloat } from '../../asFloat';
import { assertEvery } from '../../assertions';
import { checkAxis, checkMinimumRank, checkSameBatches } from '../../shape';
import * as tf from '../../tf';
import { share } from './confusion';

const binary = (value: number): boolean => value === 0 || value === 1;

/**
 * The share of cells labelled 1 in either grid that are so in both; 1 for two empty grids.
 * @param groundTruthLabels [*, G1, …, GgridSize], 0 or 1.
 * @param predictedLabels of the same shape, 0 or 1.
 * @param options.gridSize how many last axes make up a grid.
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // One cell is labelled in both, three in either.
 * nn.metric.intersectionOverUnion.evaluate(tf.tensor1d([1, 1, 0, 0]), tf.tensor1d([0, 1, 1, 0])); // → 0.3333
 * ```
 */
export function evaluate(groundTruthLabels: tf.Tensor, predictedLabels: tf.Tensor, { gridSize = 1 } = {}): tf.Tensor {
  checkMinimumRank('groundTruthLabels', groundTruthLabels, gridSize);
  checkMinimumRank('predictedLabels', predictedLabels, gridSize);
  for (let axis = -gridSize; axis < 0; axis++) checkAxis('predictedLabels', predictedLabels, axis, groundTruthLabels.shape[groundTruthLabels.rank + axis]);
  checkSameBatches(['groundTruthLabels', groundTruthLabels, gridSize], ['predictedLabels', predictedLabels, gridSize]);
  return tf.tidy(() => {
    assertEvery('groundTruthLabels', groundTruthLabels, 'be 0 or 1', binary);
    assertEvery('predictedLabels', predictedLabels, 'be 0 or 1', binary);
    const [truth, prediction] = [asFloat(groundTruthLabels), asFloat(predictedLabels)];
    const axes = Array.from({ length: gridSize }, (_, k) => truth.rank - gridSize + k);
    const union = tf.sum(tf.maximum(truth, prediction), axes);
    const intersection = tf.sum(tf.mul(truth, prediction), axes);
    const empty = asFloat(tf.equal(union, 0));
    return tf.add(share(intersection, union), empty);
  });
}
