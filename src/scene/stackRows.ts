import type { Neighborhood } from './neighborhood';

/** The entries of one element's rows, as compressed rows that may be fewer than the batch has. */
export interface Row {
  /** [R + 1] */
  readonly offsets: Int32Array;
  /** [E], counted within the element. */
  readonly columns: Int32Array;
  /** [E]; by default 1 / (number of the row's entries). */
  readonly weights?: Float32Array;
  /** [E], squared distances of a search. */
  readonly squared?: Float32Array;
}

/** A batch of neighbourhoods whose elements are padded to `rowCount` and `columnCount`; padding has no entries. O(entries). */
export function stackRows(elements: readonly Row[], { rowCount, columnCount }: { readonly rowCount: number; readonly columnCount: number }): Neighborhood {
  const total = elements.reduce((sum, { columns }) => sum + columns.length, 0);
  const offsets = new Int32Array(elements.length * rowCount + 1);
  const columns = new Int32Array(total);
  const weights = new Float32Array(total);
  let end = 0;
  elements.forEach((element, b) => {
    const rows = element.offsets.length - 1;
    for (let row = 0; row < rowCount; row++) offsets[b * rowCount + row + 1] = end + element.offsets[Math.min(row + 1, rows)];
    for (let e = 0; e < element.columns.length; e++) columns[end + e] = b * columnCount + element.columns[e];
    if (element.weights) weights.set(element.weights, end);
    else {
      for (let row = 0; row < rows; row++) {
        weights.fill(1 / (element.offsets[row + 1] - element.offsets[row]), end + element.offsets[row], end + element.offsets[row + 1]);
      }
    }
    end += element.columns.length;
  });
  return { batch: [elements.length], rowCount, columnCount, offsets, columns, weights };
}
