import * as tf from '../../graphics/tf';
import type { PoseSettings } from './settings';

// The penalties ρ(r²) of a residual r and their derivatives ρ′(r²), on the host and on the device.

export interface LossSettings {
  readonly kind: PoseSettings['loss'];
  /** Residuals beyond this stop pulling (Geman & McClure): for pictures that hold more than the object. Undefined: all pull. */
  readonly saturation: number | undefined;
}

/** Where Huber's loss turns from square to linear. */
const HUBER_DELTA = 0.1;
/** Rounds off the L1 loss at zero. */
const L1_EPSILON = 0.01;

/** ρ(r²) without saturation, and its derivative by r². */
function plain(residual: number, kind: LossSettings['kind']): { penalty: number; factor: number } {
  const square = residual * residual;
  if (kind === 'l1') {
    const length = Math.sqrt(square + L1_EPSILON ** 2);
    return { penalty: 2 * (length - L1_EPSILON), factor: 1 / length };
  }
  if (kind === 'huber' && square > HUBER_DELTA ** 2) {
    const length = Math.sqrt(square);
    return { penalty: HUBER_DELTA * (2 * length - HUBER_DELTA), factor: HUBER_DELTA / length };
  }
  return { penalty: square, factor: 1 };
}

/** The plain penalty p becomes p / (1 + p/level), which grows to `level` and never falls; the knee lies at the residual `saturation`. */
const saturationLevel = ({ kind, saturation }: LossSettings): number | undefined =>
  (saturation === undefined ? undefined : plain(saturation, kind).penalty);

/** ρ(r²) and ρ′(r²) of one residual: r² and 1 in the squared loss, of the same scale near zero in the others. */
export function robust(residual: number, loss: LossSettings): { penalty: number; factor: number } {
  const { penalty, factor } = plain(residual, loss.kind);
  const level = saturationLevel(loss);
  if (level === undefined) return { penalty, factor };
  const inlier = 1 / (1 + penalty / level);
  return { penalty: penalty * inlier, factor: factor * inlier * inlier };
}

function plainPenalty(residual: tf.Tensor, kind: LossSettings['kind']): tf.Tensor {
  if (kind === 'l1') return tf.mul(tf.sub(tf.sqrt(tf.add(tf.square(residual), L1_EPSILON ** 2)), L1_EPSILON), 2);
  if (kind === 'huber') {
    const size = tf.abs(residual);
    const inner = tf.minimum(size, HUBER_DELTA);
    return tf.mul(inner, tf.sub(tf.mul(size, 2), inner));
  }
  return tf.square(residual);
}

/** ρ(r²) elementwise. */
export function penalty(residual: tf.Tensor, loss: LossSettings): tf.Tensor {
  const value = plainPenalty(residual, loss.kind);
  const level = saturationLevel(loss);
  return level === undefined ? value : tf.div(value, tf.add(tf.mul(value, 1 / level), 1));
}

/** ρ′(r²) elementwise, the factor on each residual in the normal equations and in half the gradient; undefined where it is 1. */
export function robustFactor(residual: tf.Tensor, loss: LossSettings): tf.Tensor | undefined {
  let factor: tf.Tensor | undefined;
  if (loss.kind === 'l1') factor = tf.rsqrt(tf.add(tf.square(residual), L1_EPSILON ** 2));
  if (loss.kind === 'huber') factor = tf.minimum(tf.div(HUBER_DELTA, tf.add(tf.abs(residual), 1e-9)), 1);
  const level = saturationLevel(loss);
  if (level === undefined) return factor;
  const inlier = tf.square(tf.reciprocal(tf.add(tf.mul(plainPenalty(residual, loss.kind), 1 / level), 1)));
  return factor ? tf.mul(factor, inlier) : inlier;
}
