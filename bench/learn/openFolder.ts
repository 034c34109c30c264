import type { LearnDataset } from '../../src/experiments/learn';
import { openDataset } from '../../src/io';
import type { BenchContext } from '../types';

/** A folder named on the command line as a data set that streams; every file is read once first, and what was skipped is said. */
export async function openFolder(context: BenchContext, folder: string, task: 'classify' | 'segment'): Promise<LearnDataset> {
  const paths = await context.listFiles(folder);
  if (!paths) throw new Error(`There is no folder "${folder}".`);
  const files = paths.map((path) => ({ path, read: () => context.readFile(`${folder}/${path}`) }));
  const { dataset, report } = await openDataset({ files }, { task });
  context.log(`${folder}: ${report.layout}, ${report.trainCount} to learn from, ${report.testCount} to test, ${dataset.classNames.length} classes, ${report.skipped.length} skipped`);
  for (const { path, reason } of report.skipped.slice(0, MOST_SHOWN)) context.log(`  skipped ${path}: ${reason}`);
  return dataset;
}

const MOST_SHOWN = 10;
