import { median } from '../statistics';

export interface Measured {
  /** Milliseconds of each trial. */
  readonly trials: readonly number[];
  readonly median: number;
}

/**
 * Times several ways of doing the same, one trial of each in turn, so that whatever slows the machine for a while slows them all.
 * Each is run once before, untimed: shaders compile and textures are allocated then. The order turns from round to round.
 * @param options.trials rounds at most; at least one.
 * @param options.seconds no round begins after that much time.
 */
export function interleave<Name extends string>(
  ways: Readonly<Record<Name, () => void>>, options: { readonly trials: number; readonly seconds: number }, now: () => number = () => performance.now(),
): Record<Name, Measured> {
  const names = Object.keys(ways) as Name[];
  const times = Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<Name, number[]>;
  for (const name of names) ways[name]();
  const started = now();
  for (let round = 0; round < options.trials && (round === 0 || now() - started < 1000 * options.seconds); round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      const before = now();
      ways[name]();
      times[name].push(now() - before);
    }
  }
  return Object.fromEntries(names.map((name) => [name, { trials: times[name], median: median(times[name]) }])) as Record<Name, Measured>;
}
