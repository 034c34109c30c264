import { SceneError } from './errors';
import { averageRows, neighborhoodFromEntries, type Neighborhood, type NeighborhoodSize } from './neighborhood';

/**
 * From a table of up to k neighbours for each row, such as a search of nearest neighbours gives.
 * @param indices [B · rowCount, k], columns counted within each element; −1 for none.
 * @param size rows and columns of each element, and the leading batch shape, none by default.
 * @param weights [B · rowCount, k]; by default 1 / (number of the row's neighbours).
 * @throws SceneError 'index-out-of-range', 'malformed' where the table has another length.
 * @example
 * ```ts
 * const table = Int32Array.from([1, -1, 0, 1]);
 * const { columns, weights } = geometry.convolution.neighborhoodFromTable(table, 2, { rowCount: 2, columnCount: 2 });
 * columns; // → [1, 0, 1]
 * weights; // → [1, 0.5, 0.5]
 * ```
 */
export function neighborhoodFromTable(indices: Int32Array, k: number, size: NeighborhoodSize, weights?: Float32Array): Neighborhood {
  const { rowCount, columnCount, batch = [] } = size;
  const rowTotal = batch.reduce((product, n) => product * n, 1) * rowCount;
  if (indices.length !== rowTotal * k) {
    throw new SceneError(`a table of ${rowTotal} rows of ${k} has ${rowTotal * k} indices, not ${indices.length}`, { code: 'malformed' });
  }
  const entries = Int32Array.from(indices.keys()).filter((e) => indices[e] >= 0);
  const rows = entries.map((e) => Math.floor(e / k));
  const columns = entries.map((e, i) => {
    if (indices[e] >= columnCount) throw new SceneError(`index ${indices[e]} lies outside ${columnCount} columns`, { code: 'index-out-of-range', place: `row ${rows[i]}` });
    return Math.floor(rows[i] / rowCount) * columnCount + indices[e];
  });
  const built = neighborhoodFromEntries(rows, columns, size, weights && Float32Array.from(entries, (e) => weights[e]));
  return weights ? built : averageRows(built);
}

/**
 * The nonzero entries of dense matrices.
 * @param values [*batch, rowCount, columnCount]
 * @param size rows and columns of each element, and the leading batch shape, none by default.
 * @example
 * ```ts
 * const { columns, weights } = geometry.convolution.neighborhoodFromDense([0, 5, 6, 7], { rowCount: 2, columnCount: 2 });
 * columns; // → [1, 0, 1]
 * weights; // → [5, 6, 7]
 * ```
 */
export function neighborhoodFromDense(values: ArrayLike<number>, { rowCount, columnCount, batch = [] }: NeighborhoodSize): Neighborhood {
  const [rows, columns, weights]: number[][] = [[], [], []];
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    const row = Math.floor(i / columnCount);
    rows.push(row);
    columns.push(Math.floor(row / rowCount) * columnCount + (i % columnCount));
    weights.push(values[i]);
  }
  return neighborhoodFromEntries(Int32Array.from(rows), Int32Array.from(columns), { rowCount, columnCount, batch }, Float32Array.from(weights));
}
