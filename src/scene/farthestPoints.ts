import { farthestPointsByTree } from './farthestTree';
import { checkPoints } from './kdTree';

/** Comparisons from which the tree is faster, in the few dimensions where it prunes. */
const LEAST_TREE_COMPARISONS = 2 ** 19;
const MOST_TREE_DIMENSIONS = 6;

/**
 * Farthest point sampling: starts at one point and adds, again and again, the point farthest from all chosen so far; of equally far ones the first.
 * O(N · count), and about
 * O((N + count) log N) for many points in few dimensions. Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985; PointNet++'s sampling (Qi et al. 2017).
 * @param points [N, D] @param count if more than N, all points are given, in that order.
 * @param options.start the first point chosen.
 * @returns [min(count, N)] indices in the order chosen. Where only copies of chosen points are left, these follow by index.
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function farthestPoints(points: Float32Array, dimension: number, count: number, { start = 0 } = {}): Int32Array {
  const total = checkPoints(points, dimension);
  const chosen = new Int32Array(Math.min(count, total));
  if (dimension <= MOST_TREE_DIMENSIONS && chosen.length * total >= LEAST_TREE_COMPARISONS) {
    return farthestPointsByTree(points, dimension, chosen.length, Math.min(start, total - 1));
  }
  // To the nearest chosen point; −1 for chosen ones.
  const distances = new Float64Array(total).fill(Infinity);
  let next = Math.min(start, total - 1);
  for (let i = 0; i < chosen.length; i++) {
    chosen[i] = next;
    distances[next] = -1;
    const origin = next * dimension;
    let farthest = -1;
    for (let point = 0; point < total; point++) {
      if (distances[point] < 0) continue;
      let squared = 0;
      for (let d = 0, at = point * dimension; d < dimension; d++, at++) {
        const difference = points[at] - points[origin + d];
        squared += difference * difference;
      }
      if (squared < distances[point]) distances[point] = squared;
      if (farthest < 0 || distances[point] > distances[farthest]) farthest = point;
    }
    next = farthest;
  }
  return chosen;
}
