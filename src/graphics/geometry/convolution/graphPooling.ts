import { createSegmentTable, disposeSegmentTable, gatherRows, neighborSum, segmentMax } from '../../kernels';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { flattenBatchTo2d } from './batches';
import { checkValidGraphPoolingInput, checkValidGraphUnpoolingInput } from './inputChecks';
import { flattenFor, transpose, unflattenFrom, type SparseNeighborhood } from './sparseNeighborhood';

export type PoolingAlgorithm = 'max' | 'weighted';

function reduce(data: tf.Tensor, map: SparseNeighborhood, algorithm: PoolingAlgorithm): tf.Tensor {
  if (algorithm !== 'max' && algorithm !== 'weighted') throw new Error(`algorithm must be 'max' or 'weighted', not '${String(algorithm)}'`);
  const x = flattenFor(map, data);
  const pooled = algorithm === 'max'
    ? segmentMax(gatherRows(x, map.columns), map.rows)
    : neighborSum(x, tf.expandDims(map.weights, -1), map);
  return unflattenFrom(map, pooled);
}

/**
 * Pooling over a graph: each output vertex is the maximum, by channel, or the weighted sum of the input vertices in its row of the map.
 * Rows without entries, padding among them, give 0.
 *
 * @param data [*, V1, C]
 * @param poolMap [*, V2, V1], or [V2, V1] for the whole batch. Weights matter to 'weighted' alone.
 * @param sizes int32 [*, 2] or null: how many rows and columns of the map count. The map must have no entries beyond.
 * @param options.algorithm 'max' or 'weighted'.
 * @returns [*, V2, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const data = tf.tensor2d([[1], [5], [4]]);
 * const map = geometry.convolution.fromDense(tf.tensor2d([[0.5, 0.5, 0], [0, 0, 1]]));
 * geometry.convolution.graphPooling.pool(data, map, null); // → [[5], [4]]
 * geometry.convolution.graphPooling.pool(data, map, null, { algorithm: 'weighted' }); // → [[3], [4]]
 * ```
 */
export function pool(
  data: tf.Tensor, poolMap: SparseNeighborhood, sizes: tf.Tensor | null, { algorithm = 'max' }: { readonly algorithm?: PoolingAlgorithm } = {},
): tf.Tensor {
  checkValidGraphPoolingInput(data, poolMap, sizes);
  return tf.tidy(() => reduce(data, poolMap, algorithm));
}

/** Each entry's weight over the sum of its row's magnitudes; 0 where that is 0. */
function normalizedByRow(map: SparseNeighborhood): SparseNeighborhood {
  const weights = tf.expandDims(map.weights, -1);
  const sums = gatherRows(neighborSum(tf.ones([map.columns.segmentCount, 1]), tf.abs(weights), map), map.rows);
  return { ...map, weights: tf.squeeze(tf.divNoNan(weights, sums), [-1]) as tf.Tensor1D };
}

/**
 * Undoes {@link pool} with the same map: each fine vertex takes from the coarse vertices whose rows contain it, by channel their maximum, or with
 * 'weighted' (which TensorFlow Graphics does not offer) their mean by the map's weights.
 *
 * @param data [*, V1, C]
 * @param poolMap [*, V1, V2], or [V1, V2] for the whole batch, as given to pool.
 * @param sizes int32 [*, 2] or null, as given to pool.
 * @param options.algorithm 'max' or 'weighted'.
 * @returns [*, V2, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const map = geometry.convolution.fromDense(tf.tensor2d([[0.5, 0.5, 0], [0, 0, 1]]));
 * geometry.convolution.graphPooling.unpool(tf.tensor2d([[5], [4]]), map, null); // → [[5], [5], [4]]
 * ```
 */
export function unpool(
  data: tf.Tensor, poolMap: SparseNeighborhood, sizes: tf.Tensor | null, { algorithm = 'max' }: { readonly algorithm?: PoolingAlgorithm } = {},
): tf.Tensor {
  checkValidGraphUnpoolingInput(data, poolMap, sizes);
  return tf.tidy(() => reduce(data, algorithm === 'weighted' ? normalizedByRow(transpose(poolMap)) : transpose(poolMap), algorithm));
}

/**
 * Upsampling by a transposed convolution: the op makes `kernelSize` rows of every coarse vertex, and these become, in order, the fine vertices of its
 * row of the map. Of longer rows the first `kernelSize` count; in shorter ones the last fine vertex receives what is left over. A fine vertex
 * that receives several rows is their mean, one that receives none is 0. The map's lists are read back.
 *
 * @param data [*, V1, C]
 * @param poolMap [*, V1, V2], or [V1, V2] for the whole batch, as given to pool.
 * @param sizes int32 [*, 2] or null, as given to pool.
 * @param transposedConvolutionOp takes [1, 1, D1, C] to [1, 1, kernelSize · D1, C′], such as a Conv2DTranspose with kernel size and strides (1, kernelSize).
 * @param kernelSize rows that the op makes of each.
 * @returns [*, V2, C′]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const map = geometry.convolution.fromDense(tf.tensor2d([[0.5, 0.5, 0], [0, 0, 1]]));
 * const repeat = (x: tf.Tensor4D) => tf.image.resizeNearestNeighbor(x, [1, 2 * x.shape[2]]);
 * const { upsampleTransposedConvolution } = geometry.convolution.graphPooling;
 * upsampleTransposedConvolution(tf.tensor2d([[5], [4]]), map, null, 2, repeat); // → [[5], [5], [4]]
 * ```
 */
export function upsampleTransposedConvolution(
  data: tf.Tensor, poolMap: SparseNeighborhood, sizes: tf.Tensor | null, kernelSize: number, transposedConvolutionOp: (x: tf.Tensor4D) => tf.Tensor,
): tf.Tensor {
  checkValidGraphUnpoolingInput(data, poolMap, sizes);
  if (!(Number.isInteger(kernelSize) && kernelSize > 0)) throw new Error(`kernelSize must be a positive integer, not ${kernelSize}`);
  return tf.tidy(() => {
    const batch = data.shape.slice(0, -2);
    const channels = data.shape[data.rank - 1];
    const coarse = data.rank > 2 ? flattenBatchTo2d(data).flat : data;
    const made = transposedConvolutionOp(tf.reshape(coarse, [1, 1, coarse.shape[0], channels]));
    checkShape('the result of transposedConvolutionOp', made, [1, 1, coarse.shape[0] * kernelSize, null]);
    const receivers = receiversOf(poolMap, tf.util.sizeFromShape(batch), kernelSize);
    const fineCount = tf.util.sizeFromShape(batch) * poolMap.columnCount;
    const counts = new Float32Array(fineCount);
    receivers.forEach((fine) => { if (fine >= 0) counts[fine]++; });
    const [rows, columns] = [createSegmentTable(receivers, fineCount), createSegmentTable(Int32Array.from(receivers.keys()), receivers.length)];
    const shares = Float32Array.from(receivers, (fine) => (fine >= 0 ? 1 / counts[fine] : 0));
    const fine = neighborSum(tf.squeeze(made, [0, 1]), tf.tensor2d(shares, [receivers.length, 1]), { rows, columns });
    disposeSegmentTable(rows);
    disposeSegmentTable(columns);
    return tf.reshape(fine, [...batch, poolMap.columnCount, made.shape[made.rank - 1]]);
  });
}

/** [B · V1 · kernelSize]: the fine vertex, counted through the batch, that each row of the op's result goes to; −1 for none. */
function receiversOf(map: SparseNeighborhood, batchSize: number, kernelSize: number): Int32Array {
  const [offsets, order, columns] = [map.rows.offsets, map.rows.order, map.columns.segments].map((list) => list.dataSync());
  const shared = map.batch.length === 0;
  const mapRows = offsets.length - 1;
  return Int32Array.from({ length: batchSize * map.rowCount * kernelSize }, (_, i) => {
    const row = Math.floor(i / kernelSize);
    const own = shared ? row % mapRows : row;
    const entries = Math.min(kernelSize, offsets[own + 1] - offsets[own]);
    if (entries === 0) return -1;
    const column = columns[order[offsets[own] + Math.min(i % kernelSize, entries - 1)]];
    return shared ? Math.floor(row / mapRows) * map.columnCount + column : column;
  });
}
