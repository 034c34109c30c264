import { createRandom } from '../../../scene/random';
import { lookUp } from '../names/lookUp';
import { randomTensors, type RandomTensors } from '../randomTensors';
import * as tf from '../../tf';
import type { Entry, Inputs, Result } from './entry';

/** Inputs of one call, with the batch shape of each argument and the sizes of letters. */
export interface Trial { readonly inputs: Inputs; readonly batch: readonly number[]; readonly random: RandomTensors }

const DEFAULT_SIZES = [2, 4] as const;

/** Sizes of the letters in an entry's axes. */
export function drawSizes({ args, sizes }: Entry, seed: number): Record<string, number> {
  const random = createRandom(seed);
  const drawn: Record<string, number> = {};
  for (const axis of Object.values(args).flatMap(({ axes }) => axes)) {
    if (typeof axis === 'number' || axis in drawn) continue;
    const [low, high] = sizes?.[axis] ?? DEFAULT_SIZES;
    drawn[axis] = low + random.integer(high - low + 1);
  }
  return drawn;
}

export const ownShape = (axes: readonly (number | string)[], sizes: Readonly<Record<string, number>>): number[] =>
  axes.map((axis) => (typeof axis === 'number' ? axis : sizes[axis]));

/** Each argument's share of a batch shape: all of it, a part without its first axes, or one with sizes of 1. */
function shares(entry: Entry, batch: readonly number[], seed: number): Record<string, number[]> {
  const random = createRandom(seed);
  const names = Object.keys(entry.args);
  const share = (): number[] => batch.slice(random.integer(batch.length + 1)).map((size) => (random.integer(3) === 0 ? 1 : size));
  // One argument keeps the whole batch.
  const whole = random.integer(names.length);
  return Object.fromEntries(names.map((name, i) => {
    if (entry.args[name].single || entry.batch === 'none') return [name, []];
    return [name, entry.batch === 'same' || i === whole ? [...batch] : share()];
  }));
}

/** Draws inputs of an entry; `batch` leaves the batch shape to chance where it is absent. */
export function drawTrial(entry: Entry, seed: number, batch?: readonly number[]): Trial {
  const random = randomTensors(seed);
  const sizes = drawSizes(entry, seed);
  const batches = shares(entry, batch ?? random.batch(), seed);
  const inputs = Object.fromEntries(Object.entries(entry.args).map(([name, { axes, make }]) => {
    const own = ownShape(axes, sizes);
    return [name, make(random, [...batches[name], ...own], own)];
  }));
  const whole = Object.values(batches).reduce((widest, shape) => tf.broadcast_util.assertAndGetBroadcastShape(widest, shape), [] as number[]);
  return { inputs, batch: whole, random };
}

/** Batch shapes at which gradients are looked at: of one axis, of none, and of several of which one is broadcast. */
const GRADIENT_BATCHES: readonly (readonly number[])[] = [[2], [], [2, 1, 2]];

/** Those of {@link GRADIENT_BATCHES} that tell anything: one where the entry has no batches. */
export const gradientBatches = ({ args, batch }: Entry): readonly (readonly number[])[] =>
  (batch === 'none' || Object.values(args).every(({ single }) => single) ? [[]] : GRADIENT_BATCHES);

/** The tensors in a result, in its order. */
export function tensorsOf(result: Result): tf.Tensor[] {
  if (result instanceof tf.Tensor) return [result];
  return Object.values(result).flatMap((part: unknown) => (typeof part === 'object' && part !== null ? tensorsOf(part) : []));
}

/** The path without the words that tell entries of one function apart. */
export const functionOf = (name: string): string => name.split('#')[0];

/** Calls the function at a path as its entry says. */
export function callEntry(path: string, entry: Entry, inputs: Inputs): tf.Tensor[] {
  const call = entry.call ?? ((given: Inputs) => (lookUp(functionOf(path)) as (...tensors: tf.Tensor[]) => Result)(...Object.values(given)));
  return tensorsOf(call(inputs));
}
