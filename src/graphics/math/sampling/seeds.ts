/** What everything with chance in it takes: nothing here draws numbers without having been given a seed. */
export interface Seeded {
  /** Whole number in 0 … 2³² − 1; the same seed gives the same samples on the same backend. */
  readonly seed: number;
}

/** Refuses what is no seed, none at all first. */
export function checkSeed(seed: number | undefined): asserts seed is number {
  if (seed === undefined || !Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new Error(`seed must be a whole number in 0 … 2³² − 1, but it is ${seed}`);
  }
}

/** Refuses options without a seed, and no options at all, as callers without types may leave them out. */
export function checkSeeded(options: Seeded | undefined): asserts options is Seeded {
  checkSeed((options as Seeded | undefined)?.seed);
}

/** Bits that are flipped in a seed. */
const OTHER_STREAM = 0x5bd1e995;

/** The seed of a second stream of numbers: with the same ones, where in a part a sample falls would be tied to the part it falls in. */
export const secondStream = (seed: number): number => (seed ^ OTHER_STREAM) >>> 0;
