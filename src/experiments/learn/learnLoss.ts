import * as tf from '../../graphics/tf';

/** What a batch's truth weighs: rows [R] of one-hot targets with their weights. */
export interface LossTerms {
  /** int32 [R]; −1 for rows that do not count. */
  readonly truth: tf.Tensor1D;
  readonly labelSmoothing: number;
  /** [K] */
  readonly classWeights?: tf.Tensor1D;
}

/**
 * Mean cross-entropy over the rows that count, each with its class's weight, against targets of 1 − ε + ε / K for the truth and ε / K for the rest
 * (Szegedy et al. 2016, "Rethinking the Inception Architecture", §7). To be called inside tf.tidy.
 * @param logits [R, K]
 */
export function weightedCrossEntropy(logits: tf.Tensor2D, { truth, labelSmoothing, classWeights }: LossTerms): tf.Scalar {
  const classes = logits.shape[1];
  const known = tf.maximum(truth, tf.scalar(0, 'int32'));
  const hot = tf.oneHot(known, classes) as tf.Tensor2D;
  const target = tf.add(tf.mul(hot, 1 - labelSmoothing), labelSmoothing / classes);
  const entropy = tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(logits)), 1));
  const counts = tf.cast(tf.greaterEqual(truth, 0), 'float32');
  const weights = classWeights ? tf.mul(counts, tf.sum(tf.mul(hot, classWeights), 1)) : counts;
  return tf.div(tf.sum(tf.mul(entropy, weights)), tf.maximum(tf.sum(weights), MIN_WEIGHT));
}

/** A batch without a label in it has a loss of 0. */
const MIN_WEIGHT = 1e-6;

/** Share of the rows that count whose largest logit is the truth's. */
export function accuracyOf(logits: tf.Tensor2D, truth: tf.Tensor1D): tf.Scalar {
  const counts = tf.cast(tf.greaterEqual(truth, 0), 'float32');
  const right = tf.cast(tf.equal(tf.argMax(logits, 1), truth), 'float32');
  return tf.div(tf.sum(tf.mul(right, counts)), tf.maximum(tf.sum(counts), 1));
}

/** Weights inverse to how often each class occurs, 1 on average over what occurs; classes that never do weigh nothing. */
export function inverseFrequencies(counts: readonly number[]): Float32Array {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const present = counts.filter((n) => n > 0).length;
  return Float32Array.from(counts, (n) => (n > 0 ? total / (present * n) : 0));
}
