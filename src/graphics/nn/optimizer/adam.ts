import * as tf from '../../tf';
import { adamMoment, adamStep } from '../../kernels';

export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** What a variable's learning rate is multiplied by, by name; 1 where absent. */
  readonly rateFactors?: Readonly<Record<string, number>>;
}

/**
 * Adam over named variables. Its whole state is the two moments and the number of steps taken, so that training goes on from a checkpoint
 * exactly as if it had not been cut off.
 * Source: Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization", with the bias corrections folded into the rate (its §2).
 */
export interface Adam {
  /** Moves every variable by its gradient. Disposes nothing of the caller's. */
  apply(gradients: tf.NamedTensorMap, learningRate: number): void;
  readonly steps: number;
  /** `first/NAME` and `second/NAME` of every variable; the optimiser keeps them. */
  moments(): tf.NamedTensorMap;
  /** Takes over moments and the number of steps taken. @throws Error where one is missing or of another shape. */
  restore(moments: tf.NamedTensorMap, steps: number): void;
  dispose(): void;
}

/**
 * Makes an {@link Adam} that has taken no step yet.
 * @param variables those to move, by name; they stay the caller's.
 * @param options.beta1 how much of the mean gradient each step keeps.
 * @param options.beta2 how much of the mean squared gradient each step keeps.
 * @param options.epsilon added to the root of the mean squared gradient, which it is divided by.
 * @param options.rateFactors what a variable's learning rate is multiplied by, by name.
 * @returns the optimiser, to be disposed by the caller.
 * @throws Error where a state to go on from lacks a moment, or has one of another shape.
 * @example
 * ```ts
 * // The first step moves by the learning rate, whatever the gradient's size.
 * const x = tf.variable(tf.tensor1d([1]));
 * const adam = nn.optimizer.createAdam({ x });
 * adam.apply({ x: tf.tensor1d([5]) }, 0.1);
 * x; // → [0.9]
 * ```
 */
export function createAdam(variables: Readonly<Record<string, tf.Variable>>, { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, rateFactors = {} }: AdamOptions = {}): Adam {
  const names = Object.keys(variables);
  const zeros = (name: string) => tf.tidy(() => tf.variable(tf.zerosLike(variables[name]), false));
  const first = Object.fromEntries(names.map((name) => [name, zeros(name)]));
  const second = Object.fromEntries(names.map((name) => [name, zeros(name)]));
  let steps = 0;
  return {
    get steps() {
      return steps;
    },
    apply(gradients, learningRate) {
      steps++;
      const correction = Math.sqrt(1 - beta2 ** steps);
      const rate = (learningRate * correction) / (1 - beta1 ** steps);
      for (const name of names) {
        const gradient = gradients[name];
        if (!gradient) continue;
        tf.tidy(() => {
          first[name].assign(adamMoment<tf.Tensor>(first[name], gradient, beta1, 1));
          second[name].assign(adamMoment<tf.Tensor>(second[name], gradient, beta2, 2));
          variables[name].assign(adamStep<tf.Tensor>(variables[name], first[name], second[name], rate * (rateFactors[name] ?? 1), epsilon * correction));
        });
      }
    },
    moments: () => Object.fromEntries(names.flatMap((name) => [[`first/${name}`, first[name]], [`second/${name}`, second[name]]])),
    restore(moments, taken) {
      for (const name of names) {
        for (const [kind, kept] of [['first', first[name]], ['second', second[name]]] as const) {
          const moment = moments[`${kind}/${name}`];
          if (!moment || !tf.util.arraysEqual(moment.shape, kept.shape)) throw new Error(`The optimiser's ${kind} moment of ${name} is missing or of another shape.`);
          kept.assign(moment);
        }
      }
      steps = taken;
    },
    dispose: () => tf.dispose([first, second]),
  };
}
