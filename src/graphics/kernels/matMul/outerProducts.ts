import { COLUMNS, MOST_COLUMNS, MOST_DEPTH, MOST_ROWS, ROWS, UNROLLED, type PanelProduct } from './panels';

/** Numbers that lie together in an array, once for each summand. */
export interface Rows {
  readonly values: Float32Array;
  /** Where each begins. */
  readonly at: Int32Array;
  readonly width: number;
}

/** Whether {@link sumOuterProducts} has room for them in one block, and enough to do. */
export const fitsOneBlock = (leftWidth: number, rightWidth: number, count: number): boolean =>
  leftWidth >= ROWS && leftWidth <= MOST_ROWS && rightWidth >= COLUMNS && rightWidth <= MOST_COLUMNS && count <= MOST_DEPTH;

/** Panels of `width` numbers, summands outermost; numbers and summands beyond the last are 0. */
function pack(target: Float32Array, { values, at, width: length }: Rows, count: number, depth: number, width: number): void {
  for (let first = 0, to = 0; first < length; first += width) {
    const here = Math.min(width, length - first);
    for (let k = 0; k < count; k++, to += width) {
      const from = at[k] + first;
      for (let i = 0; i < here; i++) target[to + i] = values[from + i];
      for (let i = here; i < width; i++) target[to + i] = 0;
    }
    target.fill(0, to, to + (depth - count) * width);
    to += (depth - count) * width;
  }
}

/** Σₖ leftₖ · rightₖᵀ over `count` summands, [left.width, right.width], written to `target` from `to` on: a small matrix product whose factors lie scattered. */
export function sumOuterProducts(left: Rows, right: Rows, count: number, target: Float32Array, to: number, product: PanelProduct): void {
  const depth = Math.max(1, Math.ceil(count / UNROLLED)) * UNROLLED;
  pack(product.a, left, count, depth, ROWS);
  pack(product.b, right, count, depth, COLUMNS);
  product.run(Math.ceil(left.width / ROWS), Math.ceil(right.width / COLUMNS), depth, 0);
  for (let i = 0, at = to; i < left.width; i++) {
    for (let j = 0, from = i * MOST_COLUMNS; j < right.width; j++, from++, at++) target[at] = product.c[from];
  }
}
