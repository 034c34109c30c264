import type * as tf from '../../tf';
import type { RandomTensors } from '../randomTensors';

// What a table says of each public function: how its inputs are made and what must hold. The five tests are generated from it.

/** One tensor that a function takes, under its parameter's name. */
export interface Argument {
  /**
   * Its axes after the batch. A number is a size that must be so; a letter is a size drawn for each trial, the same wherever the letter
   * stands. Anything else is refused by name: a missing axis, another fixed size, sizes that differ where a letter stands twice.
   */
  readonly axes: readonly (number | string)[];
  /** Makes valid values, seeded, for batch and own axes together. `own` are the own axes alone. */
  readonly make: (random: RandomTensors, shape: readonly number[], own: readonly number[]) => tf.Tensor;
  /** Why no gradient reaches it (whole numbers, for instance); differentiable where absent. */
  readonly constant?: string;
  /** Takes no batch axes (true), or its own that do not broadcast with the others' (which, in words): none are drawn for it. */
  readonly single?: true | string;
  /** Takes other ranks or sizes as well, and why: wrong shapes are not generated. */
  readonly lenient?: string;
}

export type Inputs = Readonly<Record<string, tf.Tensor>>;
/** What a function gives: tensors, possibly under names; what is no tensor is left out. */
export type Result = tf.Tensor | readonly unknown[] | object;
/** Two tensors that must be equal. */
export type Equal = readonly [actual: tf.Tensor, expected: tf.Tensor];

/** Arguments of wrong shapes; the others have right ones. */
export interface Refusal { readonly shapes: Readonly<Record<string, readonly number[]>>; readonly named: readonly string[] }

/** A number, or rows of them: the value of an argument at a singular point. */
export type Numbers = number | readonly Numbers[];

export interface Entry {
  /** By name, in the function's order. */
  readonly args: Readonly<Record<string, Argument>>;
  /** Calls it; by default with the arguments in order. Results lead with the batch. */
  readonly call?: (inputs: Inputs) => Result;
  /** How batches are drawn: to broadcast (default), all the same, or none. */
  readonly batch?: 'broadcast' | 'same' | 'none';
  /** Sizes that letters take, [low, high]; [2, 4] by default. */
  readonly sizes?: Readonly<Record<string, readonly [number, number]>>;
  /** The round trip, invariance or formula that must hold for any valid input, in words. */
  readonly law: string;
  readonly holds: (inputs: Inputs, outputs: readonly tf.Tensor[], random: RandomTensors) => readonly Equal[];
  /** Of the law and of batches in float32, relative to the larger of 1 and the largest value. 1e-4 by default. */
  readonly tolerance?: number;
  /** Of gradients in float64, relative to the largest derivative. 1e-5 by default. */
  readonly gradientTolerance?: number;
  /** Passes through pow, exp or acos, which are coarser on a GPU: so may its gradients on webgl be. */
  readonly transcendental?: true;
  /** Which results gradients are checked of, where the others are constants by design; all by default. */
  readonly differentiated?: readonly number[];
  /** Why it is not tried with whole numbers (int32) in place of floats. */
  readonly floatsOnly?: string;
  /** Why it has no gradients at all. */
  readonly noGradients?: string;
  /** Why elements of a batch are not what they are one by one. */
  readonly notElementwise?: string;
  /** Inputs where the maths is singular: value and gradients must be finite there, and no derivative above `steepest`. */
  readonly singular?: Readonly<Record<string, Readonly<Record<string, Numbers>>>>;
  /** Singular points that are not tried where numbers have 16 bits, and why those cannot hold what comes of them. */
  readonly beyondHalf?: Readonly<Record<string, string>>;
  /** Why there is no such input, in an entry that has gradients and no `singular`. */
  readonly noSingular?: string;
  /** Wrong shapes beyond those that are generated from the axes: of which arguments, and the names of which the error must have one. */
  readonly refuses?: Readonly<Record<string, Refusal>>;
  /** Why no shape is wrong, where none is generated nor written. */
  readonly noRefusals?: string;
  /** The largest derivative allowed at singular points where it is not 1e6, and why. */
  readonly steepest?: { readonly limit: number; readonly reason: string };
}

/**
 * Entries by the path under which `diorama/graphics` exports the function: `geometry.transformation.quaternion.rotate`. Other options of the
 * same function have entries of their own, `PATH#WORDS`.
 */
export type Table = Readonly<Record<string, Entry>>;
/** Public functions without an entry, by path, and why. */
export type Exempt = Readonly<Record<string, string>>;
