import { buildBallGrid, createGridSearch } from './gridSearch';
import { createNearestList, createKdSearch, insertNearest, squaredRadius, type KdSearch, type NearestList } from './kdSearch';
import { buildKdTree, checkPoints } from './kdTree';

/** Up to k neighbours of each of M queries, nearest first, equal distances by index. */
export interface NeighborTable {
  readonly k: number;
  /** [M, k]; −1 where there are fewer than k. */
  readonly indices: Int32Array;
  /** [M, k]; Infinity there. */
  readonly squaredDistances: Float32Array;
}

export interface NearestOptions {
  /** [M, D]; by default every point looks for its neighbours. */
  readonly queries?: Float32Array;
  /** No neighbour is further away; inclusive. */
  readonly radius?: number;
  /** Without queries: no point is its own neighbour. Points at the same place are neighbours still. */
  readonly excludeSelf?: boolean;
  /** Searches a k-d tree or, within a radius, a grid, or compares everything with everything; by default what is faster for the dimension and the radius. */
  readonly method?: 'tree' | 'grid' | 'blocks';
}

/**
 * Up to this dimension the tree is searched. In more, most of its boxes are near every query (a query visits about 2^D of them), and comparing
 * with everything, a few queries at a time, is faster: for 4096 normal points and k = 16 the tree wins in 8 dimensions and loses in 10.
 */
const MOST_TREE_DIMENSIONS = 9;

/** A grid has three axes at most, and says little about distances in more dimensions. */
const MOST_GRID_DIMENSIONS = 3;

/** Points sorted for searches, and the order in which those that look for each other should: what one query read is still in the cache for the next. */
interface Sorted { readonly search: KdSearch; readonly points: Int32Array }

function sortByTree(points: Float32Array, dimension: number): Sorted {
  const tree = buildKdTree(points, dimension);
  return { search: createKdSearch(tree), points: tree.points };
}

/**
 * The grid or, where an outlier would make its cells much wider than the radius, the tree: it alone is not slowed down by how unevenly points lie. In balls of
 * 16 of 4,096 points in a cube the grid takes half the tree's time.
 */
function sortForBalls(points: Float32Array, dimension: number, radius: number): Sorted {
  if (dimension > MOST_GRID_DIMENSIONS) return sortByTree(points, dimension);
  const grid = buildBallGrid(points, dimension, radius);
  return grid.cellSize > 2 * radius && radius > 0 ? sortByTree(points, dimension) : { search: createGridSearch(grid), points: grid.points };
}

/**
 * The k nearest points of each query. O(N log N + M k log N) by a k-d tree in few dimensions, O(N + candidates) by a grid within a radius in up to three, O(N M) in many
 * dimensions; memory O(N + M k) in all.
 * @param points [N, D]
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function nearestNeighbors(points: Float32Array, dimension: number, k: number, options: NearestOptions = {}): NeighborTable {
  const { queries = points, radius = Infinity, excludeSelf = false } = options;
  const count = checkPoints(points, dimension);
  const queryCount = queries === points ? count : checkPoints(queries, dimension);
  const table = { k, indices: new Int32Array(queryCount * k).fill(-1), squaredDistances: new Float32Array(queryCount * k).fill(Infinity) };
  const skipsSelf = excludeSelf && queries === points;
  const few = radius < Infinity && dimension <= MOST_GRID_DIMENSIONS ? 'grid' : 'tree';
  const method = options.method ?? (dimension <= MOST_TREE_DIMENSIONS ? few : 'blocks');
  const limit = squaredRadius(radius);
  if (method === 'blocks') searchBlocks(points, dimension, queries, skipsSelf, limit, table);
  else searchSorted(method === 'grid' ? sortForBalls(points, dimension, radius) : sortByTree(points, dimension), points, dimension, queries, skipsSelf, limit, table);
  return table;
}

function write({ k, indices, squaredDistances }: NeighborTable, query: number, list: NearestList): void {
  for (let i = 0; i < list.count; i++) {
    indices[query * k + i] = list.indices[i];
    squaredDistances[query * k + i] = list.distances[i];
  }
}

function searchSorted(
  { search, points: order }: Sorted, points: Float32Array, dimension: number, queries: Float32Array, skipsSelf: boolean, limit: number, table: NeighborTable,
): void {
  const list = createNearestList(table.k);
  const queryCount = queries.length / dimension;
  for (let i = 0; i < queryCount; i++) {
    const query = queries === points ? order[i] : i;
    search.nearest(list, queries, query * dimension, limit, skipsSelf ? query : -1);
    write(table, query, list);
  }
}

/** Queries compared at a time: each coordinate of a point that is loaded serves them all. */
const BLOCK = 4;

function searchBlocks(points: Float32Array, dimension: number, queries: Float32Array, skipsSelf: boolean, limit: number, table: NeighborTable): void {
  const count = points.length / dimension;
  const queryCount = queries.length / dimension;
  const lists = Array.from({ length: BLOCK }, () => createNearestList(table.k));
  // Transposed and padded with zeros: coordinate d of the block's queries lies in block[4d … 4d + 3].
  const block = new Float64Array(BLOCK * dimension);
  const offer = (list: NearestList, distance: number, point: number) => {
    if (distance > limit || list.capacity === 0) return;
    // Points come in order, so of equal distances those already there have the lower index.
    if (list.count < list.capacity || distance < list.distances[list.capacity - 1]) insertNearest(list, distance, point);
  };
  for (let first = 0; first < queryCount; first += BLOCK) {
    const here = Math.min(BLOCK, queryCount - first);
    for (let q = 0; q < here; q++) {
      lists[q].count = 0;
      for (let d = 0; d < dimension; d++) block[BLOCK * d + q] = queries[(first + q) * dimension + d];
    }
    for (let point = 0; point < count; point++) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let d = 0, at = point * dimension, b = 0; d < dimension; d++, at++, b += BLOCK) {
        const x = points[at];
        const [d0, d1, d2, d3] = [block[b] - x, block[b + 1] - x, block[b + 2] - x, block[b + 3] - x];
        s0 += d0 * d0;
        s1 += d1 * d1;
        s2 += d2 * d2;
        s3 += d3 * d3;
      }
      const self = skipsSelf ? point - first : -1;
      if (self !== 0) offer(lists[0], s0, point);
      if (here > 1 && self !== 1) offer(lists[1], s1, point);
      if (here > 2 && self !== 2) offer(lists[2], s2, point);
      if (here > 3 && self !== 3) offer(lists[3], s3, point);
    }
    for (let q = 0; q < here; q++) write(table, first + q, lists[q]);
  }
}

/** All neighbours within a radius, as compressed rows: those of query m are number offsets[m] … offsets[m + 1] − 1, in ascending order. */
export interface RadiusPairs {
  /** [M + 1] */ readonly offsets: Int32Array;
  /** [E] */ readonly indices: Int32Array;
  /** [E] */ readonly squaredDistances: Float32Array;
}

/**
 * Every pair of a query and a point at most `radius` apart; a point is its own neighbour. O(N + E) by a grid in up to three dimensions, O(N log N + E) by a k-d tree in more.
 * @param points [N, D] @param options.queries [M, D]; the points by default.
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function radiusPairs(points: Float32Array, dimension: number, radius: number, { queries = points }: Pick<NearestOptions, 'queries'> = {}): RadiusPairs {
  const limit = squaredRadius(radius);
  const { search } = sortForBalls(points, dimension, radius);
  const queryCount = queries === points ? points.length / dimension : checkPoints(queries, dimension);
  const offsets = new Int32Array(queryCount + 1);
  let [indices, squaredDistances] = [new Int32Array(8 * queryCount), new Float32Array(8 * queryCount)];
  let count = 0;
  let row: { point: number; squared: number }[] = [];
  for (let query = 0; query < queryCount; query++) {
    row = [];
    search.within(queries, query * dimension, limit, (point, squared) => row.push({ point, squared }));
    row.sort((a, b) => a.point - b.point);
    if (count + row.length > indices.length) [indices, squaredDistances] = grow(indices, squaredDistances, 2 * (count + row.length));
    for (const { point, squared } of row) {
      indices[count] = point;
      squaredDistances[count++] = squared;
    }
    offsets[query + 1] = count;
  }
  return { offsets, indices: indices.slice(0, count), squaredDistances: squaredDistances.slice(0, count) };
}

function grow(indices: Int32Array, squaredDistances: Float32Array, length: number): [Int32Array<ArrayBuffer>, Float32Array<ArrayBuffer>] {
  const larger: [Int32Array<ArrayBuffer>, Float32Array<ArrayBuffer>] = [new Int32Array(length), new Float32Array(length)];
  larger[0].set(indices);
  larger[1].set(squaredDistances);
  return larger;
}
