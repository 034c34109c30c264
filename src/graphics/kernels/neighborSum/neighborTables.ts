import * as tf from '../../tf';
import type { SegmentTable } from '../segments/segmentTable';

/** E entries, each from a row to a column: who is a neighbour of whom. */
export interface NeighborTables { readonly rows: SegmentTable; readonly columns: SegmentTable }

/** A table of one entry without a segment, in place of one without entries. */
const withOneEntry = (table: SegmentTable): SegmentTable =>
  ({ ...table, entryCount: 1, segments: tf.tensor1d([-1], 'int32'), order: tf.tensor1d([-1], 'int32') });

/**
 * The same tables, or, where they have no entries, with one that has neither row nor column: no kernel then meets a tensor without numbers, and
 * gradients find their way. To be called in a scope, which frees what is made.
 */
export const withAnEntry = <T extends NeighborTables>(tables: T): T =>
  (tables.rows.entryCount > 0 ? tables : { ...tables, rows: withOneEntry(tables.rows), columns: withOneEntry(tables.columns) });

export type NeighborLists = Record<'rows' | 'rowOffsets' | 'rowOrder' | 'columns' | 'columnOffsets' | 'columnOrder', tf.Tensor>;

/** As kernels take them. */
export const listsOf = ({ rows, columns }: NeighborTables): NeighborLists => ({
  rows: rows.segments, rowOffsets: rows.offsets, rowOrder: rows.order,
  columns: columns.segments, columnOffsets: columns.offsets, columnOrder: columns.order,
});
