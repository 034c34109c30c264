import { registerCpuKernel } from '../cpuKernel';
import { productBlocks } from '../matMul/product';
import { NEAREST_ROWS, type CountAttrs } from './names';

/** The k smallest numbers of each row so far, in ascending order, and where they stood. */
interface Smallest { readonly keys: Float64Array; readonly columns: Float32Array; readonly k: number }

function insert({ keys, columns, k }: Smallest, row: number, key: number, column: number): void {
  const first = row * k;
  let at = first + k - 1;
  // Behind equal ones, which stood before.
  for (; at > first && keys[at - 1] > key; at--) {
    keys[at] = keys[at - 1];
    columns[at] = columns[at - 1];
  }
  keys[at] = key;
  columns[at] = column;
}

/** Points [size, D] about their mean: products of numbers far from 0 would swallow small distances. */
function centred(points: Float32Array, dimension: number): Float32Array {
  const mean = new Float64Array(dimension);
  for (let i = 0; i < points.length; i++) mean[i % dimension] += points[i];
  return points.map((value, i) => value - mean[i % dimension] * dimension / points.length);
}

/** |xⱼ|² − 2 xᵢ·xⱼ, which orders as the distance does, a block at a time. @param points [size, D] @returns [size, k] */
export function nearestRowsLoops(points: Float32Array, dimension: number, k: number): Float32Array {
  const count = points.length / dimension;
  const columns = new Float32Array(count * k).fill(-1);
  if (k === 0) return columns;
  const values = centred(points, dimension);
  const squares = Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let d = i * dimension; d < (i + 1) * dimension; d++) sum += values[d] * values[d];
    return sum;
  });
  const smallest = { keys: new Float64Array(count * k).fill(Infinity), columns, k };
  const left = { values, offset: 0, rowStep: dimension, columnStep: 1 };
  const right = { values, offset: 0, rowStep: 1, columnStep: dimension };
  productBlocks(left, right, { rows: count, columns: count, depth: dimension }, ({ firstRow, rowCount, firstColumn, columnCount, values: products, stride }) => {
    for (let i = 0; i < rowCount; i++) {
      const row = firstRow + i;
      const last = row * k + k - 1;
      for (let j = 0; j < columnCount; j++) {
        const key = squares[firstColumn + j] - 2 * products[i * stride + j];
        if (key < smallest.keys[last]) insert(smallest, row, key, firstColumn + j);
      }
    }
  });
  return columns;
}

/** @param points [B, N, D] @param sizes [B]: how many points of each cloud count. @returns [B, N, k], −1 for none. */
export function nearestRowsOfBatch(points: Float32Array, [batch, count, dimension]: readonly number[], k: number, sizes: ArrayLike<number>): Float32Array {
  const nearest = new Float32Array(batch * count * k).fill(-1);
  for (let b = 0; b < batch; b++) {
    const from = b * count * dimension;
    nearest.set(nearestRowsLoops(points.subarray(from, from + sizes[b] * dimension), dimension, k), b * count * k);
  }
  return nearest;
}

registerCpuKernel(NEAREST_ROWS, ['points', 'sizes'], ({ points, sizes }, { k }: CountAttrs) =>
  ({ shape: [...points.shape.slice(0, 2), k], values: nearestRowsOfBatch(points.reals as Float32Array, points.shape, k, sizes.indices) }));
