import { expect } from 'vitest';
import { inFloat64 } from '../../../testing/properties/float64';
import { probe } from '../../../testing/gradients';
import * as tf from '../../../tf';
import { untaped } from '../../untaped';
import { runCheck, type KernelCheck, type KernelInputs } from './kernelCheck';

/** Central differences of float64 values: rounding and curvature both stay near 1e-9. */
const STEP = 1e-6;
/** Relative to an input's largest derivative. */
const TOLERANCE = 1e-5;
/** Derivatives looked at in each input. */
const COORDINATES = 40;

const differentiable = ({ differentiable: names }: KernelCheck): readonly string[] => (typeof names === 'string' ? [] : names);

/** Derivatives of Σ probe(result) by each input that gets them, in order. */
export function gradientsOf(kernelName: string, check: KernelCheck, inputs: KernelInputs): tf.Tensor[] {
  const names = differentiable(check);
  if (names.length === 0) return [];
  const loss = (...xs: tf.Tensor[]) => probe(runCheck(kernelName, check, { ...inputs, ...Object.fromEntries(names.map((name, i) => [name, xs[i]])) }));
  return tf.grads(loss)(names.map((name) => inputs[name]));
}

/** Every gradient against central differences on the cpu reference, in float64. @returns how many derivatives were compared. */
export function checkGradients(kernelName: string, check: KernelCheck): number {
  // What is made once and kept (the memory of matrix products) is to be float32's.
  tf.tidy(() => { runCheck(kernelName, check, check.inputs()); });
  return inFloat64(() => tf.tidy(() => {
    const inputs = check.inputs();
    const gradients = gradientsOf(kernelName, check, inputs);
    const valueOf = (moved: KernelInputs): number => untaped(() => tf.tidy(() =>
      probe(runCheck(kernelName, check, { ...moved, ...check.following?.(moved) })).dataSync()[0]));
    let compared = 0;
    differentiable(check).forEach((name, at) => {
      const analytic = Array.from(gradients[at].dataSync());
      const values = Float64Array.from(inputs[name].dataSync());
      const numericAt = (i: number): number => {
        const [plus, minus] = [STEP, -STEP].map((step) =>
          valueOf({ ...inputs, [name]: tf.tensor(Float32Array.from(values.map((value, k) => (k === i ? value + step : value))), inputs[name].shape) }));
        return (plus - minus) / (2 * STEP);
      };
      const scale = analytic.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
      expect(scale, `some derivative by ${name} is not 0`).toBeGreaterThan(0);
      const stride = Math.max(1, Math.ceil(values.length / COORDINATES));
      for (let i = 0; i < values.length; i += stride, compared++) {
        const numeric = numericAt(i);
        expect(Math.abs(analytic[i] - numeric) / scale, `d/d ${name}[${i}]: ${analytic[i]} instead of ${numeric}`).toBeLessThanOrEqual(TOLERANCE);
      }
    });
    return compared;
  }));
}

/** Values and gradients at each degenerate input are finite, on the current backend. */
export async function checkDegenerate(kernelName: string, check: KernelCheck, replaced: () => KernelInputs): Promise<void> {
  tf.engine().startScope();
  try {
    const inputs = { ...check.inputs(), ...replaced() };
    for (const tensor of [runCheck(kernelName, check, inputs), ...gradientsOf(kernelName, check, inputs)]) {
      const values = await tensor.data();
      expect(values.findIndex((x: number) => !Number.isFinite(x)), 'the first number that is not finite').toBe(-1);
    }
  } finally {
    tf.engine().endScope();
  }
}
