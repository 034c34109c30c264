import { assemble, op } from './assembler';

// The innermost part of a matrix product, on panels: A in panels of 4 rows, B in panels of 8 columns, both with the summed index outermost,
// so that each step of a sum reads 4 and 8 neighbouring numbers and multiplies each with each. The blocks stay in the processor's caches
// (Goto, van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 2008).

export const ROWS = 4;
export const COLUMNS = 8;
/** The summed index runs in steps of so many; panels are padded with zeros. */
export const UNROLLED = 4;
/** Most rows, columns and summed numbers of a block: 64 KiB of A, 1 MiB of B, 256 KiB of C. */
export const MOST_ROWS = 64;
export const MOST_COLUMNS = 1024;
export const MOST_DEPTH = 256;
/** So many blocks of B are kept: products of up to SLOTS · MOST_DEPTH summed numbers pack B once. */
export const SLOTS = 4;

/** Memory for one block of A (packed), B (packed) and C (MOST_ROWS × MOST_COLUMNS, by rows), and what multiplies them. */
export interface PanelProduct {
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** A row has MOST_COLUMNS numbers. */
  readonly c: Float32Array;
  /** C = A · B, of B the block in that slot. `depth` is a multiple of UNROLLED. */
  readonly run: (rowPanels: number, columnPanels: number, depth: number, slot: number) => void;
}

const A_LENGTH = MOST_ROWS * MOST_DEPTH;
/** Of one block. */
export const B_LENGTH = MOST_DEPTH * MOST_COLUMNS;
const C_LENGTH = MOST_ROWS * MOST_COLUMNS;
const FLOAT = 4;
const PAGE = 2 ** 16;

const split = (buffer: ArrayBuffer): Pick<PanelProduct, 'a' | 'b' | 'c'> => ({
  a: new Float32Array(buffer, 0, A_LENGTH),
  b: new Float32Array(buffer, FLOAT * A_LENGTH, SLOTS * B_LENGTH),
  c: new Float32Array(buffer, C_ADDRESS, C_LENGTH),
});
const C_ADDRESS = FLOAT * (A_LENGTH + SLOTS * B_LENGTH);
const BYTES = C_ADDRESS + FLOAT * C_LENGTH;

/** Locals of the function: four parameters, then counters and addresses, then vectors. */
const [ROW_PANELS, COLUMN_PANELS, STEPS, B_PANEL, J, I, K, A, B, C, C_PANEL, LEFT, RIGHT, SUMS] = Array.from({ length: 14 }, (_, i) => i);

function source(): Uint8Array<ArrayBuffer> {
  const { get, set, add, constant } = op;
  const advance = (local: number, by: number) => set(local, add(get(local), constant(by)));
  const sums = Array.from({ length: 2 * ROWS }, (_, i) => SUMS + i);
  const step = (k: number) => [
    ...set(LEFT, op.load4(get(B), 32 * k)), ...set(RIGHT, op.load4(get(B), 32 * k + 16)),
    ...sums.flatMap((sum, i) => set(sum, op.add4(get(sum), op.multiply4(op.loadSplat(get(A), 16 * k + FLOAT * (i >> 1)), get(i % 2 === 0 ? LEFT : RIGHT))))),
  ];
  const store = sums.flatMap((sum, i) => [
    ...op.store4(i % 2 === 0 ? get(C) : add(get(C), constant(16)), get(sum)), ...(i % 2 === 1 ? advance(C, FLOAT * MOST_COLUMNS) : []),
  ]);
  const tile = [
    ...set(B, get(B_PANEL)), ...sums.flatMap((sum) => set(sum, op.zeros())),
    ...op.repeat(K, get(STEPS), [...Array.from({ length: UNROLLED }, (_, k) => k).flatMap(step), ...advance(A, 16 * UNROLLED), ...advance(B, 32 * UNROLLED)]),
    ...store,
  ];
  const body = [
    ...set(C_PANEL, constant(C_ADDRESS)),
    ...op.repeat(J, get(COLUMN_PANELS), [
      ...set(A, constant(0)), ...set(C, get(C_PANEL)),
      ...op.repeat(I, get(ROW_PANELS), tile),
      ...set(B_PANEL, get(B)), ...advance(C_PANEL, FLOAT * COLUMNS),
    ]),
  ];
  return assemble({ parameters: 4, integers: 7, vectors: 2 + sums.length, body, pages: Math.ceil(BYTES / PAGE) });
}

/** By WebAssembly's vector instructions; undefined where they, or WebAssembly itself, are not allowed. */
export function vectorProduct(): PanelProduct | undefined {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(source()));
    const run = exports['run'] as (rowPanels: number, columnPanels: number, steps: number, b: number) => void;
    return {
      ...split((exports['memory'] as WebAssembly.Memory).buffer as ArrayBuffer),
      run: (rows, columns, depth, slot) => run(rows, columns, depth / UNROLLED, FLOAT * (A_LENGTH + slot * B_LENGTH)),
    };
  } catch {
    // An old engine, or a page whose Content-Security-Policy forbids it: plain loops do the same.
    return undefined;
  }
}

/** By plain loops, summed in float64. */
export function loopProduct(): PanelProduct {
  const { a, b, c } = split(new ArrayBuffer(BYTES));
  const run = (rowPanels: number, columnPanels: number, depth: number, slot: number) => {
    for (let j = 0; j < columnPanels; j++) {
      for (let i = 0; i < ROWS * rowPanels; i++) {
        for (let column = 0; column < COLUMNS; column += 4) {
          let s0 = 0;
          let s1 = 0;
          let s2 = 0;
          let s3 = 0;
          let at = (i - (i % ROWS)) * depth + (i % ROWS);
          let bt = slot * B_LENGTH + COLUMNS * j * depth + column;
          for (let k = 0; k < depth; k++, at += ROWS, bt += COLUMNS) {
            const x = a[at];
            s0 += x * b[bt];
            s1 += x * b[bt + 1];
            s2 += x * b[bt + 2];
            s3 += x * b[bt + 3];
          }
          const to = i * MOST_COLUMNS + COLUMNS * j + column;
          c[to] = s0;
          c[to + 1] = s1;
          c[to + 2] = s2;
          c[to + 3] = s3;
        }
      }
    }
  };
  return { a, b, c, run };
}
