import type { LearnSettings } from './settings';

/** What a trained network is called among those that ship: its task, the family whose parts it tells apart, and its kind. */
export const networkName = ({ task, families, model }: Pick<LearnSettings, 'task' | 'families' | 'model'>): string =>
  (task === 'classify' ? `classify-${model}` : `segment-${families[0]}-${model}`);
