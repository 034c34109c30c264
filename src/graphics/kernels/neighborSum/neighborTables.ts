import type * as tf from '../../tf';
import type { SegmentTable } from '../segments/segmentTable';

/** E entries, each from a row to a column: who is a neighbour of whom. */
export interface NeighborTables { readonly rows: SegmentTable; readonly columns: SegmentTable }

export type NeighborLists = Record<'rows' | 'rowOffsets' | 'rowOrder' | 'columns' | 'columnOffsets' | 'columnOrder', tf.Tensor>;

/** As kernels take them. */
export const listsOf = ({ rows, columns }: NeighborTables): NeighborLists => ({
  rows: rows.segments, rowOffsets: rows.offsets, rowOrder: rows.order,
  columns: columns.segments, columnOffsets: columns.offsets, columnOrder: columns.order,
});
