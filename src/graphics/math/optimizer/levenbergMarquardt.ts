import * as tf from '../../tf';
import { valueAndJacobian } from './jacobian';
import { solveLeastSquares } from './leastSquares';

/** Takes the variables to a tensor whose squares are to become small. */
export type Residual = (...variables: tf.Tensor[]) => tf.Tensor;

export interface MinimizeOptions {
  /** λ at the start: how strongly steps are kept short. */
  readonly regularizer?: number;
  /** By what λ grows when a step would not lower the objective. */
  readonly regularizerMultiplier?: number;
  /** Called after each iteration; the variables belong to the optimizer. */
  readonly callback?: ((iteration: number, objectiveValue: number, variables: readonly tf.Tensor[]) => void) | null;
}

export interface Minimum {
  /** ½ Σ r², a scalar. */
  readonly objectiveValue: tf.Scalar;
  /** In the given order and shapes. The caller disposes them. */
  readonly variables: tf.Tensor[];
}

const concatenated = (residuals: readonly Residual[]) => (...variables: tf.Tensor[]): tf.Tensor1D =>
  tf.concat(residuals.map((residual) => tf.reshape(residual(...variables), [-1]))) as tf.Tensor1D;

const halfSquares = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum / 2;
};

/** The variables less a flat step. */
const stepped = (variables: readonly tf.Tensor[], step: Float64Array): tf.Tensor[] => {
  let start = 0;
  return variables.map((variable) => {
    const part = Float32Array.from(step.subarray(start, (start += variable.size)));
    return tf.tidy(() => tf.sub(variable, tf.tensor(part, variable.shape)));
  });
};

const evaluate = (f: (...variables: tf.Tensor[]) => tf.Tensor1D, variables: tf.Tensor[]): number =>
  tf.tidy(() => halfSquares(f(...variables).dataSync()));

/**
 * Minimises ½ Σ r² of the residuals r by damped Gauss–Newton steps: Δ minimises |J Δ − r|² + λ |Δ|². A step is kept if it lowers the
 * objective; if not, λ grows. Derivatives come from one forward pass and a backward pass for each residual number; steps are solved in
 * float64 on the CPU, so each iteration reads the Jacobian back.
 *
 * @param residuals one or several functions of all variables.
 * @param variables one or several start values, of any shapes. They are left as they are.
 * @param maxIterations at least 1.
 * @param options.regularizer λ at the start: how strongly steps are kept short.
 * @param options.regularizerMultiplier by what λ grows when a step would not lower the objective.
 * @param options.callback called after each iteration with its number, the objective and the variables, which belong to the optimizer.
 * @returns the least objective and its variables, to be disposed by the caller.
 * @throws Error for no iterations.
 * Source: Marquardt 1963, "An Algorithm for Least-Squares Estimation of Nonlinear Parameters".
 * @example
 * ```ts
 * // Where x² − 9 is 0, from a start at 2.
 * const { levenbergMarquardt } = math.optimizer;
 * const { variables, objectiveValue } = levenbergMarquardt.minimize((x) => tf.sub(tf.square(x), 9), tf.scalar(2), 10);
 * variables[0]; // → 3
 * objectiveValue; // → 0
 * ```
 */
export function minimize(
  residuals: Residual | readonly Residual[], variables: tf.Tensor | readonly tf.Tensor[], maxIterations: number,
  { regularizer = 1e-20, regularizerMultiplier = 10, callback = null }: MinimizeOptions = {},
): Minimum {
  if (!Number.isInteger(maxIterations) || maxIterations < 1) throw new Error(`'maxIterations' needs to be at least 1, but it is ${maxIterations}.`);
  const f = concatenated([residuals].flat() as Residual[]);
  let current = ([variables].flat() as tf.Tensor[]).map((variable) => tf.clone(variable));
  let lambda = regularizer;
  let objective = evaluate(f, current);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const { value, jacobian } = valueAndJacobian(f, current);
    const step = solveLeastSquares(jacobian.dataSync(), value.dataSync(), jacobian.shape[1], lambda);
    tf.dispose([value, jacobian]);
    const next = stepped(current, step);
    const nextObjective = evaluate(f, next);
    if (nextObjective < objective) {
      tf.dispose(current);
      [current, objective] = [next, nextObjective];
    } else {
      tf.dispose(next);
      lambda *= regularizerMultiplier;
    }
    callback?.(iteration, objective, current);
  }
  return { objectiveValue: tf.scalar(objective), variables: current };
}
