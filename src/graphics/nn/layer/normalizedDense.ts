import { denseMax, normalizeColumns, occupiedSegments, scaleShift, segmentSum, type SegmentTable } from '../../kernels';
import { untaped } from '../../kernels/untaped';
import type { LayerVariable } from '../../layers';
import * as tf from '../../tf';

// A dense layer, batch normalisation and a (leaky) ReLU, point by point or with the maximum over the points of each cloud: what networks on points
// spend their time in.

/** Added to variances, as in Keras: channels that do not vary stay as they are. */
export const VARIANCE_FLOOR = 1e-3;

/** A normalisation's weights, [C] each. */
export interface NormalizationWeights {
  readonly gamma: LayerVariable;
  readonly beta: LayerVariable;
  /** Moving averages. */
  readonly mean: LayerVariable;
  readonly variance: LayerVariable;
  /** [1]: how many batches the averages have seen, where they begin as plain means. */
  readonly batches?: LayerVariable;
  /** Of the dense layer before: it cancels in training, where only the moving mean knows it, so it is never added. */
  readonly bias?: LayerVariable;
}

export interface NormalizationSettings {
  /** Whether the batch's own moments are taken, and the moving averages follow them. */
  readonly training: boolean;
  /** Share of the moving averages that stays at each step. */
  readonly momentum: number;
  /** What becomes of negative results: 0 for ReLU, 1 for nothing. */
  readonly slope: number;
}

/** Which rows count, and for which cloud. */
export interface CountedRows {
  /** −1 for padding. */
  readonly groups: SegmentTable;
  /** Rows that count. */
  readonly total: number;
  /** [R, 1], 1 for rows that count; null where all do. */
  readonly mask: tf.Tensor | null;
}

/**
 * Moves the moving averages towards a batch's moments [C]. Where batches are counted the first of them weigh alike: what the averages were set to before
 * is forgotten at once, and not after as many batches as a variance is smaller than 1.
 */
export function followMoments(
  { mean, variance, batches, bias }: NormalizationWeights, momentum: number, moments: { readonly mean: tf.Tensor; readonly variance: tf.Tensor },
): void {
  untaped(() => tf.tidy(() => {
    const moved = bias ? tf.add(moments.mean, bias.read()) : moments.mean;
    const seen = batches?.read();
    const stays = seen ? tf.minimum(momentum, tf.div(seen, tf.add(seen, 1))) : tf.scalar(momentum);
    for (const [variable, now] of [[mean, moved], [variance, moments.variance]] as const) {
      variable.write(tf.add(tf.mul(variable.read(), stays), tf.mul(now, tf.sub(1, stays))));
    }
    if (seen) batches!.write(tf.add(seen, 1));
  }));
}

/** β, with a gradient of 0 for the bias. */
const offsetOf = ({ beta, bias }: NormalizationWeights): tf.Tensor => (bias ? tf.add(beta.read(), tf.mul(bias.read(), 0)) : beta.read());

interface Line { readonly scale: tf.Tensor; readonly shift: tf.Tensor }

/** What a normalisation with known moments of the products multiplies these by and adds. */
export function scaleAndShift(weights: NormalizationWeights, mean: tf.Tensor, variance: tf.Tensor): Line {
  const scale = tf.mul(weights.gamma.read(), tf.rsqrt(tf.add(variance, VARIANCE_FLOOR)));
  return { scale, shift: tf.sub(offsetOf(weights), tf.mul(mean, scale)) };
}

/** The same by the moving averages. */
export const lineOfAverages = (weights: NormalizationWeights): Line =>
  scaleAndShift(weights, weights.bias ? tf.sub(weights.mean.read(), weights.bias.read()) : weights.mean.read(), weights.variance.read());

/**
 * Normalisation and activation of rows [R, C]. Padding neither counts nor gets a gradient.
 * @param rows which count; all by default.
 */
export function normalizeRows(x: tf.Tensor2D, weights: NormalizationWeights, { training, momentum, slope }: NormalizationSettings, rows?: CountedRows): tf.Tensor2D {
  return tf.tidy(() => {
    if (!training) {
      const { scale, shift } = lineOfAverages(weights);
      return scaleShift(x, scale, shift, slope);
    }
    const padding = rows?.mask ? { segments: rows.groups.segments, count: rows.total } : {};
    const { y, mean, variance } = normalizeColumns(x, weights.gamma.read(), offsetOf(weights), { epsilon: VARIANCE_FLOOR, slope, ...padding });
    // A batch of nothing has no moments.
    if (!rows || rows.total > 0) followMoments(weights, momentum, { mean, variance });
    return y;
  });
}

/** −1 where γ is negative: there the largest result comes from the smallest product. */
export const signsOf = (gamma: tf.Tensor): tf.Tensor1D => untaped(() => tf.tidy(() => tf.sub(tf.mul(tf.cast(tf.greaterEqual(gamma, 0), 'float32'), 2), 1) as tf.Tensor1D));

/** xᵀ · x, [D, D]; its gradient is one product where that of tf.matMul would be two. */
const gram = (x: tf.Tensor2D): tf.Tensor2D => tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
  const [rows, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
  save([rows]);
  return {
    value: tf.matMul(rows, rows, true),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.matMul(saved[0], tf.add(dy, tf.transpose(dy))),
  };
})(x) as tf.Tensor2D;

/**
 * The maximum over each cloud's rows of act(BN(x · kernel)), equal to that of {@link normalizeRows} of the product, without the product: a
 * normalisation is monotone in every channel, and its moments follow from those of x, mean mᵀ W and variances of the diagonal of Wᵀ Cov(x) W.
 * So the gradient costs R · D² and not R · D · C.
 * @param x [R, D] @param kernel [D, C]
 * @returns [S, C], 0 for clouds without rows.
 */
export function normalizedDenseMax(
  x: tf.Tensor2D, kernel: tf.Tensor2D, weights: NormalizationWeights, { training, momentum, slope }: NormalizationSettings, rows: CountedRows,
): tf.Tensor2D {
  return tf.tidy(() => {
    const signs = signsOf(weights.gamma.read());
    const whole = (y: tf.Tensor2D): tf.Tensor2D => {
      const occupied = occupiedSegments(rows.groups);
      return occupied ? tf.mul(y, occupied) : y;
    };
    if (!training) {
      const { scale, shift } = lineOfAverages(weights);
      return whole(scaleShift(denseMax(x, kernel, signs, rows.groups).values, scale, shift, slope));
    }
    const count = Math.max(1, rows.total);
    const mean = tf.div(tf.sum(segmentSum(x, rows.groups), 0), count);
    const moved = scaleShift(x, tf.onesLike(mean), tf.neg(mean), 1);
    const centred = rows.mask ? tf.mul(moved, rows.mask) as tf.Tensor2D : moved;
    const covariance = tf.div(gram(centred), count) as tf.Tensor2D;
    const variance = tf.sum(tf.mul(kernel, tf.matMul(covariance, kernel)), 0);
    if (rows.total > 0) followMoments(weights, momentum, { mean: tf.reshape(tf.matMul(tf.expandDims(mean, 0) as tf.Tensor2D, kernel), [-1]), variance });
    const { scale, shift } = scaleAndShift(weights, tf.zerosLike(variance), variance);
    return whole(scaleShift(denseMax(centred, kernel, signs, rows.groups).values, scale, shift, slope));
  });
}
