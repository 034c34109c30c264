import { createSegmentTable, disposeSegmentTable, type SegmentTable } from '../../kernels';
import * as tf from '../../tf';

/** Which rows of [R, C] count, and for which cloud: what normalisation and global pooling add up. */
export interface RowGroups {
  /** From rows to clouds; −1 for padding. */
  readonly groups: SegmentTable;
  /** Rows that count. */
  readonly total: number;
  /** [R, 1], 1 for rows that count; null where all do. */
  readonly mask: tf.Tensor | null;
}

/** The points of B clouds of N points, on the device. */
export interface PointRows extends RowGroups {
  readonly batch: number;
  /** N, padding included. */
  readonly count: number;
}

/**
 * Uploads which points count. To be disposed with {@link disposePointRows}; inside tf.tidy it is kept.
 * @param sizes [B]: how many of the N points count; all by default.
 * @param batch B
 * @param count N
 * @returns tensors that the caller disposes with {@link disposePointRows}.
 * @throws Error for a size beyond 0 … N.
 * @example
 * ```ts
 * const rows = geometry.pointHierarchy.createPointRows(2, 3, Int32Array.of(3, 1));
 * rows.total; // → 4
 * rows.groups.segments; // → [0, 0, 0, 1, -1, -1]
 * ```
 */
export function createPointRows(batch: number, count: number, sizes?: Int32Array | null): PointRows {
  if (sizes && sizes.length !== batch) throw new Error(`sizes must have one entry for each of ${batch} clouds, not ${sizes.length}`);
  const segments = new Int32Array(batch * count);
  let total = 0;
  for (let b = 0; b < batch; b++) {
    const size = sizes ? sizes[b] : count;
    if (!(size >= 0 && size <= count)) throw new Error(`sizes must lie between 0 and the number of points, ${count}, but element ${b} is ${size}`);
    segments.fill(b, b * count, b * count + size).fill(-1, b * count + size, (b + 1) * count);
    total += size;
  }
  const mask = total < segments.length ? tf.keep(tf.tensor2d(Float32Array.from(segments, (b) => (b < 0 ? 0 : 1)), [segments.length, 1])) : null;
  return { batch, count, groups: createSegmentTable(segments, batch), total, mask };
}

/**
 * Frees the tensors of {@link createPointRows}.
 * @example
 * ```ts
 * const rows = geometry.pointHierarchy.createPointRows(1, 3);
 * geometry.pointHierarchy.disposePointRows(rows);
 * rows.groups.segments.isDisposed; // → true
 * ```
 */
export function disposePointRows({ groups, mask }: RowGroups): void {
  disposeSegmentTable(groups);
  mask?.dispose();
}
