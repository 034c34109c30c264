import { rowsOfEntries, type Neighborhood } from '../../../scene/neighborhood';
import type { SparseNeighborhood } from '../../geometry/convolution/sparseNeighborhood';
import { createSegmentTable } from '../../kernels';
import * as tf from '../../tf';

/**
 * Uploads a neighbourhood with entries without row or column after its own, which count nowhere, so that every batch has as many: WebGL's programs are
 * made for the shapes they meet, and neighbourhoods by radius would have others every time. To be disposed as any other; inside tf.tidy it is kept.
 * @param entryCount with padding; at least as many as there are.
 */
export function createPaddedNeighborhood(neighborhood: Neighborhood, entryCount: number): SparseNeighborhood {
  const { batch, rowCount, columnCount, columns, weights } = neighborhood;
  const size = tf.util.sizeFromShape([...batch]);
  const padded = (list: Int32Array): Int32Array => {
    const all = new Int32Array(entryCount).fill(-1);
    all.set(list);
    return all;
  };
  const allWeights = new Float32Array(entryCount);
  allWeights.set(weights);
  return {
    batch, rowCount, columnCount,
    rows: createSegmentTable(padded(rowsOfEntries(neighborhood)), size * rowCount),
    columns: createSegmentTable(padded(columns), size * columnCount),
    weights: tf.keep(tf.tensor1d(allWeights)),
  };
}
