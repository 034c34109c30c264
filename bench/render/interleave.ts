import { median } from '../statistics';

export interface Measured {
  /** Milliseconds of each trial. */
  readonly trials: readonly number[];
  readonly median: number;
}

const UNTIMED_ROUNDS = 2;

/**
 * Times several ways of doing the same, one trial of each in turn, so that whatever slows the machine for a while slows them all.
 * Each is run twice before (once where that takes longer than `seconds`), untimed: shaders compile and textures are allocated then. The order turns from round to round.
 * @param options.trials rounds at most; at least one.
 * @param options.seconds no round begins after that much time.
 */
export function interleave<Name extends string>(
  ways: Readonly<Record<Name, () => void>>, options: { readonly trials: number; readonly seconds: number }, now: () => number = () => performance.now(),
): Record<Name, Measured> {
  const names = Object.keys(ways) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  const begun = now();
  for (let round = 0; round < UNTIMED_ROUNDS && (round === 0 || now() - begun < 1000 * options.seconds); round++) {
    for (const name of names) ways[name]();
  }
  const started = now();
  for (let round = 0; round < options.trials && (round === 0 || now() - started < 1000 * options.seconds); round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      const before = now();
      ways[name]();
      times.get(name)?.push(now() - before);
    }
  }
  const measured = {} as Record<Name, Measured>;
  for (const [name, trials] of times) measured[name] = { trials, median: median(trials) };
  return measured;
}
