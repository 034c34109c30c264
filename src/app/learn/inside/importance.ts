import type { LearnInspection } from '../../../experiments/learn/protocol';
import { activationOf } from '../model/pointColors';
import type { Order } from '../url/pageState';
import { channelsWon, countOf, nearestOf } from './layers';

/** [N]: how much each point counts: channels won of the maximum, else how strongly the last layer with several outputs answers to it. */
export function importanceOf(inspection: LearnInspection): Float32Array {
  const won = channelsWon(inspection);
  if (won) return Float32Array.from(won);
  const layer = inspection.layers.findLast((view) => countOf(view) > 1);
  const { positions } = inspection.prediction.cloud;
  if (!layer) return new Float32Array(positions.length / 3);
  const lengths = activationOf(layer, undefined);
  return Float32Array.from(nearestOf(positions, layer.positions), (row) => lengths[row]);
}

/** The share of points that count most, or least. */
export function shareOfPoints(importance: Float32Array, order: Order, share: number): number[] {
  const sign = order === 'most' ? -1 : 1;
  const sorted = Array.from(importance.keys()).sort((a, b) => sign * (importance[a] - importance[b]) || a - b);
  return sorted.slice(0, Math.round(share * sorted.length));
}
