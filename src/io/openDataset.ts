import { SceneError } from '../scene/errors';
import type { PointCloud } from '../scene/pointCloud';
import { MOST_LISTED, type DatasetReport, type FileWarning, type SkippedFile } from './datasetReport';
import type { FileSource, SourceFile } from './fileSource';
import { readLayout, type FolderLayout } from './folderLayout';
import { LIMITS } from './limits';
import type { ClassedCloud } from './npz';
import { extensionOf, isCloudFile, readFileOf, SIBLING_EXTENSIONS, type CloudExample } from './shape';

/** Where the examples of a folder come from: each is read when it is asked for. */
export interface CloudSource {
  readonly count: number;
  /** Of its class; undefined to segment. */
  label(index: number): number | undefined;
  read(index: number): Promise<CloudExample>;
}

export interface CloudDataset {
  readonly name: string;
  /** Of classes, or of parts. */
  readonly classNames: readonly string[];
  readonly train: CloudSource;
  readonly test: CloudSource;
}

export interface OpenDatasetOptions {
  /** Whole shapes are told apart, or their parts. */
  readonly task: 'classify' | 'segment';
  /** Of one in so many is tested where nothing says which. */
  readonly testEvery?: number;
  onProgress?(fraction: number): void;
}

/** One cloud of a file, as the first reading found it. */
interface Found {
  readonly file: SourceFile;
  /** In the file. */
  readonly index: number;
  readonly className?: string;
  readonly split?: 'train' | 'test';
}

const TEST_EVERY = 4;

/** What the file called a label: large ones are numbered anew file by file, and only their values are the same everywhere. */
const valueOf = ({ labelValues }: Pick<PointCloud, 'labelValues'>, label: number): number => labelValues?.[label] ?? label;

/**
 * Reads every file of a folder once, to see what can be learnt from it, and forgets it again: what is learnt from is read anew when it is asked for,
 * so that a data set may be larger than memory. Files that cannot be used are skipped and named in the report.
 * @throws SceneError where nothing is left to learn from, or nothing to tell apart.
 */
export async function openDataset(source: FileSource, { task, testEvery = TEST_EVERY, onProgress }: OpenDatasetOptions): Promise<{ dataset: CloudDataset; report: DatasetReport }> {
  if (source.files.length > LIMITS.files) throw new SceneError(`There are ${source.files.length.toLocaleString('en')} files; at most ${LIMITS.files.toLocaleString('en')} are read.`, { code: 'too-large' });
  const sorted = [...source.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const isUsable = ({ path }: SourceFile) => isCloudFile(path) && !/(^|\/)\.[^/]*$/.test(path);
  const usable = sorted.filter(isUsable);
  const skipped: SkippedFile[] = sorted.filter((file) => !isUsable(file) && !SIBLING_EXTENSIONS.includes(extensionOf(file.path)))
    .map(({ path }) => ({ path, reason: 'its format is not one of points or meshes' }));
  const warnings: FileWarning[] = [];
  const placed = readLayout(usable.map(({ path }) => path));
  const found: Found[] = [];
  const labels = new Set<number>();
  for (const [i, file] of usable.entries()) {
    try {
      const read = await readFileOf(source, file);
      warnings.push(...read.warnings.map((warning) => ({ path: file.path, warning })));
      const { className, split } = placed.files[i];
      const before = found.length;
      read.clouds.forEach((one, index) => {
        const name = task === 'segment' ? undefined : one.label === undefined ? className : `class ${one.label}`;
        if (task === 'classify' ? name !== undefined : one.cloud.labels !== undefined) found.push({ file, index, split, ...(name !== undefined && { className: name }) });
        if (task === 'segment') one.cloud.labels?.forEach((label) => labels.add(valueOf(one.cloud, label)));
      });
      if (found.length === before) {
        skipped.push({ path: file.path, reason: task === 'classify' ? 'no folder and no name says which class it is of' : 'its points have no labels' });
      }
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
      skipped.push({ path: file.path, reason: [error.details.place, error.reason].filter(Boolean).join(': ') });
    }
    onProgress?.((i + 1) / usable.length);
  }
  skipped.sort((a, b) => (a.path < b.path ? -1 : 1));
  const parts = [...labels].sort((a, b) => a - b);
  const classNames = task === 'classify' ? [...new Set(found.map(({ className }) => className as string))].sort() : parts.map((part) => `part ${part}`);
  refuseNothing(found, classNames, skipped, task);
  const placedFound = divide(found, testEvery);
  const sourceOf = (split: 'train' | 'test') => createSource(source, placedFound.filter((one) => one.split === split), classNames, parts);
  const [train, test] = [sourceOf('train'), sourceOf('test')];
  return { dataset: { name: nameOf(placed, usable), classNames, train, test }, report: reportOf(placed, placedFound, classNames, skipped, warnings) };
}

function refuseNothing(found: readonly Found[], classNames: readonly string[], skipped: readonly SkippedFile[], task: 'classify' | 'segment'): void {
  const [first] = skipped;
  const because = first ? ` ${skipped.length} files were skipped; the first is ${first.path}: ${first.reason}.` : '';
  if (found.length < 2) throw new SceneError(`Nothing in this folder can be learnt from.${because}`, { code: 'empty', advice: ADVICE[task] });
  if (classNames.length < 2) throw new SceneError(`There is one ${task === 'classify' ? 'class' : 'label'} only, and nothing to tell apart.${because}`, { code: 'empty', advice: ADVICE[task] });
}

const ADVICE = {
  classify: 'Give a folder for each class, with train and test inside or without.',
  segment: 'Give files whose points have labels: PLY, PCD, NPZ, or text with a last column of whole numbers.',
} as const;

/** Where nothing says what is tested, one in so many of each class is; and all that is said is kept. */
function divide(found: readonly Found[], testEvery: number): Found[] {
  const said = new Set(found.map(({ split }) => split));
  if (said.has('train') && said.has('test')) return found.map((one) => ({ ...one, split: one.split ?? 'train' }));
  const turns = new Map<string | undefined, number>();
  return found.map((one) => {
    const turn = turns.get(one.className) ?? 0;
    turns.set(one.className, turn + 1);
    return { ...one, split: turn % testEvery === testEvery - 1 || (found.length < testEvery && turn === 0) ? 'test' : 'train' };
  });
}

function createSource(source: FileSource, found: readonly Found[], classNames: readonly string[], parts: readonly number[]): CloudSource {
  const numberOfPart = new Map(parts.map((part, k) => [part, k]));
  const numberOfClass = new Map(classNames.map((name, k) => [name, k]));
  const labels = found.map(({ className }) => (className === undefined ? undefined : numberOfClass.get(className)));
  // Many clouds may lie in one file: the last one that was read is kept.
  let last: { readonly file: SourceFile; readonly clouds: readonly ClassedCloud[]; readonly mesh?: CloudExample['mesh'] } | undefined;
  return {
    count: found.length,
    label: (index) => labels[index],
    async read(index) {
      const { file, index: inFile } = found[index];
      const read = last?.file === file ? last : { file, ...await readFileOf(source, file) };
      last = read;
      const { cloud } = read.clouds[inFile];
      const known = parts.length > 0 && cloud.labels ? { ...cloud, labels: cloud.labels.map((label) => numberOfPart.get(valueOf(cloud, label)) ?? 0) } : cloud;
      const label = labels[index];
      return { name: cloud.name, cloud: known, ...(read.mesh && { mesh: read.mesh }), ...(label !== undefined && { label }) };
    },
  };
}

/** The folder that all the files lie in. */
const nameOf = ({ layout }: FolderLayout, files: readonly SourceFile[]): string => (files[0].path.includes('/') ? files[0].path.split('/')[0] : layout);

function reportOf(
  { layout }: FolderLayout, found: readonly Found[], classNames: readonly string[], skipped: readonly SkippedFile[], warnings: readonly FileWarning[],
): DatasetReport {
  const counts = { train: new Map<string | undefined, number>(), test: new Map<string | undefined, number>() };
  for (const { split, className } of found) if (split) counts[split].set(className, (counts[split].get(className) ?? 0) + 1);
  const total = (split: 'train' | 'test') => [...counts[split].values()].reduce((sum, n) => sum + n, 0);
  const count = (split: 'train' | 'test', name?: string) => (name === undefined ? total(split) : counts[split].get(name) ?? 0);
  const paths = [...new Set(found.map(({ file }) => file.path))];
  const byClass = found.some(({ className }) => className !== undefined);
  return {
    layout, skipped, warnings, readCount: paths.length, read: paths.slice(0, MOST_LISTED), trainCount: count('train'), testCount: count('test'),
    classes: classNames.map((name) => ({ name, train: byClass ? count('train', name) : count('train'), test: byClass ? count('test', name) : count('test') })),
  };
}
