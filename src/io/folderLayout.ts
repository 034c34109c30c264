import type { DatasetReport } from './datasetReport';

/** A file with what its path says about it. */
export interface PlacedFile {
  readonly path: string;
  /** Undefined where no folder and no name tells. */
  readonly className?: string;
  readonly split?: 'train' | 'test';
}

export interface FolderLayout {
  readonly layout: DatasetReport['layout'];
  readonly files: readonly PlacedFile[];
}

const TRAIN = /^(train|training)$/i;
const TEST = /^(test|testing|val|valid|validation|eval)$/i;
const splitOf = (word: string): PlacedFile['split'] => (TRAIN.test(word) ? 'train' : TEST.test(word) ? 'test' : undefined);

const partsOf = (path: string): string[] => path.split('/').filter((part) => part && part !== '.');

/**
 * What folders say about files: class/{train,test}/file or {train,test}/class/file, or class/file. Where all lie in one folder their names may say
 * it: "sofa_0013.pcd", "train_cat.pcd". Folders above all of them say nothing.
 */
export function readLayout(paths: readonly string[]): FolderLayout {
  const split = paths.map(partsOf);
  const depth = commonDepth(split);
  const inner = split.map((parts) => parts.slice(depth));
  const files = inner.map((parts, i): PlacedFile => {
    const folders = parts.slice(0, -1);
    const place = folders.map(splitOf).find((one) => one !== undefined) ?? splitOfName(parts[parts.length - 1]);
    const className = folders.filter((folder) => splitOf(folder) === undefined).at(-1);
    return { path: paths[i], ...(className !== undefined && { className }), ...(place && { split: place }) };
  });
  if (files.some(({ className }) => className !== undefined)) {
    return { files, layout: inner.some((parts) => parts.slice(0, -1).some((folder) => splitOf(folder))) ? 'class/split/file' : 'class/file' };
  }
  const names = classesOfNames(inner.map((parts) => parts[parts.length - 1]));
  return { layout: 'labelled files', files: files.map((file, i) => (names ? { ...file, className: names[i] } : file)) };
}

/** Folders that all paths share and that are no split of their own. */
function commonDepth(split: readonly (readonly string[])[]): number {
  let depth = 0;
  while (split.length > 0 && split.every((parts) => depth < parts.length - 1 && parts[depth] === split[0][depth]) && splitOf(split[0][depth]) === undefined) depth++;
  return depth;
}

const wordsOf = (name: string): string[] => name.replace(/\.[^.]*$/, '').split(/[_\-\s.]+/).filter(Boolean);
const splitOfName = (name: string): PlacedFile['split'] => wordsOf(name).map(splitOf).find((one) => one !== undefined);

/** What is left of the names without splits, numbers and the words that all begin with; undefined where that tells nothing apart. */
function classesOfNames(names: readonly string[]): string[] | undefined {
  const words = names.map((name) => wordsOf(name).filter((word) => splitOf(word) === undefined && !/^\d+$/.test(word)));
  let shared = 0;
  while (words.length > 0 && words.every((list) => shared < list.length - 1 && list[shared] === words[0][shared])) shared++;
  const classes = words.map((list) => list.slice(shared).join(' ').replace(/\d+$/, ''));
  const distinct = new Set(classes);
  return !distinct.has('') && distinct.size > 1 && distinct.size < names.length ? classes : undefined;
}
