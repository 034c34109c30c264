import type { LearnFile } from '../../../workers/learnApi';

/** More files than this are no data set for a browser's tab. */
export const MOST_FILES = 20_000;

const fromFile = (file: File): LearnFile => ({ path: file.webkitRelativePath || file.name, blob: file });

/** Files of an input, with the folders above them where a folder was chosen. */
export const filesOfInput = (files: Iterable<File>): LearnFile[] => [...files].slice(0, MOST_FILES).map(fromFile);

const entriesOf = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => new Promise((resolve, reject) => reader.readEntries(resolve, reject));
const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

async function walk(entry: FileSystemEntry, into: LearnFile[]): Promise<void> {
  if (into.length >= MOST_FILES) return;
  if (entry.isFile) {
    into.push({ path: entry.fullPath.replace(/^\//, ''), blob: await fileOf(entry as FileSystemFileEntry) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives a hundred entries at a time, and none at the end.
  for (let some = await entriesOf(reader); some.length > 0; some = await entriesOf(reader)) {
    for (const one of some) await walk(one, into);
  }
}

export interface Dropped {
  readonly files: readonly LearnFile[];
  /** The folder's name, where a folder was dropped. */
  readonly folder?: string;
}

/** All files of a drop, folders walked through. The transfer must be asked at once: it is empty after the event. */
export async function filesOfDrop({ items, files: plain }: DataTransfer): Promise<Dropped> {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const simple = [...plain];
  // Made by a script, a transfer has files and no entries.
  if (entries.every((entry) => entry === null || entry.isFile)) return nameFolder(simple.map(fromFile));
  const files: LearnFile[] = [];
  for (const entry of entries) if (entry) await walk(entry, files);
  return { files, folder: entries.find((entry) => entry?.isDirectory)?.name ?? 'the files dropped' };
}

/** Files whose names hold folders come from a folder. */
function nameFolder(files: readonly LearnFile[]): Dropped {
  const [first] = files;
  return first?.path.includes('/') ? { files, folder: first.path.split('/')[0] } : { files };
}
