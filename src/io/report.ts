import { SceneError, type SceneErrorCode } from '../scene/errors';

/** Something in a file that was left out or repaired, while the rest was kept. */
export interface ReadWarning {
  readonly code: SceneErrorCode;
  readonly message: string;
  /** Where it happened first: "line 12", "byte 84", "/meshes/0". */
  readonly place?: string;
  readonly advice?: string;
  /** How often it happened. */
  readonly count: number;
}

/** Collects what goes wrong while one file is read. */
export interface Report {
  readonly file: string;
  readonly warnings: readonly ReadWarning[];
  /** Notes a partial failure; repeated ones are counted and keep their first place. */
  warn(code: SceneErrorCode, message: string, place?: string, advice?: string): void;
  /** Gives up on the file. */
  fail(code: SceneErrorCode, reason: string, place?: string, advice?: string): never;
  /** Reads a part, or turns the SceneError that it throws into a warning, so that the rest can be read. */
  attempt<T>(read: () => T): T | undefined;
}

/** Different warnings kept for one file; a person reads no more. */
const MOST_WARNINGS = 100;

export function createReport(file: string): Report {
  const found = new Map<string, ReadWarning & { count: number }>();
  const warn: Report['warn'] = (code, message, place, advice) => {
    const known = found.get(message);
    if (known) known.count++;
    else if (found.size < MOST_WARNINGS) found.set(message, { code, message, place, advice, count: 1 });
  };
  return {
    file,
    warn,
    get warnings() { return [...found.values()]; },
    fail(code, reason, place, advice) { throw new SceneError(reason, { code, file, place, advice }); },
    attempt(read) {
      try {
        return read();
      } catch (error) {
        // What is too large for the tab must stop the whole file.
        if (!(error instanceof SceneError) || error.details.code === 'too-large') throw error;
        warn(error.details.code, error.reason, error.details.place, error.details.advice);
        return undefined;
      }
    },
  };
}
