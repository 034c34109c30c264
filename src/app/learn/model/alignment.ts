/** p ↦ (p − shift) / scale */
export interface Alignment {
  readonly shift: readonly [number, number, number];
  readonly scale: number;
}

/** Steps of matching and fitting; from a start as near as a mean of points gives, two are enough. */
const ROUNDS = 4;

/** Of a larger cloud so many points are matched with. */
const MOST_MATCHED = 8192;

const meanOf = (points: Float32Array): [number, number, number] => {
  const mean: [number, number, number] = [0, 0, 0];
  points.forEach((x, i) => { mean[i % 3] += (3 * x) / points.length; });
  return mean;
};

const spread = (points: Float32Array, mean: readonly number[]): number => Math.sqrt(points.reduce((sum, x, i) => sum + (x - mean[i % 3]) ** 2, 0) / points.length);

/**
 * How the points that a network saw, some of a cloud's in another order, were moved and scaled from the cloud's own frame
 * (Besl & McKay 1992, without turning).
 * @param own [M, 3]. @param seen [N, 3].
 */
export function alignClouds(own: Float32Array, seen: Float32Array): Alignment {
  const [ownMean, seenMean] = [meanOf(own), meanOf(seen)];
  let scale = spread(own, ownMean) / (spread(seen, seenMean) || 1) || 1;
  let shift = ownMean.map((x, k) => x - scale * seenMean[k]) as [number, number, number];
  const matched = new Float32Array(seen.length);
  const stride = 3 * Math.ceil(own.length / 3 / MOST_MATCHED);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < seen.length; i += 3) {
      const [x, y, z] = [0, 1, 2].map((k) => scale * seen[i + k] + shift[k]);
      let least = Infinity;
      for (let j = 0; j < own.length; j += stride) {
        const squared = (own[j] - x) ** 2 + (own[j + 1] - y) ** 2 + (own[j + 2] - z) ** 2;
        if (squared >= least) continue;
        least = squared;
        matched.set([own[j], own[j + 1], own[j + 2]], i);
      }
    }
    const mean = meanOf(matched);
    let [product, square] = [0, 0];
    seen.forEach((x, i) => {
      product += (x - seenMean[i % 3]) * (matched[i] - mean[i % 3]);
      square += (x - seenMean[i % 3]) ** 2;
    });
    scale = square > 0 && product > 0 ? product / square : scale;
    shift = mean.map((x, k) => x - scale * seenMean[k]) as [number, number, number];
  }
  return { shift, scale };
}

/** Positions of the cloud's own frame in that of the points that were seen. */
export const aligned = (positions: Float32Array, { shift, scale }: Alignment): Float32Array => positions.map((x, i) => (x - shift[i % 3]) / scale);
