import type { Neighborhood } from '../../../scene/neighborhood';
import type { PointHierarchy, PointLevel } from '../../../scene/pointHierarchy';
import { roundedSize } from '../../../scene/roundedSize';
import * as tf from '../../tf';
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
 * @param options.padded whether groups get entries without row or column up to one of few numbers, at most an eighth more: WebGL compiles programs for every
 *   number it meets, and keeps them; false by default.
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
  return hierarchy.map((source) => {
    const { batch, count, positions, sizes, groups, within, cells, interpolation } = source;
    return {
      source,
      positions: tf.keep(tf.tensor3d(positions, [batch, count, 3])),
      rows: createPointRows(batch, count, sizes),
      groups: groups.map(upload),
      within: within.map((own) => createNeighborhood(own)),
      cells: cells && createNeighborhood(cells),
      interpolation: interpolation && createNeighborhood(interpolation),
    };
  });
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
  for (const { positions, rows, groups, within, cells, interpolation } of hierarchy) {
    positions.dispose();
    disposePointRows(rows);
    for (const neighborhood of [...groups, ...within, cells, interpolation]) if (neighborhood) disposeNeighborhood(neighborhood);
  }
}
