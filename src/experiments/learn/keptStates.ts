import type { TrainingState } from './weights';

/** States of one training that can be gone back to, in bounded memory: where there are too many, every second epoch's goes. */
export interface KeptStates {
  /** Ascending. */
  readonly steps: readonly number[];
  /** Whether the state after this step is one to keep and is not kept yet. */
  wants(step: number): boolean;
  keep(state: TrainingState): void;
  /** The last one at or before a step. */
  at(step: number): TrainingState;
}

const MOST_BYTES = 256 * 2 ** 20;
const MOST_STATES = 64;
/** The first, the last and one between them, however large they are. */
const FEWEST_STATES = 3;

const sizeOf = ({ weights, optimizer }: TrainingState): number =>
  [...weights.values(), ...optimizer.values()].reduce((sum, data) => sum + data.byteLength, 0);

/** @param first is always kept, whatever its step. @param interval of steps. */
export function createKeptStates(first: TrainingState, interval: number): KeptStates {
  const states = new Map([[first.step, first]]);
  const most = Math.max(FEWEST_STATES, Math.min(MOST_STATES, Math.floor(MOST_BYTES / Math.max(1, sizeOf(first)))));
  let spacing = interval;
  const sorted = () => [...states.keys()].sort((a, b) => a - b);
  return {
    get steps() {
      return sorted();
    },
    wants: (step) => step % spacing === 0 && !states.has(step),
    keep(state) {
      states.set(state.step, state);
      while (states.size > most) {
        spacing *= 2;
        for (const step of sorted()) if (step % spacing !== 0 && step !== first.step) states.delete(step);
      }
    },
    at(step) {
      const before = sorted().filter((kept) => kept <= step).at(-1) ?? sorted()[0];
      return states.get(before) as TrainingState;
    },
  };
}
