import { SceneError } from './errors';
import { listSegments } from './segments';

/**
 * Who is a neighbour of whom, and with what weight: a sparse matrix of rows (who looks) by columns (who is seen), or a batch of equal-sized ones.
 * Compressed rows: the entries of row r are number offsets[r] … offsets[r + 1] − 1. Rows and columns are counted through the whole batch:
 * element b has rows b · rowCount … and columns b · columnCount …
 */
export interface Neighborhood {
  /** Leading batch shape; [] for one alone. */
  readonly batch: readonly number[];
  /** Of each element, padding included. */
  readonly rowCount: number;
  readonly columnCount: number;
  /** [B · rowCount + 1] */
  readonly offsets: Int32Array;
  /** [E] */
  readonly columns: Int32Array;
  /** [E] */
  readonly weights: Float32Array;
}

export interface NeighborhoodSize { readonly rowCount: number; readonly columnCount: number; readonly batch?: readonly number[] }

const batchSize = (batch: readonly number[]): number => batch.reduce((size, n) => size * n, 1);

/** [E]: the row of each entry. */
export function rowsOfEntries({ offsets }: Pick<Neighborhood, 'offsets'>): Int32Array {
  const rows = new Int32Array(offsets[offsets.length - 1]);
  for (let row = 0; row + 1 < offsets.length; row++) rows.fill(row, offsets[row], offsets[row + 1]);
  return rows;
}

/**
 * From a list of entries in any order; those of a row keep it.
 * @param rows [E], counted through the batch. @param columns [E], likewise. @param weights [E]; 1 by default.
 * @param size rows and columns of each element, and the leading batch shape, none by default.
 * @throws SceneError 'index-out-of-range', 'malformed' where an entry joins two elements of the batch.
 * @example
 * ```ts
 * const [rows, columns, weights] = [Int32Array.from([1, 0, 1]), Int32Array.from([0, 2, 1]), Float32Array.from([5, 6, 7])];
 * const neighborhood = geometry.convolution.neighborhoodFromEntries(rows, columns, { rowCount: 2, columnCount: 3 }, weights);
 * neighborhood.offsets; // → [0, 1, 3]
 * neighborhood.columns; // → [2, 0, 1]
 * neighborhood.weights; // → [6, 5, 7]
 * ```
 */
export function neighborhoodFromEntries(rows: Int32Array, columns: Int32Array, { rowCount, columnCount, batch = [] }: NeighborhoodSize, weights?: Float32Array): Neighborhood {
  const [rowTotal, columnTotal] = [batchSize(batch) * rowCount, batchSize(batch) * columnCount];
  rows.forEach((row, e) => {
    const column = columns[e];
    if (!(row >= 0 && row < rowTotal && column >= 0 && column < columnTotal)) {
      throw new SceneError(`entry (${row}, ${column}) lies outside ${rowTotal} × ${columnTotal}`, { code: 'index-out-of-range', place: `entry ${e}` });
    }
    if (Math.floor(row / rowCount) !== Math.floor(column / columnCount)) {
      throw new SceneError(`entry (${row}, ${column}) joins two elements of the batch`, { code: 'malformed', place: `entry ${e}` });
    }
  });
  const { offsets, order } = listSegments(rows, rowTotal);
  const [sortedColumns, sortedWeights] = [new Int32Array(order.length), new Float32Array(order.length).fill(1)];
  for (let place = 0; place < order.length; place++) {
    sortedColumns[place] = columns[order[place]];
    if (weights) sortedWeights[place] = weights[order[place]];
  }
  return { batch, rowCount, columnCount, offsets, columns: sortedColumns, weights: sortedWeights };
}

/**
 * Rows become columns: the map back. Entries of a row are in the order of their old rows.
 * @example
 * ```ts
 * const { neighborhoodFromDense, transposeNeighborhood } = geometry.convolution;
 * const transposed = transposeNeighborhood(neighborhoodFromDense([0, 5, 6], { rowCount: 1, columnCount: 3 }));
 * transposed.rowCount; // → 3
 * transposed.offsets; // → [0, 0, 1, 2]
 * ```
 */
export function transposeNeighborhood(neighborhood: Neighborhood): Neighborhood {
  const { batch, rowCount, columnCount, columns, weights } = neighborhood;
  return neighborhoodFromEntries(columns, rowsOfEntries(neighborhood), { batch, rowCount: columnCount, columnCount: rowCount }, weights);
}

/**
 * Weights divided by the sum of their magnitudes in the row; rows of zeros stay.
 * @example
 * ```ts
 * const { neighborhoodFromDense, normalizeRows } = geometry.convolution;
 * normalizeRows(neighborhoodFromDense([1, 3, 0, 2], { rowCount: 2, columnCount: 2 })).weights; // → [0.25, 0.75, 1]
 * ```
 */
export function normalizeRows(neighborhood: Neighborhood): Neighborhood {
  const { offsets } = neighborhood;
  const weights = neighborhood.weights.slice();
  for (let row = 0; row + 1 < offsets.length; row++) {
    let sum = 0;
    for (let e = offsets[row]; e < offsets[row + 1]; e++) sum += Math.abs(weights[e]);
    if (sum > 0) for (let e = offsets[row]; e < offsets[row + 1]; e++) weights[e] /= sum;
  }
  return { ...neighborhood, weights };
}

/**
 * Every row's weights become 1 / (number of its entries).
 * @example
 * ```ts
 * const { averageRows, neighborhoodFromDense } = geometry.convolution;
 * averageRows(neighborhoodFromDense([1, 3, 0, 2], { rowCount: 2, columnCount: 2 })).weights; // → [0.5, 0.5, 1]
 * ```
 */
export function averageRows(neighborhood: Neighborhood): Neighborhood {
  return normalizeRows({ ...neighborhood, weights: new Float32Array(neighborhood.columns.length).fill(1) });
}

/**
 * A batch of neighbourhoods of different sizes, padded to the largest; padding has no entries.
 * @param list one for each element, without batches of their own.
 * @param options.leastRows and leastColumns of the batch, which no element may reach.
 * @returns the batch, and the true rows and columns of each element, [B, 2].
 * @example
 * ```ts
 * const { neighborhoodFromDense, stackNeighborhoods } = geometry.convolution;
 * const [small, large] = [neighborhoodFromDense([5], { rowCount: 1, columnCount: 1 }), neighborhoodFromDense([0, 6, 7, 0], { rowCount: 2, columnCount: 2 })];
 * const { neighborhood, sizes } = stackNeighborhoods([small, large]);
 * sizes; // → [1, 1, 2, 2]
 * // The first's second row is padding; rows and columns of the second count on.
 * neighborhood.offsets; // → [0, 1, 1, 2, 3]
 * neighborhood.columns; // → [0, 3, 2]
 * ```
 */
export function stackNeighborhoods(
  list: readonly Neighborhood[], { leastRows = 0, leastColumns = 0 }: { readonly leastRows?: number; readonly leastColumns?: number } = {},
): { readonly neighborhood: Neighborhood; readonly sizes: Int32Array } {
  const bad = list.findIndex(({ batch }) => batch.length > 0);
  if (bad >= 0) throw new SceneError('is already a batch', { code: 'malformed', place: `neighborhood ${bad}` });
  const rowCount = Math.max(leastRows, ...list.map((one) => one.rowCount));
  const columnCount = Math.max(leastColumns, ...list.map((one) => one.columnCount));
  const shift = (values: Int32Array, by: number) => values.map((value) => value + by);
  const concatenate = (parts: readonly Int32Array[]) => {
    const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
    return all;
  };
  const weights = new Float32Array(list.reduce((sum, one) => sum + one.weights.length, 0));
  list.reduce((at, one) => { weights.set(one.weights, at); return at + one.weights.length; }, 0);
  return {
    neighborhood: neighborhoodFromEntries(
      concatenate(list.map((one, b) => shift(rowsOfEntries(one), b * rowCount))),
      concatenate(list.map((one, b) => shift(one.columns, b * columnCount))),
      { batch: [list.length], rowCount, columnCount }, weights,
    ),
    sizes: Int32Array.from(list.flatMap((one) => [one.rowCount, one.columnCount])),
  };
}
