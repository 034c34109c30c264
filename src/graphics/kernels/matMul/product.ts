import { B_LENGTH, COLUMNS, loopProduct, MOST_COLUMNS, MOST_DEPTH, MOST_ROWS, ROWS, SLOTS, UNROLLED, vectorProduct, type PanelProduct } from './panels';

/** A matrix within an array: element (row, column) is values[offset + row · rowStep + column · columnStep]. */
export interface Matrix {
  readonly values: Float32Array;
  readonly offset: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

export interface ProductSize { readonly rows: number; readonly columns: number; readonly depth: number }

/** A finished block of the product, valid during the call: element (i, j) of it is values[i · stride + j]. */
export interface ProductBlock {
  readonly firstRow: number; readonly rowCount: number;
  readonly firstColumn: number; readonly columnCount: number;
  readonly values: Float32Array; readonly stride: number;
}

let shared: { readonly product: PanelProduct; readonly isVector: boolean } | undefined;

/** The memory of blocks is shared by all products: none runs within another. */
export function sharedProduct(): { readonly product: PanelProduct; readonly isVector: boolean } {
  const vector = shared ? undefined : vectorProduct();
  shared ??= { product: vector ?? loopProduct(), isVector: vector !== undefined };
  return shared;
}

/** Whether vector instructions are to be had here. */
export const hasVectorProduct = (): boolean => sharedProduct().isVector;

/** Panels of `width` rows of the matrix, its columns outermost; rows beyond the last are 0. */
function pack(target: Float32Array, { values, offset, rowStep, columnStep }: Matrix, [row, rowCount]: [number, number], [column, depth]: [number, number], width: number): void {
  const padded = Math.ceil(depth / UNROLLED) * UNROLLED;
  for (let panel = 0; panel < rowCount; panel += width) {
    const here = Math.min(width, rowCount - panel);
    const to = panel * padded;
    if (here < width || depth < padded) target.fill(0, to, to + width * padded);
    const from = offset + (row + panel) * rowStep + column * columnStep;
    // The loop that walks through memory in order goes inside.
    if (rowStep === 1) {
      for (let k = 0; k < depth; k++) for (let i = 0, at = from + k * columnStep; i < here; i++) target[to + k * width + i] = values[at + i];
    } else {
      for (let i = 0; i < here; i++) for (let k = 0, at = from + i * rowStep; k < depth; k++, at += columnStep) target[to + k * width + i] = values[at];
    }
  }
}

const transposed = ({ values, offset, rowStep, columnStep }: Matrix): Matrix => ({ values, offset, rowStep: columnStep, columnStep: rowStep });

/**
 * A · B, block by block of all columns that fit: `visit` gets each block of the product when it is finished, so that the whole need not exist.
 * @param product by default the fastest that runs here.
 */
export function productBlocks(a: Matrix, b: Matrix, size: ProductSize, visit: (block: ProductBlock) => void, product: PanelProduct = sharedProduct().product): void {
  const { rows, columns, depth } = size;
  const rightSide = transposed(b);
  /** Whether all of B's blocks for some columns are kept, packed once for all rows. */
  const keepsAll = depth <= SLOTS * MOST_DEPTH;
  const sums = depth > MOST_DEPTH ? new Float32Array(MOST_ROWS * MOST_COLUMNS) : product.c;
  // Sums of nothing are 0, and not what the last product left.
  if (depth === 0) sums.fill(0);
  for (let firstColumn = 0; firstColumn < columns; firstColumn += MOST_COLUMNS) {
    const columnCount = Math.min(MOST_COLUMNS, columns - firstColumn);
    for (let firstRow = 0; firstRow < rows; firstRow += MOST_ROWS) {
      const rowCount = Math.min(MOST_ROWS, rows - firstRow);
      for (let k = 0; k < depth; k += MOST_DEPTH) {
        const count = Math.min(MOST_DEPTH, depth - k);
        const slot = keepsAll ? k / MOST_DEPTH : 0;
        if (!keepsAll || firstRow === 0) pack(product.b.subarray(slot * B_LENGTH), rightSide, [firstColumn, columnCount], [k, count], COLUMNS);
        pack(product.a, a, [firstRow, rowCount], [k, count], ROWS);
        product.run(Math.ceil(rowCount / ROWS), Math.ceil(columnCount / COLUMNS), Math.ceil(count / UNROLLED) * UNROLLED, slot);
        if (sums !== product.c) accumulate(sums, product.c, rowCount, columnCount, k === 0);
      }
      visit({ firstRow, rowCount, firstColumn, columnCount, values: sums, stride: MOST_COLUMNS });
    }
  }
}

function accumulate(sums: Float32Array, block: Float32Array, rowCount: number, columnCount: number, first: boolean): void {
  for (let i = 0; i < rowCount; i++) {
    const [from, to] = [i * MOST_COLUMNS, i * MOST_COLUMNS + columnCount];
    if (first) for (let j = from; j < to; j++) sums[j] = block[j];
    else for (let j = from; j < to; j++) sums[j] += block[j];
  }
}
