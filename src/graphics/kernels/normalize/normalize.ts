import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { untaped } from '../untaped';
import { COLUMN_MOMENTS, SCALE_SHIFT, SCALE_SHIFT_BACK, SCALE_SHIFT_SUMS } from './names';
import './normalize.cpu';
import './normalize.webgl';

export { COLUMN_MOMENTS, SCALE_SHIFT, SCALE_SHIFT_BACK, SCALE_SHIFT_SUMS } from './names';

const run = (kernel: string, inputs: Record<string, tf.Tensor>, slope?: number): tf.Tensor =>
  tf.engine().runKernel(kernel, inputs, slope === undefined ? {} : { slope }) as tf.Tensor;

const allRows = (): tf.Tensor1D => tf.tensor1d([], 'int32');

/** [2, C] as its two rows. */
const twoRows = (pair: tf.Tensor): [tf.Tensor1D, tf.Tensor1D] => tf.unstack(pair, 0) as [tf.Tensor1D, tf.Tensor1D];

/**
 * scale · x + shift by column, negative results times `slope`: a normalisation by known moments and its activation in one pass.
 * Differentiable in all three, once.
 * @param x [M, C] @param scale [C] @param shift [C] @param slope 0 for ReLU, 1 for none.
 * @returns [M, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * scaleShift(tf.tensor2d([[1], [-1]]), tf.tensor1d([3]), tf.tensor1d([1]), 0.5); // → [[4], [-1]]
 * ```
 */
export function scaleShift(x: tf.Tensor2D, scale: tf.Tensor, shift: tf.Tensor, slope: number): tf.Tensor2D {
  checkShape('x', x, [null, null]);
  checkShape('scale', scale, [x.shape[1]]);
  checkShape('shift', shift, [x.shape[1]]);
  return run(SCALE_SHIFT, { x, scale, shift }, slope) as tf.Tensor2D;
}

tf.registerGradient({
  kernelName: SCALE_SHIFT,
  inputsToSave: ['x', 'scale', 'shift'],
  gradFunc: (change, [x, scale, shift], attrs) => {
    const dy = change as tf.Tensor;
    const slope = attrs['slope'] as number;
    const sums = () => twoRows(run(SCALE_SHIFT_SUMS, { dy, x, scale, shift, centre: tf.zerosLike(scale), segments: allRows() }, slope));
    return {
      x: () => tf.tidy(() => {
        const none = tf.zerosLike(scale);
        return run(SCALE_SHIFT_BACK, { dy, x, scale, shift, linear: none, constant: none, segments: allRows() }, slope);
      }),
      scale: () => tf.tidy(() => sums()[1]),
      shift: () => tf.tidy(() => sums()[0]),
    };
  },
});

export interface NormalizeOptions {
  /** Added to the variance. */
  readonly epsilon: number;
  /** What becomes of negative results: 0 for ReLU, 1 for nothing. */
  readonly slope: number;
  /** int32 [M]: rows with −1 do not count, nor get a gradient; all count by default. */
  readonly segments?: tf.Tensor1D;
  /** How many rows count; M by default. */
  readonly count?: number;
}

export interface Normalized {
  /** [M, C] */
  readonly y: tf.Tensor2D;
  /** [C], constants to gradients; of the population, not the sample. */
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation by the rows' own moments and a (leaky) ReLU: γ (x − μ)/√(σ² + ε) + β. Ioffe, Szegedy, "Batch Normalization", ICML 2015,
 * algorithm 1. Two passes over x, and two for the gradient. Differentiable in x, γ and β, once.
 * @param x [M, C] @param gamma [C] @param beta [C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const { y, mean, variance } = normalizeColumns(tf.tensor2d([[1], [5]]), tf.tensor1d([2]), tf.tensor1d([1]), { epsilon: 0, slope: 1 });
 * [mean, variance]; // → [[3], [4]]
 * y; // → [[-1], [3]]
 * ```
 */
export function normalizeColumns(x: tf.Tensor2D, gamma: tf.Tensor, beta: tf.Tensor, { epsilon, slope, segments, count = x.shape[0] }: NormalizeOptions): Normalized {
  checkShape('x', x, [null, null]);
  checkShape('gamma', gamma, [x.shape[1]]);
  checkShape('beta', beta, [x.shape[1]]);
  return tf.tidy(() => {
    const rows = segments ?? allRows();
    const [mean, variance] = untaped(() => twoRows(run(COLUMN_MOMENTS, { x, segments: rows })));
    const op = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
      const [input, weight, offset, save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      const scale = tf.mul(weight, inverse);
      const shift = tf.sub(offset, tf.mul(mean, scale));
      save([input, scale, shift, mean, inverse, rows]);
      return { value: run(SCALE_SHIFT, { x: input, scale, shift }, slope), gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => backward(dy, saved, slope, count) };
    });
    return { y: op(x, gamma, beta) as tf.Tensor2D, mean, variance } as unknown as tf.TensorContainerObject;
  }) as unknown as Normalized;
}

function backward(dy: tf.Tensor, [x, scale, shift, centre, inverse, segments]: tf.Tensor[], slope: number, count: number): tf.Tensor[] {
  const [sum, moment] = twoRows(run(SCALE_SHIFT_SUMS, { dy, x, scale, shift, centre, segments }, slope));
  const dGamma = tf.mul(moment, inverse);
  // scale · (g − Σ g / n − x̂ · Σ g x̂ / n), a line in x.
  const linear = tf.mul(tf.mul(scale, inverse), tf.div(dGamma, -Math.max(1, count)));
  const constant = tf.sub(tf.mul(scale, tf.div(sum, -Math.max(1, count))), tf.mul(linear, centre));
  return [run(SCALE_SHIFT_BACK, { dy, x, scale, shift, linear, constant, segments }, slope), dGamma, sum];
}
