import { createKdSearch, squaredRadius } from './kdSearch';
import { buildKdTree } from './kdTree';
import { createRandom } from './random';

/**
 * Poisson-disk sampling of given points: no two that are kept are within `radius` of each other, and every point is within `radius` of one that is.
 * Goes through the points once, in a random order, and keeps each that no kept one has covered. O(N log N + pairs of kept points and their neighbours).
 * Cook, "Stochastic sampling in computer graphics", ACM TOG 1986 (dart throwing, with the points as darts).
 * @param points [N, D] @param options.seed of the order; without one the points are taken as they come.
 * @returns indices in ascending order.
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function poissonDiskSample(points: Float32Array, dimension: number, radius: number, options: { readonly seed?: number } = {}): Int32Array {
  const tree = buildKdTree(points, dimension);
  const search = createKdSearch(tree);
  const order = Int32Array.from({ length: tree.count }, (_, i) => i);
  if (options.seed !== undefined) {
    const random = createRandom(options.seed);
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
  }
  const limit = squaredRadius(radius);
  const covered = new Uint8Array(tree.count);
  const kept: number[] = [];
  for (const point of order) {
    if (covered[point]) continue;
    kept.push(point);
    search.within(points, point * dimension, limit, (other) => { covered[other] = 1; });
  }
  return Int32Array.from(kept).sort();
}
