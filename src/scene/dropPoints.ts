import { createRandom } from './random';
import type { CloudBatch } from './pointHierarchy';

/**
 * Random input dropout: of each cloud a share θ, uniform in 0 … most, of the points is left out at random, never all. The points that stay keep their order and
 * come first; how many they are is in the sizes. Qi et al., "PointNet++", NeurIPS 2017, section 3.3.
 * @param clouds positions [B, N, 3], features [B, N, C] if any.
 * @param seed of what is drawn.
 * @param options.most the paper's 0.95 by default.
 * @returns copies.
 * @example
 * ```ts
 * const clouds = { batch: 1, count: 3, positions: Float32Array.from([1, 0, 0, 2, 0, 0, 3, 0, 0]) };
 * geometry.pointHierarchy.dropPoints(clouds, 1, { most: 0 }).sizes; // → [3]
 * ```
 */
export function dropPoints<T extends CloudBatch & { readonly features?: Float32Array }>(
  clouds: T, seed: number, { most = 0.95 }: { readonly most?: number } = {},
): T & { readonly sizes: Int32Array } {
  const { batch, count } = clouds;
  const random = createRandom(seed);
  const positions = clouds.positions.slice();
  const features = clouds.features?.slice();
  const width = features ? features.length / (batch * count) : 0;
  const sizes = Int32Array.from({ length: batch }, (_, b) => {
    const share = most * random.uniform();
    const size = clouds.sizes ? clouds.sizes[b] : count;
    let kept = 0;
    for (let i = 0; i < size; i++) {
      const stays = random.uniform() >= share || (kept === 0 && i === size - 1);
      if (!stays) continue;
      positions.copyWithin(3 * (b * count + kept), 3 * (b * count + i), 3 * (b * count + i + 1));
      features?.copyWithin(width * (b * count + kept), width * (b * count + i), width * (b * count + i + 1));
      kept++;
    }
    return kept;
  });
  return { ...clouds, positions, features, sizes };
}
