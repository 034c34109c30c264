import { buildKdTree, type KdTree } from './kdTree';

/** A k-d tree whose nodes know the box around their points, and which of these is farthest from all that were chosen. */
interface FarthestTree {
  readonly tree: KdTree;
  readonly leaves: number;
  /** [2 · leaves, D] */
  readonly low: Float32Array;
  readonly high: Float32Array;
  /** [N], squared, to the nearest chosen point, in the tree's order; −1 for chosen ones. */
  readonly distances: Float64Array;
  /** [2 · leaves]: of a node's points the farthest, the first of equal ones, and how far it is. */
  readonly farthest: Int32Array;
  readonly distance: Float64Array;
}

function createFarthestTree(points: Float32Array, dimension: number): FarthestTree {
  const tree = buildKdTree(points, dimension);
  const leaves = tree.leafStarts.length - 1;
  const low = new Float32Array(2 * leaves * dimension).fill(Infinity);
  const high = new Float32Array(2 * leaves * dimension).fill(-Infinity);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const box = (leaves + leaf) * dimension;
    for (let i = tree.leafStarts[leaf]; i < tree.leafStarts[leaf + 1]; i++) {
      for (let d = 0; d < dimension; d++) {
        const x = tree.coordinates[i * dimension + d];
        low[box + d] = Math.min(low[box + d], x);
        high[box + d] = Math.max(high[box + d], x);
      }
    }
  }
  for (let node = leaves - 1; node > 0; node--) {
    for (let d = 0; d < dimension; d++) {
      const [at, left] = [node * dimension + d, 2 * node * dimension + d];
      low[at] = Math.min(low[left], low[left + dimension]);
      high[at] = Math.max(high[left], high[left + dimension]);
    }
  }
  return {
    tree, leaves, low, high, distances: new Float64Array(tree.count).fill(Infinity),
    farthest: new Int32Array(2 * leaves).fill(-1), distance: new Float64Array(2 * leaves).fill(Infinity),
  };
}

function summarizeLeaf({ tree: { points, leafStarts }, leaves, distances, farthest, distance }: FarthestTree, node: number): void {
  let [best, most] = [-1, -Infinity];
  for (let i = leafStarts[node - leaves]; i < leafStarts[node - leaves + 1]; i++) {
    if (distances[i] > most || (distances[i] === most && points[i] < best)) [best, most] = [points[i], distances[i]];
  }
  farthest[node] = best;
  distance[node] = most;
}

function summarizeNode({ farthest, distance }: FarthestTree, node: number): void {
  const [left, right] = [2 * node, 2 * node + 1];
  const takesLeft = distance[left] > distance[right] || (distance[left] === distance[right] && farthest[left] < farthest[right]);
  const taken = takesLeft ? left : right;
  farthest[node] = farthest[taken];
  distance[node] = distance[taken];
}

/** Takes a new point's distances into account, in those nodes alone where it can be nearer than what was chosen before. */
function approach(all: FarthestTree, node: number, point: Float32Array): void {
  const { tree, leaves, low, high, distance, distances } = all;
  const { dimension, coordinates, leafStarts } = tree;
  let gap = 0;
  for (let d = 0; d < dimension; d++) {
    const at = node * dimension + d;
    const outside = Math.max(low[at] - point[d], point[d] - high[at], 0);
    gap += outside * outside;
  }
  if (gap >= distance[node]) return;
  if (node < leaves) {
    approach(all, 2 * node, point);
    approach(all, 2 * node + 1, point);
    summarizeNode(all, node);
    return;
  }
  for (let i = leafStarts[node - leaves]; i < leafStarts[node - leaves + 1]; i++) {
    let squared = 0;
    for (let d = 0, at = i * dimension; d < dimension; d++, at++) {
      const difference = coordinates[at] - point[d];
      squared += difference * difference;
    }
    if (squared < distances[i]) distances[i] = squared;
  }
  summarizeLeaf(all, node);
}

/** Chosen points are no longer far from anything. */
function choose(all: FarthestTree, place: number, leaf: number): void {
  all.distances[place] = -1;
  let node = all.leaves + leaf;
  summarizeLeaf(all, node);
  for (node >>= 1; node > 0; node >>= 1) summarizeNode(all, node);
}

/**
 * What {@link farthestPoints} chooses, the same points in the same order, by a k-d tree: a new point is compared with those parts of the tree alone that reach
 * nearer to it than their farthest point is to those chosen before. About O((N + count) log N) in few dimensions. Han et al., "QuickFPS", IEEE TCAD 2023.
 * @param points [N, D] @param count at most N. @param start the first point chosen.
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function farthestPointsByTree(points: Float32Array, dimension: number, count: number, start: number): Int32Array {
  const all = createFarthestTree(points, dimension);
  const { tree, farthest, leaves } = all;
  const places = new Int32Array(tree.count);
  const leafOf = new Int32Array(tree.count);
  tree.points.forEach((point, place) => { places[point] = place; });
  for (let leaf = 0; leaf < leaves; leaf++) leafOf.fill(leaf, tree.leafStarts[leaf], tree.leafStarts[leaf + 1]);
  const chosen = new Int32Array(count);
  let next = start;
  for (let i = 0; i < count; i++) {
    chosen[i] = next;
    choose(all, places[next], leafOf[places[next]]);
    approach(all, 1, points.subarray(next * dimension, (next + 1) * dimension));
    next = farthest[1];
  }
  return chosen;
}
