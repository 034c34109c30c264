import { disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution';
import { neighborhoodOf } from '../../geometry/neighborhood';
import type { Shape } from '../../layers';
import * as tf from '../../tf';

/** What graph convolution layers are called with beside the data. */
export interface GraphCallArgs {
  /** Where the input is the data alone: [*, V, V], or [V, V] for all. */
  readonly neighbors?: SparseNeighborhood;
  /** int32 [*]: how many vertices count. */
  readonly sizes?: tf.Tensor | null;
}

/**
 * Runs `convolve` on a layer's input: data [*, V, C] with `neighbors` among the call's arguments, or, as models of layers need it, the two tensors
 * [data, table], the table being int32 [*, V, K] with the numbers of each vertex's neighbours and −1 for none, which count alike.
 * @throws Error if there are no neighbours.
 */
export function withNeighbors(
  inputs: tf.Tensor | tf.Tensor[], { neighbors, sizes = null }: GraphCallArgs,
  convolve: (data: tf.Tensor, neighbors: SparseNeighborhood, sizes: tf.Tensor | null) => tf.Tensor,
): tf.Tensor {
  const [data, table] = Array.isArray(inputs) ? inputs : [inputs];
  if (neighbors) return convolve(data, neighbors, sizes);
  if (!table) throw new Error('neighbors must be given: as a second input, a table of indices [*, V, K], or as {neighbors} in the call\'s arguments');
  const own = neighborhoodOf(table, data.shape[data.rank - 2]);
  try {
    return convolve(data, own, sizes);
  } finally {
    disposeNeighborhood(own);
  }
}

/**
 * Refuses a neighbourhood between two lists of points that is not of them: one for each cloud of the batch, a row and a column for each of their points.
 * @throws Error that names both.
 */
export function checkMap(
  { batch, rowCount, columnCount }: SparseNeighborhood, { rows, columns }: { readonly rows?: readonly [string, tf.Tensor]; readonly columns: readonly [string, tf.Tensor] },
): void {
  const clouds = columns[1].shape[0];
  const found = batch.reduce((product, size) => product * size, 1);
  if (found !== clouds) throw new Error(`neighbors must be of each of ${clouds} clouds, but it has the batch shape [${batch.join(', ')}]`);
  for (const [what, count, side] of [['row', rowCount, rows], ['column', columnCount, columns]] as const) {
    if (side && side[1].shape[1] !== count) throw new Error(`neighbors must have a ${what} for each of ${side[1].shape[1]} ${side[0]}, but it has ${count}`);
  }
}

/** The data's shape among a layer's input shapes. */
export const dataShape = (inputShape: Shape | Shape[]): Shape => (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape as Shape);
