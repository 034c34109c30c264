import { checkAxis, checkMinimumRank, checkSameBatches, type BatchEntry } from '../../shape';
import type * as tf from '../../tf';
import type { SparseNeighborhood } from './sparseNeighborhood';

/** Refuses a tensor of other than floats. */
function checkFloat(name: string, tensor: tf.Tensor): void {
  if (tensor.dtype !== 'float32') throw new Error(`${name} must have a float type, but it has type ${tensor.dtype}`);
}

interface Checked { readonly name: string; readonly matrix: SparseNeighborhood; /** Of data's vertices. */ readonly side: 'rows' | 'columns' }

/** What the three checks below share. `sizesAxes`: the axes of `sizes` after the batch. */
function checkInput(data: tf.Tensor, { name, matrix, side }: Checked, sizes: tf.Tensor | null, sizesAxes: number): void {
  checkFloat('data', data);
  checkMinimumRank('data', data, 2);
  if (sizes && sizes.dtype !== 'int32') throw new Error(`sizes must have an integer type, but it has type ${sizes.dtype}`);
  const { batch, rowCount, columnCount } = matrix;
  const count = side === 'rows' ? rowCount : columnCount;
  if (checkAxis('data', data, -2) >= 0 && data.shape[data.rank - 2] !== count) {
    throw new Error(`data must have exactly ${count} dimensions in axis -2, as many as ${name} has ${side}, but it has shape [${data.shape.join(', ')}]`);
  }
  const entries: BatchEntry[] = [['data', data, 2]];
  if (batch.length > 0) entries.push([name, { shape: [...batch, rowCount, columnCount] }, 2]);
  if (sizes) entries.push(['sizes', sizes, sizesAxes]);
  checkSameBatches(...entries);
  if (sizes && sizesAxes === 1) checkAxis('sizes', sizes, -1, 2);
}

/**
 * Refuses what the graph convolutions cannot take.
 * @param data float32 [*, V, C] @param neighbors [*, V, V], or [V, V] for all @param sizes int32 [*] or null
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const neighbors = geometry.convolution.fromDense(tf.eye(2));
 * geometry.convolution.utils.checkValidGraphConvolutionInput(tf.ones([2, 3]), neighbors, null); // → undefined
 * ```
 */
export function checkValidGraphConvolutionInput(data: tf.Tensor, neighbors: SparseNeighborhood, sizes: tf.Tensor | null): void {
  checkInput(data, { name: 'neighbors', matrix: neighbors, side: 'columns' }, sizes, 0);
  const { rowCount, columnCount } = neighbors;
  if (rowCount !== columnCount) throw new Error(`neighbors must be square in axes -2 and -1, but it has ${rowCount} rows and ${columnCount} columns`);
}

/**
 * Refuses what `pool` cannot take.
 * @param data float32 [*, V1, C] @param poolMap [*, V2, V1], or [V2, V1] for all @param sizes int32 [*, 2] or null
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const poolMap = geometry.convolution.fromDense(tf.ones([1, 2]));
 * geometry.convolution.utils.checkValidGraphPoolingInput(tf.ones([2, 3]), poolMap, null); // → undefined
 * ```
 */
export const checkValidGraphPoolingInput = (data: tf.Tensor, poolMap: SparseNeighborhood, sizes: tf.Tensor | null): void =>
  checkInput(data, { name: 'poolMap', matrix: poolMap, side: 'columns' }, sizes, 1);

/**
 * Refuses what `unpool` cannot take.
 * @param data float32 [*, V1, C] @param poolMap [*, V1, V2], or [V1, V2] for all @param sizes int32 [*, 2] or null
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const poolMap = geometry.convolution.fromDense(tf.ones([1, 2]));
 * geometry.convolution.utils.checkValidGraphUnpoolingInput(tf.ones([1, 3]), poolMap, null); // → undefined
 * ```
 */
export const checkValidGraphUnpoolingInput = (data: tf.Tensor, poolMap: SparseNeighborhood, sizes: tf.Tensor | null): void =>
  checkInput(data, { name: 'poolMap', matrix: poolMap, side: 'rows' }, sizes, 1);
