import { LIMITS } from '../../../io';
import type { LearnFile } from '../../../workers/learnApi';

/** As many as the readers take. */
const MOST_FILES: number = LIMITS.files;

const fromFile = (file: File): LearnFile => ({ path: file.webkitRelativePath || file.name, blob: file });

/** Files of an input, with the folders above them where a folder was chosen. */
export function filesOfInput(files: Iterable<File>, most = MOST_FILES): Dropped {
  const all = [...files];
  return { files: all.slice(0, most).map(fromFile), ...(all.length > most && { isCut: true }) };
}

const entriesOf = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => new Promise((resolve, reject) => reader.readEntries(resolve, reject));
const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

/** @returns whether all of it found room. */
async function walk(entry: FileSystemEntry, into: LearnFile[], most: number): Promise<boolean> {
  if (into.length >= most) return false;
  if (entry.isFile) {
    into.push({ path: entry.fullPath.replace(/^\//, ''), blob: await fileOf(entry as FileSystemFileEntry) });
    return true;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives a hundred entries at a time, and none at the end.
  for (let some = await entriesOf(reader); some.length > 0; some = await entriesOf(reader)) {
    for (const one of some) if (!await walk(one, into, most)) return false;
  }
  return true;
}

export interface Dropped {
  readonly files: readonly LearnFile[];
  /** The folder's name, where a folder was dropped. */
  readonly folder?: string;
  /** There were more files than are taken. */
  readonly isCut?: boolean;
}

/** All files of a drop, folders walked through. The transfer must be asked at once: it is empty after the event. */
export async function filesOfDrop({ items, files: plain }: DataTransfer, most = MOST_FILES): Promise<Dropped> {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const simple = [...plain];
  // Made by a script, a transfer has files and no entries.
  if (entries.every((entry) => entry === null || entry.isFile)) return nameFolder(filesOfInput(simple, most));
  const files: LearnFile[] = [];
  let isWhole = true;
  for (const entry of entries) if (entry) isWhole = await walk(entry, files, most) && isWhole;
  return { files, ...(!isWhole && { isCut: true }), folder: entries.find((entry) => entry?.isDirectory)?.name ?? 'the files dropped' };
}

/** Files whose names hold folders come from a folder. */
function nameFolder(dropped: Dropped): Dropped {
  const [first] = dropped.files;
  return first?.path.includes('/') ? { ...dropped, folder: first.path.split('/')[0] } : dropped;
}
