import { averageRows, neighborhoodFromEntries, rowsOfEntries, type Neighborhood } from './neighborhood';

/**
 * The graph of groups: two are neighbours where a vertex of one has a neighbour in the other. For groups made by collapsing a mesh's edges these are
 * the coarse mesh's 1-rings, with whatever edges join its components; a group of several vertices that are neighbours is its own.
 * @param neighborhood square, without a batch.
 * @param parents [V]: the group of each vertex. @param coarseCount how many groups there are.
 * @returns square, columns ascending, each once, with weights 1 / (number of entries).
 * @example
 * ```ts
 * // A path of four vertices, folded into two.
 * const { coarsenNeighborhood, neighborhoodFromTable } = geometry.convolution;
 * const path = neighborhoodFromTable(Int32Array.from([0, 1, 1, 2, 2, 3, 3, 3]), 2, { rowCount: 4, columnCount: 4 });
 * const coarse = coarsenNeighborhood(path, Int32Array.from([0, 0, 1, 1]), 2);
 * coarse.offsets; // → [0, 2, 3]
 * coarse.columns; // → [0, 1, 1]
 * ```
 */
export function coarsenNeighborhood(neighborhood: Neighborhood, parents: Int32Array, coarseCount: number): Neighborhood {
  const rings = Array.from({ length: coarseCount }, () => new Set<number>());
  const rows = rowsOfEntries(neighborhood);
  rows.forEach((row, e) => rings[parents[row]].add(parents[neighborhood.columns[e]]));
  const columns = rings.map((ring) => Int32Array.from(ring).sort());
  return averageRows(neighborhoodFromEntries(
    Int32Array.from(columns.flatMap((list, row) => Array.from(list, () => row))), Int32Array.from(columns.flatMap((list) => [...list])),
    { rowCount: coarseCount, columnCount: coarseCount },
  ));
}
