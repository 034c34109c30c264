import { createRandom } from '../../../../scene/random';
import * as tf from '../../../tf';
import { randomValues } from '../views';

// What is said of each kernel so that its tests can be made: gradients against central differences in float64, webgl against cpu, and finite
// values and gradients where the maths is degenerate.

export type KernelInputs = Readonly<Record<string, tf.Tensor>>;

export interface KernelCheck {
  /** Makes the inputs on the current backend, the same every time; in float64 where the backend computes in it. */
  readonly inputs: () => KernelInputs;
  readonly attrs?: object;
  /** What is checked, where it is not the kernel alone: the op whose step it is, if that op gives it its gradient or the other backend has another kernel. */
  readonly call?: (inputs: KernelInputs) => tf.Tensor;
  /** Inputs that follow from the others and move with them in central differences. */
  readonly following?: (inputs: KernelInputs) => KernelInputs;
  /** Inputs that get gradients; or why none does. */
  readonly differentiable: readonly string[] | string;
  /** By what is degenerate about them: inputs that replace the others of their names. */
  readonly degenerate: Readonly<Record<string, () => KernelInputs>>;
}

/** By the kernel's name. */
export type KernelChecks = Readonly<Record<string, KernelCheck>>;

/** Runs what is checked. */
export const runCheck = (kernelName: string, { call, attrs }: KernelCheck, inputs: KernelInputs): tf.Tensor =>
  call?.(inputs) ?? tf.engine().runKernel(kernelName, inputs, (attrs ?? {}) as tf.NamedAttrMap) as tf.Tensor;

/** Normally distributed numbers, the same for the same seed. */
export const real = (shape: number[], seed: number): tf.Tensor => tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);

/** int32 */
export const whole = (values: ArrayLike<number>, shape: number[] = [values.length]): tf.Tensor => tf.tensor(Int32Array.from(values), shape, 'int32');

/** Whole numbers from `low` to below `high`. */
export function wholeNumbers(count: number, low: number, high: number, seed: number): Int32Array {
  const random = createRandom(seed);
  return Int32Array.from({ length: count }, () => low + random.integer(high - low));
}
