import * as tf from '../../../graphics/tf';
import { untaped } from '../../../graphics/kernels/untaped';
import type { Camera } from '../../../scene/camera';
import type { DecoderMesh } from '../decoderMesh';
import type { PoseLight } from '../light';
import { boundGradient } from './boundedGradient';
import { rotationFromColumns, translationFromPlacement, turnTowards, type Windows } from './drawing';
import type { EncoderNetwork, NetworkOutput } from './network';
import { distancesToViews, drawWithin, flatten, halve, sharesOf, type ViewBank } from './viewBank';

// The loss: images against images. What the network is told comes from (a) the views drawn beforehand that look most like the image, whose
// poses are known because we chose them, and (b) its own hypotheses, drawn in the image's window: the one that looks most like it receives
// the renderer's gradient and the score. At first there is (a) alone; then (b) comes in, beside what is left of (a), to the end.
// The pose from which a training image was drawn appears nowhere here.

/** What stays the same over a training. */
export interface LossContext {
  readonly mesh: DecoderMesh;
  readonly camera: Camera;
  /** Tangent of half the camera's field of view. */
  readonly tangent: number;
  /** The depth whose logarithm counts as 0. */
  readonly standardDepth: number;
  readonly bank: ViewBank;
  /** The depth at which the bank's views were drawn. */
  readonly bankDepth: number;
  /** [M, K], see {@link sharesOf}. */
  readonly shares: tf.Tensor2D;
  /** [1, K, 6] the anchors' columns. */
  readonly anchorColumns: tf.Tensor3D;
  /** [K, K]: 1 where two anchors are neighbours, or the same. */
  readonly neighbours: tf.Tensor2D;
  /** In which comparisons are drawn; undefined for flat colours. */
  readonly light: PoseLight | undefined;
  readonly candidates: number;
}

/** What a batch of images is compared by. */
export interface Comparison {
  /** [B, 3] */
  readonly windows: Windows;
  /** [B, 2C, 2C, 4] the object as it should look: in the comparisons' light, nothing before or behind it. */
  readonly clean: tf.Tensor4D;
  /** [B, K] chance of each hypothesis by the bank's views. */
  readonly chances: tf.Tensor2D;
  /** [B, K] each hypothesis's share of the most similar view. */
  readonly nearest: tf.Tensor2D;
  /** [B, 6] rotation of the most similar view. */
  readonly columns: tf.Tensor2D;
  /** [B, 3] placement that brings the most similar view into the window. */
  readonly placement: tf.Tensor2D;
}

/** Compares clean pictures with the bank. To be called inside tf.tidy. */
export function compareWithBank(clean: tf.Tensor4D, windows: Windows, context: LossContext): Comparison {
  const { bank, bankDepth, standardDepth, shares } = context;
  const distances = distancesToViews(flatten(halve(clean)), bank);
  const likelihood = tf.softmax(tf.mul(distances, -1 / bank.temperature)) as tf.Tensor2D;
  const best = tf.argMin(distances, 1) as tf.Tensor1D;
  const viewWindows = tf.gather(bank.windows, best);
  const columns = tf.gather(bank.columns, best);
  const zoom = tf.div(tf.slice(windows, [0, 2], [-1, 1]), tf.slice(viewWindows, [0, 2], [-1, 1])) as tf.Tensor2D;
  const middle = tf.sub(tf.slice(windows, [0, 0], [-1, 2]), tf.mul(tf.slice(viewWindows, [0, 0], [-1, 2]), zoom));
  return {
    windows, clean,
    chances: tf.matMul(likelihood, shares),
    nearest: sharesOf(columns, context.anchorColumns),
    columns,
    placement: tf.concat([middle, tf.sub(Math.log(bankDepth / standardDepth), tf.log(zoom))], 1) as tf.Tensor2D,
  };
}

/** [N, depth], float32. tf.oneHot refuses the depth 1, which a single hypothesis has. */
const oneHot = (indices: tf.Tensor1D, depth: number): tf.Tensor2D =>
  (depth === 1 ? tf.ones([indices.shape[0], 1]) : tf.cast(tf.oneHot(indices, depth), 'float32')) as tf.Tensor2D;

/**
 * Hypotheses worth drawing, [B, N, K] one-hot: alternately the best scored and the likeliest by the bank, none beside one taken before.
 * A constant to gradients.
 */
function chooseCandidates(logits: tf.Tensor2D, comparison: Comparison, { candidates, neighbours }: LossContext): tf.Tensor3D {
  const hypotheses = logits.shape[1];
  return untaped(() => tf.tidy(() => {
    const scored = [tf.softmax(logits), comparison.chances] as tf.Tensor2D[];
    let open: tf.Tensor2D = tf.onesLike(logits);
    const chosen: tf.Tensor2D[] = [];
    for (let i = 0; i < Math.min(candidates, hypotheses); i++) {
      const pick = oneHot(tf.argMax(tf.mul(scored[i % 2], open), 1) as tf.Tensor1D, hypotheses);
      chosen.push(pick);
      open = tf.mul(open, tf.sub(1, tf.matMul(pick, neighbours)));
    }
    return tf.stack(chosen, 1) as tf.Tensor3D;
  }));
}

/**
 * Draws chosen hypotheses and compares: mean squared difference at both sizes, in the pictures' mean square, [B, N].
 * @param columns [B, N, 6]
 */
function drawnLosses(columns: tf.Tensor3D, placement: tf.Tensor2D, comparison: Comparison, context: LossContext): tf.Tensor2D {
  const [batch, count] = columns.shape;
  const each = <T extends tf.Tensor>(x: tf.Tensor, tail: number[]): T =>
    (count === 1 ? x : tf.reshape(tf.tile(tf.expandDims(x, 1), [1, count, ...tail.map(() => 1)]), [batch * count, ...tail])) as T;
  const translation = translationFromPlacement(each<tf.Tensor2D>(placement, [3]), context.standardDepth, context.tangent);
  const rotationTransposed = turnTowards(rotationFromColumns(tf.reshape(columns, [batch * count, 6])), translation);
  const windows = untaped(() => each<tf.Tensor2D>(comparison.windows, [3]));
  const drawn = drawWithin(context.mesh, { rotationTransposed, translation }, windows, context.camera, context.light);
  const clean = untaped(() => each<tf.Tensor4D>(comparison.clean, comparison.clean.shape.slice(1)));
  const residual = tf.sub(drawn, clean) as tf.Tensor4D;
  const mean = (x: tf.Tensor4D): tf.Tensor => tf.mean(tf.reshape(tf.square(x), [batch, count, -1]), 2);
  return tf.mul(tf.add(mean(residual), mean(halve(residual))), 1 / context.bank.energy) as tf.Tensor2D;
}

/** How sharply drawn hypotheses are told apart, in the mean of their losses. */
const DRAWN_TEMPERATURE = 0.3;
/**
 * Draws some hypotheses of each image and sees which looks most like it. Constants to gradients.
 * @returns winner [B, 1, K] one-hot; chances [B, K] of those drawn.
 */
function compareHypotheses(output: NetworkOutput, comparison: Comparison, context: LossContext): { winner: tf.Tensor3D; chances: tf.Tensor2D } {
  return untaped(() => tf.tidy(() => {
    const chosen = chooseCandidates(output.logits, comparison, context);
    const losses = drawnLosses(tf.matMul(chosen, output.columns) as tf.Tensor3D, output.placement, comparison, context);
    const best = oneHot(tf.argMin(losses, 1) as tf.Tensor1D, losses.shape[1]);
    const seen = tf.softmax(tf.div(losses, tf.mul(tf.mean(losses, 1, true), -DRAWN_TEMPERATURE)));
    return {
      winner: tf.matMul(tf.expandDims(best, 1), chosen) as tf.Tensor3D,
      chances: tf.reshape(tf.matMul(tf.expandDims(seen, 1), chosen), output.logits.shape) as tf.Tensor2D,
    };
  }));
}

/** What the parts count. */
const WEIGHTS = { drawn: 2, columns: 1, placement: 4 };
/** Longest gradient of one image's drawn loss by what the network says: the bank pulls about as much on a hypothesis 45° off. */
const LONGEST_PULL = 1.5;
/** Of the bank's pull on rotations, once the renderer's gradient is trusted. */
const LAST_PULL = 0.3;
/** Of the bank's chances in the score's target, likewise: the drawn hypotheses are few, the bank knows all. */
const LAST_CHANCES = 0.4;

/**
 * The loss of a batch, a scalar. To be called where gradients are taken.
 * @param trust 0…1, see {@link Course}.
 */
export function trainingLoss(network: EncoderNetwork, image: tf.Tensor4D, comparison: Comparison, context: LossContext, trust: number): tf.Scalar {
  const output = network.forward(image);
  const pull = tf.sum(tf.mul(comparison.nearest, tf.sum(tf.squaredDifference(output.columns, tf.expandDims(comparison.columns, 1)), 2)), 1);
  const place = tf.sum(tf.squaredDifference(output.placement, comparison.placement), 1);
  let target = comparison.chances;
  let loss = tf.add(tf.mul(pull, WEIGHTS.columns * (1 - trust * (1 - LAST_PULL))), tf.mul(place, WEIGHTS.placement));
  if (trust > 0) {
    const { winner, chances } = compareHypotheses(output, comparison, context);
    const limit = LONGEST_PULL / image.shape[0];
    const columns = tf.reshape(boundGradient(tf.reshape(tf.matMul(winner, output.columns), [-1, 6]), limit), [-1, 1, 6]) as tf.Tensor3D;
    const drawn = tf.reshape(drawnLosses(columns, boundGradient(output.placement, limit), comparison, context), [-1]);
    loss = tf.add(loss, tf.mul(drawn, WEIGHTS.drawn * trust));
    const known = 1 - trust * (1 - LAST_CHANCES);
    target = untaped(() => tf.add(tf.mul(comparison.chances, known), tf.mul(chances, 1 - known)));
  }
  const score = tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(output.logits)), 1));
  return tf.mean(tf.add(loss, score)) as tf.Scalar;
}
