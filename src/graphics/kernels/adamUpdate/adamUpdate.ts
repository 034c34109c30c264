import * as tf from '../../tf';
import { untaped } from '../untaped';
import './adamUpdate.cpu';
import './adamUpdate.webgl';
import { ADAM_MOMENT, ADAM_STEP } from './names';

export { ADAM_MOMENT, ADAM_STEP } from './names';

export interface AdamMomentAttrs { readonly decay: number; readonly power: 1 | 2 }
export interface AdamStepAttrs { readonly rate: number; readonly epsilon: number }

/**
 * decay · moment + (1 − decay) · gradient^power, in one pass where ordinary ops take four.
 * Not differentiable.
 *
 * @param moment any shape.
 * @param gradient of the same shape.
 * @example
 * ```ts
 * adamMoment(tf.tensor1d([1]), tf.tensor1d([3]), 0.75, 2); // → [3]
 * ```
 */
export const adamMoment = <T extends tf.Tensor>(moment: T, gradient: T, decay: number, power: 1 | 2): T =>
  untaped(() => tf.engine().runKernel(ADAM_MOMENT, { moment, gradient }, { decay, power }) as T);

/**
 * value − rate · first / (√second + epsilon), elementwise. Not differentiable.
 *
 * @param value any shape.
 * @param first the gradient's running mean, of the same shape. @param second its square's.
 * @example
 * ```ts
 * adamStep(tf.tensor1d([1]), tf.tensor1d([6]), tf.tensor1d([4]), 0.5, 1); // → [0]
 * ```
 */
export const adamStep = <T extends tf.Tensor>(value: T, first: T, second: T, rate: number, epsilon: number): T =>
  untaped(() => tf.engine().runKernel(ADAM_STEP, { value, first, second }, { rate, epsilon }) as T);
