import type { ReadWarning } from './report';

/** So many paths of files that were read are listed. */
export const MOST_LISTED = 500;

/** What became of a folder of files that somebody gave to learn from. */
export interface DatasetReport {
  /** How the folders were understood. */
  readonly layout: 'class/split/file' | 'class/file' | 'labelled files';
  readonly classes: readonly DatasetClass[];
  /** Examples read, of all classes. */
  readonly trainCount: number;
  readonly testCount: number;
  /** How many files something was read from, and the paths of the first of them. */
  readonly readCount: number;
  readonly read: readonly string[];
  /** Files that were left out, in order of their paths. */
  readonly skipped: readonly SkippedFile[];
  /** Files that were read with something left out or repaired. */
  readonly warnings: readonly FileWarning[];
}

export interface DatasetClass {
  readonly name: string;
  readonly train: number;
  readonly test: number;
}

export interface SkippedFile {
  readonly path: string;
  /** In words. */
  readonly reason: string;
}

export interface FileWarning {
  readonly path: string;
  readonly warning: ReadWarning;
}
