import { createPointRows, disposePointRows, type PointRows } from '../../geometry/pointHierarchy';
import type * as tf from '../../tf';

export { createPointRows, disposePointRows, type PointRows, type RowGroups } from '../../geometry/pointHierarchy';

/** What layers on whole clouds are called with beside their input [B, N, C]. */
export interface PointCallArgs {
  readonly training?: boolean;
  /** int32 [B]: how many points of each cloud count; all by default. Read back. */
  readonly sizes?: tf.Tensor | null;
  /** The same, uploaded once for all layers. */
  readonly rows?: PointRows;
  /** Of what training leaves out at random; other features at every call by default. */
  readonly dropSeed?: number;
}

/** Runs `f` with the rows of the call's arguments, or with rows made for this call of [B, N, C]. */
export function withRows<T extends tf.TensorContainer>(x: tf.Tensor, { rows, sizes = null }: PointCallArgs, f: (rows: PointRows) => T): T {
  if (rows) return f(rows);
  const own = createPointRows(x.shape[0], x.shape[1] as number, sizes && Int32Array.from(sizes.dataSync()));
  try {
    return f(own);
  } finally {
    disposePointRows(own);
  }
}
