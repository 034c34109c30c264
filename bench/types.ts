// What a bench is given and what it gives back. A bench is a file bench/NAME.bench.ts that exports `description`, `options`, perhaps the `backend`
// that it computes on by default (all written as literals, so that --help reads them without running anything) and `run`.

/** An option of one bench's own, beside those that all have (scripts/bench/options.mjs). */
export interface BenchOption {
  /** Without the dashes. */
  readonly name: string;
  /** What follows it, as help shows it; an option without one is a switch. */
  readonly value?: string;
  readonly description: string;
}

export interface BenchContext {
  readonly name: string;
  /** TensorFlow.js already computes there when `run` is called. */
  readonly backend: 'cpu' | 'webgl';
  readonly seed: number;
  /** --trials, where given. */
  readonly trials: number | undefined;
  /** --resume was given. */
  readonly resume: boolean;
  /** --out, as given. */
  readonly out: string | undefined;
  /** A text option as given. */
  text(name: string): string | undefined;
  text(name: string, fallback: string): string;
  /** A number option; refuses what is none. */
  number(name: string): number | undefined;
  number(name: string, fallback: number): number;
  /** A comma-separated list of numbers, such as `--sizes 64,128`. */
  numbers(name: string, fallback: readonly number[]): readonly number[];
  flag(name: string): boolean;
  /** A line of progress for the terminal. */
  log(line: string): void;
  /** Bytes of a file named on the command line (relative to where the command was typed) or of `sharedFile(…)`. */
  readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Paths of all files in a folder and in the folders in it, relative to it; undefined where there is no such folder. */
  listFiles(folder: string): Promise<readonly string[] | undefined>;
  /** The path of a shared test input, such as `meshes/spot.obj`; pass it to readFile. */
  sharedFile(name: string): string;
  /** Writes --json's or --out's file, or one in --out's folder; whole or not at all. */
  writeFile(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Bytes that the last run of this bench saved under that name, or undefined. */
  loadCheckpoint(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  saveCheckpoint(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Writes what there is so far to --json. */
  partial(result: BenchResult): Promise<void>;
}

/** Goes to --json as it is, but for the table, with the bench's name, the seed and the machine added. */
export interface BenchResult<Trial = unknown> {
  readonly object?: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly trials: readonly Trial[];
  readonly summary: Readonly<Record<string, unknown>>;
  /** Row 0 is the heading. */
  readonly table: readonly (readonly string[])[];
}

export interface Bench {
  readonly description: string;
  readonly options?: readonly BenchOption[];
  readonly backend?: 'cpu' | 'webgl';
  run(context: BenchContext): Promise<BenchResult>;
}
