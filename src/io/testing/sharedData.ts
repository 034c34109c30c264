import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Test inputs that nobody here wrote, beside the repository; tests that need them are skipped without. */
export const SHARED_DATA = path.resolve('..', 'shared', 'data');
export const hasSharedData = existsSync(SHARED_DATA);

/** All files under a folder, relative to the data's root, in order. */
export function listFiles(folder: string): string[] {
  if (!hasSharedData) return [];
  return readdirSync(path.join(SHARED_DATA, folder)).sort().flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(path.join(SHARED_DATA, file)).isDirectory() ? listFiles(file) : [file];
  });
}

export const loadFile = (file: string): Uint8Array => new Uint8Array(readFileSync(path.join(SHARED_DATA, file)));

/** The files that lie beside a file, by name. */
export function loadSiblings(file: string): Map<string, Uint8Array> {
  const folder = path.dirname(file);
  const names = readdirSync(path.join(SHARED_DATA, folder)).filter((name) => name !== path.basename(file) && statSync(path.join(SHARED_DATA, folder, name)).isFile());
  return new Map(names.map((name) => [name, loadFile(path.join(folder, name))]));
}
