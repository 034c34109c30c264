import { SceneError } from './errors';
import { vertexCount, type Mesh } from './mesh';
import { averageRows, neighborhoodFromEntries, type Neighborhood, type NeighborhoodSize } from './neighborhood';

/**
 * The 1-ring of every vertex of a triangle mesh, in ascending order, each neighbour once, with weights 1 / (number of entries): what FeaStNet calls
 * the adjacency with self edges. Any mesh will do: edges of three faces, isolated vertices (their own neighbour alone) and degenerate faces.
 * @param mesh its positions and faces.
 * @param options.selfEdges whether each vertex is its own neighbour.
 * @throws SceneError 'index-out-of-range' where a face names a vertex that does not exist.
 * @example
 * ```ts
 * const triangle = { positions: new Float32Array(9), faces: Uint32Array.from([0, 1, 2]) };
 * geometry.convolution.meshNeighborhood(triangle).columns; // → [0, 1, 2, 0, 1, 2, 0, 1, 2]
 * geometry.convolution.meshNeighborhood(triangle, { selfEdges: false }).columns; // → [1, 2, 0, 2, 0, 1]
 * ```
 */
export function meshNeighborhood(mesh: Pick<Mesh, 'positions' | 'faces'>, { selfEdges = true } = {}): Neighborhood {
  const { faces } = mesh;
  const count = vertexCount(mesh);
  const bad = faces.findIndex((index) => index >= count);
  if (bad >= 0) {
    throw new SceneError(`face ${Math.floor(bad / 3)} names vertex ${faces[bad]}, but there are only ${count}`, { code: 'index-out-of-range', place: `face ${Math.floor(bad / 3)}` });
  }
  // Each corner sees the two others; then duplicates go, row by row.
  const rows = new Int32Array(2 * faces.length);
  const columns = new Int32Array(2 * faces.length);
  for (let corner = 0; corner < faces.length; corner++) {
    const face = corner - (corner % 3);
    for (let k = 1; k < 3; k++) {
      rows[2 * corner + k - 1] = faces[corner];
      columns[2 * corner + k - 1] = faces[face + ((corner + k) % 3)];
    }
  }
  const all = neighborhoodFromEntries(rows, columns, { rowCount: count, columnCount: count });
  const kept: Int32Array[] = [];
  const offsets = new Int32Array(count + 1);
  for (let v = 0; v < count; v++) {
    const seen = new Set(all.columns.subarray(all.offsets[v], all.offsets[v + 1]));
    seen.delete(v);
    if (selfEdges) seen.add(v);
    kept.push(Int32Array.from(seen).sort());
    offsets[v + 1] = offsets[v] + seen.size;
  }
  const unique = new Int32Array(offsets[count]);
  kept.forEach((ring, v) => unique.set(ring, offsets[v]));
  return averageRows({ batch: [], rowCount: count, columnCount: count, offsets, columns: unique, weights: new Float32Array(unique.length) });
}

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
