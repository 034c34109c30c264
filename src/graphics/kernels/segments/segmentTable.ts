import { listSegments } from '../../../scene/segments';
import * as tf from '../../tf';

/** float32 textures hold integers exactly up to here, and entries are numbered in them. */
const MOST_ENTRIES = 2 ** 24;

/**
 * Which of S segments (rows) each of N entries belongs to, on the device and in both directions, so that neither gathers nor sums
 * ever search: both are O(N).
 */
export interface SegmentTable {
  readonly entryCount: number;
  readonly segmentCount: number;
  /** How many entries have a segment. */
  readonly memberCount: number;
  /** Whether some segment has no entries. */
  readonly hasEmpty: boolean;
  /** [N] int32, −1 for entries without a segment. */
  readonly segments: tf.Tensor1D;
  /** [S + 1] int32: segment s has the entries order[offsets[s] … offsets[s + 1] − 1]. */
  readonly offsets: tf.Tensor1D;
  /** [N] int32; −1 behind the last segment's entries. */
  readonly order: tf.Tensor1D;
}

/**
 * Builds and uploads a table. The caller disposes it with {@link disposeSegmentTable}; inside tf.tidy it is kept.
 * @param segments [N], −1 for none.
 * @throws SceneError 'index-out-of-range'; Error for more than 2²⁴ entries or segments.
 * @example
 * ```ts
 * const { offsets, order, memberCount } = createSegmentTable(Int32Array.from([1, 0, 1, -1]), 2);
 * offsets; // → [0, 1, 3]
 * order; // → [1, 0, 2, -1]
 * memberCount; // → 3
 * ```
 */
export function createSegmentTable(segments: Int32Array, segmentCount: number): SegmentTable {
  const most = Math.max(segments.length, segmentCount);
  if (most > MOST_ENTRIES) throw new Error(`segments must have at most ${MOST_ENTRIES} entries and as many segments, but there are ${most}`);
  const { offsets, order } = listSegments(segments, segmentCount);
  const hasEmpty = offsets.some((offset, s) => s > 0 && offset === offsets[s - 1]);
  const upload = (values: Int32Array) => tf.keep(tf.tensor1d(values, 'int32'));
  // As long as the entries: uploading a list of another length would take a program of its own.
  const filled = new Int32Array(segments.length).fill(-1);
  filled.set(order);
  return {
    entryCount: segments.length, segmentCount, memberCount: order.length, hasEmpty,
    segments: upload(segments), offsets: upload(offsets), order: upload(filled),
  };
}

/**
 * [S, 1]: 1 for segments with entries, 0 for those without; null where all have some.
 * @example
 * ```ts
 * occupiedSegments(createSegmentTable(Int32Array.from([1, 1]), 2)); // → [[0], [1]]
 * occupiedSegments(createSegmentTable(Int32Array.from([1, 0]), 2)); // → null
 * ```
 */
export function occupiedSegments({ hasEmpty, segmentCount, offsets }: SegmentTable): tf.Tensor2D | null {
  if (!hasEmpty) return null;
  return tf.tidy(() => {
    const sizes = tf.sub(tf.slice(offsets, 1, segmentCount), tf.slice(offsets, 0, segmentCount));
    return tf.reshape(tf.minimum(tf.cast(sizes, 'float32'), 1), [segmentCount, 1]);
  });
}

/**
 * Frees the tensors of {@link createSegmentTable}.
 * @example
 * ```ts
 * const table = createSegmentTable(Int32Array.from([1, 0]), 2);
 * disposeSegmentTable(table);
 * table.order.isDisposed; // → true
 * ```
 */
export const disposeSegmentTable = ({ segments, offsets, order }: SegmentTable): void => tf.dispose([segments, offsets, order]);
