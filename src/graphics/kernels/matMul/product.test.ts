import { describe, expect, it } from 'vitest';
import { relativeError } from '../../testing/gradients';
import { randomValues } from '../testing/views';
import { loopProduct, vectorProduct, type PanelProduct } from './panels';
import { productBlocks, type Matrix } from './product';

const byRows = (values: Float32Array, columns: number): Matrix => ({ values, offset: 0, rowStep: columns, columnStep: 1 });
const byColumns = (values: Float32Array, rows: number): Matrix => ({ values, offset: 0, rowStep: 1, columnStep: rows });

/** Every element by its definition. */
function reference(a: Matrix, b: Matrix, rows: number, columns: number, depth: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < depth; k++) {
      sum += a.values[a.offset + i * a.rowStep + k * a.columnStep] * b.values[b.offset + k * b.rowStep + j * b.columnStep];
    }
    return sum;
  });
}

function product(a: Matrix, b: Matrix, rows: number, columns: number, depth: number, panels?: PanelProduct): Float32Array {
  const result = new Float32Array(rows * columns).fill(NaN);
  productBlocks(a, b, { rows, columns, depth }, ({ firstRow, rowCount, firstColumn, columnCount, values, stride }) => {
    for (let i = 0; i < rowCount; i++) result.set(values.subarray(i * stride, i * stride + columnCount), (firstRow + i) * columns + firstColumn);
  }, panels);
  return result;
}

describe.each([['vector instructions', vectorProduct()!], ['plain loops', loopProduct()]])('productBlocks by %s', (_name, panels) => {
  // Smaller than a panel, more than a block in each direction, and more blocks of B than are kept.
  it.each([[1, 1, 1], [3, 5, 2], [4, 8, 4], [70, 9, 37], [5, 1030, 3], [66, 17, 300], [7, 11, 1100], [5, 9, 0]])('%i × %i, sums of %i', (rows, columns, depth) => {
    const [x, y] = [randomValues(rows * depth, 1), randomValues(depth * columns, 2)];
    for (const [a, b] of [[byRows(x, depth), byRows(y, columns)], [byColumns(x, rows), byColumns(y, depth)]]) {
      expect(relativeError(product(a, b, rows, columns, depth, panels), reference(a, b, rows, columns, depth))).toBeLessThan(1e-6);
    }
  });
});

it('leaves nothing of an earlier product in a smaller one', () => {
  product(byRows(randomValues(64 * 64, 1), 64), byRows(randomValues(64 * 64, 2), 64), 64, 64, 64);
  expect(Array.from(product(byRows(Float32Array.of(2, 3), 2), byRows(Float32Array.of(5, 7), 1), 1, 1, 2))).toEqual([31]);
});
