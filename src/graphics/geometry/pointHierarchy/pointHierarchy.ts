import type { Neighborhood } from '../../../scene/neighborhood';
import type { PointHierarchy, PointLevel } from '../../../scene/pointHierarchy';
import { roundedSize } from '../../../scene/roundedSize';
import { createSegmentTable, disposeSegmentTable, gatherRows, type SegmentTable } from '../../kernels';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { pool } from '../convolution/graphPooling';
import { createNeighborhood, disposeNeighborhood, type SparseNeighborhood } from '../convolution/sparseNeighborhood';
import { createPointRows, disposePointRows, type PointRows } from './pointRows';

/** A level of a point hierarchy on the device: B clouds of M points. */
export interface DevicePointLevel {
  /** What was uploaded. */
  readonly source: PointLevel;
  /** [B, M, 3] */
  readonly positions: tf.Tensor3D;
  /** Which of the M points count. */
  readonly rows: PointRows;
  /** [B · M]: which point of the level below each one is, counted through the batch; absent in the lowest level and where points are means. */
  readonly chosen?: SegmentTable;
  /** [B, M, M'], whom of the level below the points of this one see. */
  readonly groups: readonly SparseNeighborhood[];
  /** [B, M, M] */
  readonly within: readonly SparseNeighborhood[];
  /** [B, M, M'] */
  readonly cells?: SparseNeighborhood;
  /** [B, M', M] */
  readonly interpolation?: SparseNeighborhood;
}

/** Finest first. */
export type DevicePointHierarchy = readonly DevicePointLevel[];

/**
 * Uploads a hierarchy of `buildPointHierarchy`, all at once. The caller disposes it with {@link disposePointHierarchy}; inside tf.tidy it is kept.
 * @param hierarchy as plain arrays.
 * @param options.padded whether neighbourhoods get entries without row or column up to one of few numbers, at most an eighth more: WebGL compiles programs for every
 *   number it meets, and keeps them; false by default.
 * @returns levels on the device, which the caller disposes with {@link disposePointHierarchy}.
 * @example
 * ```ts
 * const { buildPointHierarchy, createPointHierarchy } = geometry.pointHierarchy;
 * const clouds = { batch: 1, count: 3, positions: Float32Array.from([0, 0, 0, 1, 0, 0, 5, 0, 0]) };
 * const levels = createPointHierarchy(buildPointHierarchy(clouds, [{ sampling: { method: 'grid', cellSize: 2 }, cells: true }]));
 * levels[1].positions; // → [[[0.5, 0, 0], [5, 0, 0]]]
 * geometry.convolution.graphPooling.pool(tf.tensor3d([[[1], [3], [7]]]), levels[1].cells!, null); // → [[[3], [7]]]
 * ```
 */
export function createPointHierarchy(hierarchy: PointHierarchy, { padded = false }: { readonly padded?: boolean } = {}): DevicePointHierarchy {
  const upload = (group: Neighborhood) => createNeighborhood(group, padded ? { entryCount: roundedSize(group.columns.length) } : {});
  return hierarchy.map((source, i) => {
    const { batch, count, positions, sizes, groups, within, cells, interpolation } = source;
    return {
      source, chosen: i > 0 ? chosenFrom(source, hierarchy[i - 1].count) : undefined,
      positions: tf.keep(tf.tensor3d(positions, [batch, count, 3])),
      rows: createPointRows(batch, count, sizes),
      groups: groups.map(upload),
      within: within.map(upload),
      cells: cells && upload(cells),
      interpolation: interpolation && upload(interpolation),
    };
  });
}

function chosenFrom({ batch, count, indices }: PointLevel, below: number): SegmentTable | undefined {
  return indices && createSegmentTable(indices.map((index, i) => (index < 0 ? -1 : Math.floor(i / count) * below + index)), batch * below);
}

/**
 * The same hierarchy with positions that follow from the clouds' own, and with gradients to these: chosen points are gathered, and means of a grid's cells are
 * means, where the plan asked for the cells. Who is chosen and who is a neighbour stays as it was. To be called in a scope, which frees what is made.
 * @param hierarchy of {@link createPointHierarchy}, which stays the owner of all else.
 * @param positions [B, N, 3]
 * @returns the hierarchy with those positions at every level; it shares the rest.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const { buildPointHierarchy, createPointHierarchy, withPositions } = geometry.pointHierarchy;
 * const clouds = { batch: 1, count: 3, positions: Float32Array.from([0, 0, 0, 1, 0, 0, 5, 0, 0]) };
 * const levels = createPointHierarchy(buildPointHierarchy(clouds, [{ sampling: { method: 'farthest', count: 2 } }]));
 * levels[1].positions; // → [[[5, 0, 0], [0, 0, 0]]]
 * const height = (x: tf.Tensor) => tf.sum(withPositions(levels, x as tf.Tensor3D)[1].positions);
 * tf.grad(height)(levels[0].positions); // → [[[1, 1, 1], [0, 0, 0], [1, 1, 1]]]
 * ```
 */
export function withPositions(hierarchy: DevicePointHierarchy, positions: tf.Tensor3D): DevicePointHierarchy {
  checkShape('positions', positions, hierarchy[0].positions.shape);
  let below: tf.Tensor3D = positions;
  return hierarchy.map((level, i) => {
    if (i > 0) below = positionsAbove(below, level);
    return { ...level, positions: below };
  });
}

function positionsAbove(below: tf.Tensor3D, { chosen, cells, positions, source }: DevicePointLevel): tf.Tensor3D {
  if (chosen) return tf.reshape(gatherRows(tf.reshape(below, [chosen.segmentCount, 3]), chosen), positions.shape);
  return cells && !source.indices ? pool(below, cells, null, { algorithm: 'weighted' }) as tf.Tensor3D : positions;
}

/**
 * Frees the tensors of {@link createPointHierarchy}, of all levels.
 * @param hierarchy not to be used again.
 * @example
 * ```ts
 * const { buildPointHierarchy, createPointHierarchy, disposePointHierarchy } = geometry.pointHierarchy;
 * const levels = createPointHierarchy(buildPointHierarchy({ batch: 1, count: 1, positions: new Float32Array(3) }, []));
 * disposePointHierarchy(levels);
 * levels[0].positions.isDisposed; // → true
 * ```
 */
export function disposePointHierarchy(hierarchy: DevicePointHierarchy): void {
  for (const { positions, rows, chosen, groups, within, cells, interpolation } of hierarchy) {
    positions.dispose();
    if (chosen) disposeSegmentTable(chosen);
    disposePointRows(rows);
    for (const neighborhood of [...groups, ...within, cells, interpolation]) if (neighborhood) disposeNeighborhood(neighborhood);
  }
}
