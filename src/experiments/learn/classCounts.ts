import type { LearnDataset } from './protocol';
import type { LearnSettings } from './settings';
import type { Shape } from './shapes';

/** Shapes looked at to learn how common each part is. */
const MOST_LOOKED_AT = 64;

/** [K]: how many training examples there are of each class, or points of each part in some of the shapes. */
export async function countClasses(
  { train, classNames }: LearnDataset, read: (index: number) => Promise<Shape>, { task }: LearnSettings, onProgress?: (fraction: number) => void,
): Promise<number[]> {
  const counts = classNames.map(() => 0);
  if (task === 'classify') {
    for (let i = 0; i < train.count; i++) {
      const label = train.label(i);
      if (label !== undefined) counts[label]++;
    }
    return counts;
  }
  const looked = Math.min(MOST_LOOKED_AT, train.count);
  for (let i = 0; i < looked; i++) {
    const { cloud } = await read(Math.floor((i * train.count) / looked));
    cloud.labels?.forEach((part) => { counts[part]++; });
    onProgress?.((i + 1) / looked);
  }
  return counts;
}
