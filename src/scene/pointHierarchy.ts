import { SceneError } from './errors';
import { farthestPoints } from './farthestPoints';
import { gridCells } from './gridCells';
import { checkPoints } from './kdTree';
import { nearestNeighbors } from './nearestNeighbors';
import { transposeNeighborhood, type Neighborhood } from './neighborhood';
import { placeOrder, pointsInOrder, renameColumns, renameRows } from './placeOrder';
import { interpolate, search, type NeighborSearch } from './pointSearch';
import { poissonDiskSample } from './poissonDisk';
import { createRandom } from './random';
import { stackRows, type Row } from './stackRows';

export type { NeighborSearch } from './pointSearch';

/**
 * How the points of a level are chosen from those of the one below: so many, each as far as possible from the others; no two within a radius of each other;
 * or the means of a grid's cells.
 */
export type PointSampling =
  | { readonly method: 'farthest'; readonly count: number }
  | { readonly method: 'poisson'; readonly radius: number }
  | { readonly method: 'grid'; readonly cellSize: number };

/** What is wanted of a level. */
export interface PointLevelPlan {
  readonly sampling: PointSampling;
  /** Whom of the level below the points of this one see. */
  readonly groups?: readonly NeighborSearch[];
  /** Whom they see of their own level, themselves among them. */
  readonly within?: readonly NeighborSearch[];
  /** Whether each point of the level below is given to a point of this one: its grid cell's, or the nearest. */
  readonly cells?: boolean;
  /** How features come back to the level below: from the k nearest, weighted by 1 / distance^power, 2 by default. */
  readonly interpolation?: { readonly k: number; readonly power?: number };
}

/** B clouds of points, as plain arrays. */
export interface CloudBatch {
  readonly batch: number;
  /** N, padding included. */
  readonly count: number;
  /** [B, N, 3] */
  readonly positions: Float32Array;
  /** [B]: how many of the N points count; all by default. */
  readonly sizes?: Int32Array;
}

/** One level: B clouds of M points. */
export interface PointLevel extends CloudBatch {
  readonly sizes: Int32Array;
  /** [B, M]: which point of the level below each one is, −1 for padding; absent in the lowest level and where points are means. */
  readonly indices?: Int32Array;
  /** [B, M, M'], one for each search; M' is the level below. Weights are 1 / (number of neighbours). */
  readonly groups: readonly Neighborhood[];
  /** [B, M, M] */
  readonly within: readonly Neighborhood[];
  /** [B, M, M']: the points below that belong to each of these, with weights 1 / (their number). */
  readonly cells?: Neighborhood;
  /** [B, M', M], each row's weights adding up to 1. */
  readonly interpolation?: Neighborhood;
}

/** Finest first: level 0 is the clouds themselves. */
export type PointHierarchy = readonly PointLevel[];

export interface PointHierarchyOptions {
  /** Whom the points of level 0 see. */
  readonly within?: readonly NeighborSearch[];
  /** Of the point that farthest-point sampling begins with and of the order in which Poisson sampling tries them. Without one it begins with the point
   * farthest from the centre. */
  readonly seed?: number;
}

/**
 * The clouds of a batch without their padding, each [size, 3].
 * @throws SceneError 'malformed', 'not-finite'.
 */
function cloudsOf({ batch, count, positions, sizes }: CloudBatch): Float32Array[] {
  if (positions.length !== batch * count * 3) throw new SceneError(`${batch} clouds of ${count} points have ${batch * count * 3} coordinates, not ${positions.length}`, { code: 'malformed' });
  return Array.from({ length: batch }, (_, b) => {
    const size = sizes ? sizes[b] : count;
    if (!(size >= 0 && size <= count)) throw new SceneError(`sizes must lie between 0 and ${count}, but element ${b} is ${size}`, { code: 'malformed' });
    const cloud = positions.subarray(3 * b * count, 3 * (b * count + size));
    checkPoints(cloud, 3);
    return cloud;
  });
}

function farthestFromCentre(cloud: Float32Array): number {
  const centre = [0, 0, 0];
  cloud.forEach((x, i) => { centre[i % 3] += 3 * x / cloud.length; });
  let [best, most] = [0, -1];
  for (let i = 0; 3 * i < cloud.length; i++) {
    const squared = (cloud[3 * i] - centre[0]) ** 2 + (cloud[3 * i + 1] - centre[1]) ** 2 + (cloud[3 * i + 2] - centre[2]) ** 2;
    if (squared > most) [best, most] = [i, squared];
  }
  return best;
}

interface Sampled { readonly points: Float32Array; readonly indices?: Int32Array; /** Cells by means alone. */ readonly cells?: Int32Array }

function sample(cloud: Float32Array, sampling: PointSampling, seed?: number): Sampled {
  if (sampling.method === 'grid') {
    if (cloud.length === 0) return { points: cloud, cells: new Int32Array(0) };
    const { means, cells } = gridCells(cloud, 3, sampling.cellSize);
    return { points: means, cells };
  }
  const start = () => (seed === undefined ? farthestFromCentre(cloud) : createRandom(seed).integer(cloud.length / 3));
  const indices = sampling.method === 'farthest'
    ? farthestPoints(cloud, 3, sampling.count, { start: cloud.length > 0 ? start() : 0 })
    : poissonDiskSample(cloud, 3, sampling.radius, { seed });
  const points = new Float32Array(3 * indices.length);
  indices.forEach((from, to) => points.set(cloud.subarray(3 * from, 3 * from + 3), 3 * to));
  return { points, indices };
}

function cellsOf(coarse: readonly Sampled[], fine: readonly Float32Array[], size: { readonly rowCount: number; readonly columnCount: number }): Neighborhood {
  // Each fine point's one coarse point; turned around.
  const parents = fine.map((cloud, b): Row => {
    const columns = coarse[b].cells ?? nearestNeighbors(coarse[b].points, 3, 1, { queries: cloud }).indices;
    return { offsets: Int32Array.from({ length: columns.length + 1 }, (_, row) => row), columns };
  });
  const cells = transposeNeighborhood(stackRows(parents, { rowCount: size.columnCount, columnCount: size.rowCount }));
  const { offsets, weights } = cells;
  for (let row = 0; row + 1 < offsets.length; row++) weights.fill(1 / (offsets[row + 1] - offsets[row]), offsets[row], offsets[row + 1]);
  return cells;
}

/**
 * Coarser and coarser clouds, each chosen from the one before, with the neighbourhoods within and between them: what networks that pool points need.
 * Nothing compares every point with every other but farthest-point sampling with those it has chosen. All levels above the clouds themselves are the same
 * in whatever order the points come: of equally far ones the first by its place is taken.
 * @param clouds B clouds of N points.
 * @param plan what is wanted of each level above the clouds themselves.
 * @param options.within whom the points of level 0 see.
 * @param options.seed of what is drawn at random.
 * @returns the clouds, then a level for each plan. Levels are padded to the most points that a cloud has there; farthest-point levels to their count.
 * @throws SceneError 'malformed', 'not-finite'.
 * @example
 * ```ts
 * const positions = Float32Array.from([0, 0, 0, 1, 0, 0, 5, 0, 0, 6, 0, 0]);
 * const plan = [{ sampling: { method: 'farthest', count: 2 }, groups: [{ k: 8, radius: 1 }], cells: true }] as const;
 * const [, coarse] = geometry.pointHierarchy.buildPointHierarchy({ batch: 1, count: 4, positions }, plan);
 * coarse.indices; // → [0, 3]
 * coarse.groups[0].columns; // → [0, 1, 3, 2]
 * coarse.cells?.columns; // → [0, 1, 2, 3]
 * ```
 */
export function buildPointHierarchy(clouds: CloudBatch, plan: readonly PointLevelPlan[], options: PointHierarchyOptions = {}): PointHierarchy {
  const own = cloudsOf(clouds);
  const orders = own.map(placeOrder);
  const [lowest, next, ...others] = buildLevels(clouds, own.map((cloud, b) => pointsInOrder(cloud, orders[b])), plan, options);
  const { batch, count } = clouds;
  // What each point of the lowest level is called by the caller; padding keeps its name.
  const names = Int32Array.from({ length: batch * count }, (_, i) => i);
  orders.forEach((order, b) => order.forEach((from, to) => { names[b * count + to] = b * count + from; }));
  const first = { ...lowest, within: lowest.within.map((seen) => renameRows(renameColumns(seen, names), names)) };
  return next ? [first, aboveNamed(next, orders, names), ...others] : [first];
}

/** The level above one whose points get other names. */
function aboveNamed(level: PointLevel, orders: readonly Int32Array[], names: Int32Array): PointLevel {
  const { count, indices, groups, cells, interpolation } = level;
  return {
    ...level, indices: indices?.map((index, i) => (index < 0 ? -1 : orders[Math.floor(i / count)][index])),
    groups: groups.map((group) => renameColumns(group, names)), cells: cells && renameColumns(cells, names),
    interpolation: interpolation && renameRows(interpolation, names),
  };
}

/** @param lowest the points of each cloud, by whose order equally far ones are told apart. */
function buildLevels(clouds: CloudBatch, lowest: readonly Float32Array[], plan: readonly PointLevelPlan[], { within = [], seed }: PointHierarchyOptions): PointHierarchy {
  let fine = lowest;
  const size = { rowCount: clouds.count, columnCount: clouds.count };
  const levels: PointLevel[] = [{
    ...clouds, sizes: Int32Array.from(fine, (cloud) => cloud.length / 3), groups: [],
    within: within.map((wanted) => stackRows(fine.map((cloud) => search(cloud, cloud, wanted)), size)),
  }];
  for (const { sampling, groups = [], within: own = [], cells = false, interpolation } of plan) {
    const below = fine;
    // Each cloud and level draws for itself.
    const chosen = below.map((cloud, b) => sample(cloud, sampling, seed === undefined ? undefined : (seed + 7919 * b + 104729 * levels.length) >>> 0));
    const coarse = chosen.map(({ points }) => points);
    const columnCount = levels[levels.length - 1].count;
    const rowCount = sampling.method === 'farthest' ? Math.min(sampling.count, columnCount) : Math.max(0, ...coarse.map((cloud) => cloud.length / 3));
    const positions = new Float32Array(3 * clouds.batch * rowCount);
    coarse.forEach((cloud, b) => positions.set(cloud, 3 * b * rowCount));
    const indices = new Int32Array(clouds.batch * rowCount).fill(-1);
    chosen.forEach((one, b) => { if (one.indices) indices.set(one.indices, b * rowCount); });
    levels.push({
      batch: clouds.batch, count: rowCount, positions, sizes: Int32Array.from(coarse, (cloud) => cloud.length / 3),
      indices: sampling.method === 'grid' ? undefined : indices,
      groups: groups.map((wanted) => stackRows(coarse.map((cloud, b) => search(below[b], cloud, wanted)), { rowCount, columnCount })),
      within: own.map((wanted) => stackRows(coarse.map((cloud) => search(cloud, cloud, wanted)), { rowCount, columnCount: rowCount })),
      cells: cells ? cellsOf(chosen, below, { rowCount, columnCount }) : undefined,
      interpolation: interpolation && stackRows(coarse.map((cloud, b) => interpolate(cloud, below[b], interpolation)), { rowCount: columnCount, columnCount: rowCount }),
    });
    fine = coarse;
  }
  return levels;
}
