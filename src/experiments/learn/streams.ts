/** What random numbers are drawn for; each has a stream of its own, so that none moves when another draws more. */
const PURPOSES = ['train shape', 'test shape', 'order', 'augmentation', 'test points', 'dropout', 'neighbourhoods', 'weights', 'split', 'mixing'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The seed of one stream of a training: from the training's seed, what it is for, and numbers such as the step and the example. */
export function streamSeed(seed: number, purpose: Purpose, ...numbers: readonly number[]): number {
  let hash = Math.imul(seed ^ 0x2545f491, 0x9e3779b1) ^ Math.imul(PURPOSES.indexOf(purpose) + 1, 0x85ebca6b);
  for (const number of numbers) {
    hash = Math.imul(hash ^ (hash >>> 15) ^ Math.imul(number + 1, 0xc2b2ae35), 0x27d4eb2f);
    hash ^= hash >>> 13;
  }
  return hash >>> 0;
}

/** Layers multiply the seeds that they are given for their parts: those of {@link streamSeed} would lose their last digits. */
const LAYER_SEEDS = 1e6;

/** {@link streamSeed}, for a network. */
export const layerSeed = (...stream: Parameters<typeof streamSeed>): number => streamSeed(...stream) % LAYER_SEEDS;
