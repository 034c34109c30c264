import type { Random } from '../../scene/random';
import type { LabelledBatch } from './batches';
import { drawIndices } from './points';

/**
 * Clouds put together from two of a batch: each keeps some of its points and takes the others from another one, all with the same share, and
 * counts as so much of the one's class and so much of the other's. Zhang et al. 2022, "PointCutMix: Regularization Strategy for Point Cloud
 * Classification" (its PointCutMix-R, the share uniform).
 * @param batch of clouds of one size, whose points come in random order.
 */
export function mixBatch({ points, truth }: LabelledBatch, random: Random): LabelledBatch {
  const { batch, count, positions, features } = points;
  const partners = drawIndices(batch, batch, random);
  const kept = Math.round(count * random.uniform());
  const mix = (rows: Float32Array): Float32Array => {
    const length = rows.length / batch;
    const start = (kept * length) / count;
    const out = rows.slice();
    partners.forEach((partner, b) => { out.set(rows.subarray(partner * length + start, (partner + 1) * length), b * length + start); });
    return out;
  };
  const others = Int32Array.from(partners, (partner) => truth[partner]);
  const share = kept / count;
  const mixed = { ...points, positions: mix(positions), ...(features && { features: mix(features) }) };
  // What most points say is the first truth, by which accuracy is measured.
  return share < 0.5 ? { points: mixed, truth: others, second: { truth, share } } : { points: mixed, truth, second: { truth: others, share: 1 - share } };
}
