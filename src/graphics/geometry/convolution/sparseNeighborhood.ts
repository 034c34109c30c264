import { rowsOfEntries, type Neighborhood } from '../../../scene/neighborhood';
import { neighborhoodFromDense } from '../../../scene/neighborhoodBuilders';
import { createSegmentTable, disposeSegmentTable, type SegmentTable } from '../../kernels';
import { withAnEntry } from '../../kernels/neighborSum/neighborTables';
import { checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

/**
 * A sparse matrix, or a batch of equal-sized ones, as lists that gather fast: E entries, each with a row, a column and a weight. It stands where
 * TensorFlow Graphics takes a SparseTensor [*, R, V]. One without a batch shape serves data of any batch shape (many functions on one mesh).
 */
export interface SparseNeighborhood {
  readonly batch: readonly number[];
  /** R and V of each element of the batch, padding included. */
  readonly rowCount: number;
  readonly columnCount: number;
  /** Rows and columns of the entries, counted through the batch. */
  readonly rows: SegmentTable;
  readonly columns: SegmentTable;
  /** [E] float32. Any tensor of that shape may stand in: {...neighborhood, weights} learns or recomputes them. */
  readonly weights: tf.Tensor1D;
}

/**
 * Uploads a neighbourhood (src/scene builds them). The caller disposes it with {@link disposeNeighborhood}; inside tf.tidy it is kept.
 * @param neighborhood as plain arrays, such as `meshNeighborhood`'s.
 * @param options.entryCount where there should be so many entries in every batch, at least as many as there are: those added have no row, no column and
 *   the weight 0, and count nowhere. WebGL's programs are made for the shapes they meet, and neighbourhoods by radius would have others every time.
 * @returns tensors that the caller disposes with {@link disposeNeighborhood}.
 * @throws Error for fewer entries than the neighbourhood has.
 * @example
 * ```ts
 * const triangle = { positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces: Uint32Array.from([0, 1, 2]) };
 * const ring = geometry.convolution.createNeighborhood(geometry.convolution.meshNeighborhood(triangle, { selfEdges: false }));
 * ring.columns.segments; // → [1, 2, 0, 2, 0, 1]
 * ring.weights; // → [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
 * ```
 */
export function createNeighborhood(neighborhood: Neighborhood, { entryCount = neighborhood.columns.length }: { readonly entryCount?: number } = {}): SparseNeighborhood {
  const { batch, rowCount, columnCount, columns, weights } = neighborhood;
  if (entryCount < columns.length) throw new Error(`entryCount must be at least ${columns.length}, the number of entries, not ${entryCount}`);
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

/**
 * Frees the tensors of {@link createNeighborhood}.
 * @param neighborhood not to be used again, nor its transpose.
 * @example
 * ```ts
 * const neighborhood = geometry.convolution.fromDense(tf.eye(2));
 * geometry.convolution.disposeNeighborhood(neighborhood);
 * neighborhood.weights.isDisposed; // → true
 * ```
 */
export function disposeNeighborhood({ rows, columns, weights }: SparseNeighborhood): void {
  disposeSegmentTable(rows);
  disposeSegmentTable(columns);
  weights.dispose();
}

/**
 * The nonzero entries of a dense matrix, which is read back.
 * @param matrix [*, R, V]
 * @returns to be disposed by the caller.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const neighborhood = geometry.convolution.fromDense(tf.tensor2d([[0, 5], [6, 7]]));
 * neighborhood.rows.segments; // → [0, 1, 1]
 * neighborhood.columns.segments; // → [1, 0, 1]
 * neighborhood.weights; // → [5, 6, 7]
 * ```
 */
export function fromDense(matrix: tf.Tensor): SparseNeighborhood {
  checkMinimumRank('matrix', matrix, 2);
  const [rowCount, columnCount] = matrix.shape.slice(-2);
  return createNeighborhood(neighborhoodFromDense(matrix.dataSync(), { rowCount, columnCount, batch: matrix.shape.slice(0, -2) }));
}

/**
 * Rows become columns, sharing every tensor.
 * @param neighborhood [*, R, V]
 * @returns [*, V, R]
 * @example
 * ```ts
 * const { rowCount, columnCount } = geometry.convolution.transpose(geometry.convolution.fromDense(tf.tensor2d([[0, 2, 0]])));
 * [rowCount, columnCount]; // → [3, 1]
 * ```
 */
export const transpose = (neighborhood: SparseNeighborhood): SparseNeighborhood => ({
  ...neighborhood, rowCount: neighborhood.columnCount, columnCount: neighborhood.rowCount, rows: neighborhood.columns, columns: neighborhood.rows,
});

/**
 * The same, or, where it has no entries, with one that is in no row: TensorFlow.js's WebGL backend reduces no axis of size 0. To be called in a scope,
 * which frees what is made.
 */
export const withSomeEntry = (neighborhood: SparseNeighborhood): SparseNeighborhood =>
  (neighborhood.rows.entryCount > 0 ? neighborhood : { ...withAnEntry(neighborhood), weights: tf.pad(neighborhood.weights, [[0, 1]]) as tf.Tensor1D });

/** Data [*, rows, C] as the kernels take it: with one set of rows through the batch, or as it is for a neighbourhood that all share. */
export const flattenFor = ({ batch }: SparseNeighborhood, data: tf.Tensor): tf.Tensor =>
  (batch.length === 0 ? data : tf.reshape(data, [-1, data.shape[data.rank - 1]]));

/** The way back. @returns [*, R, C] */
export const unflattenFrom = ({ batch, rowCount }: SparseNeighborhood, result: tf.Tensor): tf.Tensor =>
  (batch.length === 0 ? result : tf.reshape(result, [...batch, rowCount, result.shape[result.rank - 1]]));
