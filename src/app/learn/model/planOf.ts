import { networkName } from '../../../experiments/learn/networkName';
import { learnSettingsFor, type LearnSettings } from '../../../experiments/learn/settings';
import { SHIPPED_NETWORKS } from '../../../workers/shippedNetworks';
import type { LearnPageState } from '../url/pageState';

/** Whether a network ships for a training: it must be as wide, know the same classes and be told the same. */
export function fitsShipped(settings: LearnSettings): boolean {
  const { width, families, normals } = learnSettingsFor(settings.task);
  const sameClasses = settings.task === 'segment' || families.join() === settings.families.join();
  return sameClasses && settings.width === width && settings.normals === normals && SHIPPED_NETWORKS.includes(networkName(settings));
}

/** What a training is, apart from how far it has come and what is looked at. */
export const planOf = ({ settings, fromNothing, backend, compare }: LearnPageState): LearnPageState =>
  ({ settings, fromNothing, backend, compare, color: 'prediction', shape: 0 });
