import type { Neighborhood } from '../../../scene/neighborhood';
import { pointDensity } from '../../../scene/pointDensity';
import { buildPointHierarchy, type CloudBatch, type NeighborSearch, type PointHierarchy, type PointLevel } from '../../../scene/pointHierarchy';
import { createNeighborhood, disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution/sparseNeighborhood';
import { createPointRows, disposePointRows, type PointRows } from '../../geometry/pointHierarchy';
import * as tf from '../../tf';

/** Who sees whom, on the device and as plain arrays. */
export interface KernelPairs { readonly map: SparseNeighborhood; readonly plain: Neighborhood }

/** A level of clouds for convolutions by kernels: B clouds of M points. */
export interface KernelLevel {
  /** [B, M, 3] */
  readonly positions: tf.Tensor3D;
  readonly rows: PointRows;
  /** [B, M]: points per unit of volume, where that is wanted. */
  readonly density?: tf.Tensor2D;
  /** Whom its points see of the level below, and of their own. */
  readonly group?: KernelPairs;
  readonly within?: KernelPairs;
  /** How features come back to the level below. */
  readonly interpolation?: KernelPairs;
}

/** How many points a level has, at most this share of those of the one below, and whom they see; radii in units of the first. */
interface LevelPlan { readonly count: number; readonly share: number; readonly group: Required<NeighborSearch>; readonly within: Required<NeighborSearch> }

/**
 * Clouds within the unit sphere, of a surface of about 3: 256 points then lie 0.1 apart, 64 lie 0.2 apart, and balls hold 20 to 30 of them. At most so many
 * neighbours, the nearest: with all, memory would follow the densest place. Of clouds of fewer than 512 points levels are smaller.
 */
export const KERNEL_LEVELS: readonly LevelPlan[] = [
  { count: 256, share: 1 / 2, group: { radius: 1, k: 32 }, within: { radius: 1.5, k: 24 } },
  { count: 64, share: 1 / 4, group: { radius: 2.25, k: 32 }, within: { radius: 3, k: 24 } },
];

/** Of the points of the clouds among themselves, where that is wanted. */
export const FIRST_SEARCH: Required<NeighborSearch> = { radius: 1, k: 16 };

/** Of the convolution from the last level to one point for each cloud, in units of the first radius; it sees all points of the level. */
export const GLOBAL_RADIUS = 6;

/** Of the density estimates, as a share of each level's radius: a little more than the distance between neighbours. */
const BANDWIDTH = 0.5;

/** Sources of each interpolated feature, as in PointNet++. */
const INTERPOLATED_FROM = 3;

function densityOf({ batch, count, positions, sizes }: PointLevel, radius: number): tf.Tensor2D {
  const density = new Float32Array(batch * count);
  for (let b = 0; b < batch; b++) density.set(pointDensity(positions.subarray(3 * b * count, 3 * (b * count + sizes[b])), 3, BANDWIDTH * radius), b * count);
  return tf.keep(tf.tensor2d(density, [batch, count]));
}

const padded = (plain: Neighborhood | undefined, k: number): KernelPairs | undefined =>
  plain && { plain, map: createNeighborhood(plain, { entryCount: (plain.offsets.length - 1) * k }) };

function uploadLevel(source: PointLevel, radius: number | null, searches: Partial<Pick<LevelPlan, 'group' | 'within'>>): KernelLevel {
  const { batch, count, positions, sizes, groups, within, interpolation } = source;
  return {
    positions: tf.keep(tf.tensor3d(positions, [batch, count, 3])),
    rows: createPointRows(batch, count, sizes),
    density: radius === null ? undefined : densityOf(source, radius),
    group: padded(groups.at(0), searches.group?.k ?? 0),
    within: padded(within.at(0), searches.within?.k ?? 0),
    interpolation: padded(interpolation, INTERPOLATED_FROM),
  };
}

/** One point for each cloud, at the mean of its last level's points, all of which it sees. */
function globalLevel({ batch, count, positions, sizes }: PointLevel): PointLevel {
  const means = new Float32Array(3 * batch);
  const offsets = new Int32Array(batch + 1);
  const columns: number[] = [];
  for (let b = 0; b < batch; b++) {
    for (let i = b * count; i < b * count + sizes[b]; i++) {
      columns.push(i);
      for (let d = 0; d < 3; d++) means[3 * b + d] += positions[3 * i + d] / sizes[b];
    }
    offsets[b + 1] = columns.length;
  }
  const size = { batch: [batch], rowCount: 1, columnCount: count };
  const group = { ...size, offsets, columns: Int32Array.from(columns), weights: Float32Array.from(columns, (i) => 1 / sizes[Math.floor(i / count)]) };
  return { batch, count: 1, positions: means, sizes: sizes.map((n) => Math.min(n, 1)), groups: [group], within: [] };
}

export interface KernelLevelOptions {
  /** Of the first search, in the points' unit: 0.2 for clouds within the unit sphere. */
  readonly radius: number;
  /** Whether the clouds' own points see each other. */
  readonly first: boolean;
  /** Whether densities are estimated. */
  readonly densities: boolean;
  /** Of the points that sampling begins with; without one the farthest from the centre. */
  readonly seed?: number;
}

/**
 * Samples, neighbourhoods and densities of clouds at three levels (the clouds, 256 and 64 points, each as far as possible from the others) and of one
 * point for all, found on the processor and uploaded. The same number of points has the same number of entries. To be disposed with {@link disposeKernelLevels}.
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function createKernelLevels(clouds: CloudBatch, { radius, first, densities, seed }: KernelLevelOptions): readonly KernelLevel[] {
  const scaled = ({ radius: units, k }: Required<NeighborSearch>): NeighborSearch => ({ radius: units * radius, k });
  let below = clouds.count;
  const hierarchy: PointHierarchy = buildPointHierarchy(clouds, KERNEL_LEVELS.map(({ count, share, group, within }) => ({
    sampling: { method: 'farthest', count: below = Math.min(count, Math.ceil(below * share)) }, groups: [scaled(group)], within: [scaled(within)], interpolation: { k: INTERPOLATED_FROM },
  })), { seed, within: first ? [scaled(FIRST_SEARCH)] : [] });
  const last = globalLevel(hierarchy[hierarchy.length - 1]);
  const reach = (units: number) => (densities ? units * radius : null);
  const everything = { radius: GLOBAL_RADIUS, k: last.groups[0].columnCount };
  return [
    uploadLevel(hierarchy[0], reach(1), { within: FIRST_SEARCH }),
    ...KERNEL_LEVELS.map((plan, i) => uploadLevel(hierarchy[i + 1], reach(plan.within.radius), plan)),
    uploadLevel(last, null, { group: everything }),
  ];
}

/** Frees the tensors of {@link createKernelLevels}. */
export function disposeKernelLevels(levels: readonly KernelLevel[]): void {
  for (const { positions, rows, density, group, within, interpolation } of levels) {
    tf.dispose(density ? [positions, density] : [positions]);
    disposePointRows(rows);
    for (const pairs of [group, within, interpolation]) if (pairs) disposeNeighborhood(pairs.map);
  }
}

/** Runs `f` on a level of one cloud of one point that sees itself: the least there is, for layers to have their weights. */
export function withOnePoint<T>(f: (level: KernelLevel, pairs: KernelPairs) => T): T {
  const levels = createKernelLevels({ batch: 1, count: 1, positions: new Float32Array(3) }, { radius: 1, first: true, densities: true });
  try {
    return f(levels[0], levels[0].within!);
  } finally {
    disposeKernelLevels(levels);
  }
}
