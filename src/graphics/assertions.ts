import { untaped } from './kernels/untaped';
import * as tf from './tf';

// Checks of values, not of shapes: they read tensors back, which is slow, and so run only when asked for.

let enabled = false;

/**
 * Turns the checks of values (normalised, in range, finite) on or off. They are off at first; checks of shapes always run.
 * @param on whether values are checked from now on.
 * @example
 * ```ts
 * const { evaluate } = nn.metric.intersectionOverUnion;
 * enableAssertions(true);
 * let refusal = '';
 * try { evaluate(tf.tensor1d([0.5]), tf.tensor1d([1])); } catch (error) { refusal = (error as Error).message; }
 * enableAssertions(false);
 * refusal.includes('groundTruthLabels'); // → true
 * ```
 */
export function enableAssertions(on: boolean): void {
  enabled = on;
}

export const assertionsEnabled = (): boolean => enabled;

/**
 * Refuses a tensor one of whose values fails a condition. Does nothing while assertions are off.
 * @param requirement completes the sentence "`name` must …".
 * @throws Error that names the argument, what is required, and the first value that fails.
 */
export function assertEvery(name: string, tensor: tf.Tensor, requirement: string, holds: (value: number) => boolean): void {
  if (!enabled) return;
  const values = tensor.dataSync();
  const bad = values.findIndex((value: number) => !holds(value));
  if (bad >= 0) throw new Error(`${name} must ${requirement}, but its value ${bad} is ${values[bad]} (shape [${tensor.shape.join(', ')}])`);
}

/** How far from 1 the length of a unit vector may be: float32 entries leave it a few roundings off. */
const UNIT_TOLERANCE = 1e-4;

/** Refuses vectors along the last axis whose length is not 1. Does nothing while assertions are off. */
export function assertNormalized(name: string, vector: tf.Tensor, tolerance = UNIT_TOLERANCE): void {
  if (!enabled) return;
  const lengths = untaped(() => tf.tidy(() => tf.sqrt(tf.sum(tf.square(vector), -1))));
  try {
    assertEvery(`the length of ${name}`, lengths, 'be 1', (length) => Math.abs(length - 1) <= tolerance);
  } finally {
    lengths.dispose();
  }
}

/** Refuses values outside [low, high], or outside (low, high) with `open`. Does nothing while assertions are off. */
export function assertInRange(name: string, tensor: tf.Tensor, low: number, high: number, { open = false } = {}): void {
  const requirement = `lie in ${open ? '(' : '['}${low}, ${high}${open ? ')' : ']'}`;
  assertEvery(name, tensor, requirement, (value) => (open ? value > low && value < high : value >= low && value <= high));
}

/** Refuses infinities and NaN. Does nothing while assertions are off. */
export const assertFinite = (name: string, tensor: tf.Tensor): void => assertEvery(name, tensor, 'be finite', Number.isFinite);
