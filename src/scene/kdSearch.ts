import { SceneError } from './errors';
import type { KdTree } from './kdTree';

/**
 * A search's up to k results, nearest first, equal distances by index. Squared distances are sums of squares of differences in float64, axis by axis,
 * so that two ways of finding neighbours agree to the bit.
 */
export interface NearestList {
  readonly capacity: number;
  count: number;
  readonly distances: Float64Array;
  readonly indices: Int32Array;
}

export const createNearestList = (capacity: number): NearestList =>
  ({ capacity, count: 0, distances: new Float64Array(capacity), indices: new Int32Array(capacity) });

/** Puts a point in its place, dropping the last if the list is full. The caller has seen that it belongs. */
export function insertNearest(list: NearestList, distance: number, index: number): void {
  const { distances, indices, capacity } = list;
  let place = list.count < capacity ? list.count++ : capacity - 1;
  while (place > 0 && (distances[place - 1] > distance || (distances[place - 1] === distance && indices[place - 1] > index))) {
    distances[place] = distances[place - 1];
    indices[place] = indices[place - 1];
    place--;
  }
  distances[place] = distance;
  indices[place] = index;
}

/**
 * The distance to a box is summed step by step and so rounded; it is taken as this much smaller (relative), lest a point exactly as far as the
 * farthest found so far, but with a lower index, be overlooked.
 */
const BOX_SLACK = 1e-12;

/** A radius as the searches take it. @throws SceneError 'malformed' for a negative one, whose square would count, and for NaN. */
export function squaredRadius(radius: number): number {
  if (!(radius >= 0)) throw new SceneError(`a radius of ${radius} reaches nothing`, { code: 'malformed' });
  return radius * radius;
}

/** Looks points up in one tree again and again, without allocating. */
export interface KdSearch {
  /** Replaces the list's content by the nearest points within `limit` (squared, inclusive) of the query's D coordinates at `queries[at]`. `skip`: a point left out, −1 for none. */
  nearest(list: NearestList, queries: Float32Array, at: number, limit: number, skip: number): void;
  /** Calls `visit` for every point within `limit` (squared, inclusive), in the tree's order. */
  within(queries: Float32Array, at: number, limit: number, visit: (point: number, squaredDistance: number) => void): void;
}

/**
 * Descends to the query's leaf first and visits other boxes only while they can hold something nearer, keeping the distance to the box up to date
 * one axis at a time (Arya and Mount, "Algorithms for fast vector quantization", DCC 1993).
 */
export function createKdSearch(tree: KdTree): KdSearch {
  const { dimension, coordinates, points, leafStarts, axes, leftEnds, rightStarts, low, high } = tree;
  const leafBase = leafStarts.length - 1;
  const query = new Float64Array(dimension);
  /** How far the query lies outside the box at hand on each axis. */
  const outside = new Float64Array(dimension);
  let list: NearestList = createNearestList(1);
  let [limit, skip] = [Infinity, -1];
  let visitPoint: ((point: number, squaredDistance: number) => void) | undefined;

  const squaredDistanceTo = (place: number): number => {
    let sum = 0;
    for (let d = 0, at = place * dimension; d < dimension; d++, at++) {
      const difference = query[d] - coordinates[at];
      sum += difference * difference;
    }
    return sum;
  };

  const offer = (point: number, squared: number): void => {
    if (squared > limit || point === skip) return;
    if (visitPoint) return visitPoint(point, squared);
    if (list.count === list.capacity && squared === limit && point > list.indices[list.capacity - 1]) return;
    insertNearest(list, squared, point);
    if (list.count === list.capacity) limit = list.distances[list.capacity - 1];
  };

  const scanLeaf = (start: number, end: number): void => {
    for (let place = start; place < end; place++) offer(points[place], squaredDistanceTo(place));
  };

  /** The common case, unrolled: it halves the time of a search. */
  const scanLeaf3 = (start: number, end: number): void => {
    const [qx, qy, qz] = query;
    for (let place = start, at = 3 * start; place < end; place++, at += 3) {
      const [dx, dy, dz] = [qx - coordinates[at], qy - coordinates[at + 1], qz - coordinates[at + 2]];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared <= limit) offer(points[place], squared);
    }
  };
  const scan = dimension === 3 ? scanLeaf3 : scanLeaf;

  const visit = (node: number, boxDistance: number): void => {
    if (node >= leafBase) return scan(leafStarts[node - leafBase], leafStarts[node - leafBase + 1]);
    const axis = axes[node];
    const [toLeft, toRight] = [query[axis] - leftEnds[node], rightStarts[node] - query[axis]];
    const rightFirst = toRight < toLeft;
    visit(2 * node + (rightFirst ? 1 : 0), boxDistance);
    const before = outside[axis];
    const after = Math.max(before, rightFirst ? toLeft : toRight);
    const farDistance = boxDistance - before * before + after * after;
    if (farDistance * (1 - BOX_SLACK) > limit) return;
    outside[axis] = after;
    visit(2 * node + (rightFirst ? 0 : 1), farDistance);
    outside[axis] = before;
  };

  const start = (queries: Float32Array, at: number): void => {
    if (tree.count === 0) return;
    let boxDistance = 0;
    for (let d = 0; d < dimension; d++) {
      const x = queries[at + d];
      query[d] = x;
      outside[d] = Math.max(0, low[d] - x, x - high[d]);
      boxDistance += outside[d] * outside[d];
    }
    if (boxDistance * (1 - BOX_SLACK) <= limit) visit(1, boxDistance);
  };

  return {
    nearest: (into, queries, at, within, without) => {
      into.count = 0;
      [list, limit, skip, visitPoint] = [into, within, without, undefined];
      if (into.capacity > 0) start(queries, at);
    },
    within: (queries, at, within, visitor) => {
      [limit, skip, visitPoint] = [within, -1, visitor];
      start(queries, at);
    },
  };
}
