import { rowsOfEntries, type Neighborhood } from './neighborhood';

/**
 * Every entry's weight becomes 1 / √(entries of its row · entries of its column): D^−½ A D^−½ of a graph with self edges, which a graph convolutional
 * network averages by. Kipf and Welling, "Semi-Supervised Classification with Graph Convolutional Networks", ICLR 2017, equation 2.
 * @param neighborhood such as `meshNeighborhood`'s.
 * @example
 * ```ts
 * // Vertices 0 and 1 are neighbours, vertex 2 is alone.
 * const { neighborhoodFromDense, symmetricWeights } = geometry.convolution;
 * const graph = neighborhoodFromDense([1, 1, 0, 1, 1, 0, 0, 0, 1], { rowCount: 3, columnCount: 3 });
 * symmetricWeights(graph).weights; // → [0.5, 0.5, 0.5, 0.5, 1]
 * ```
 */
export function symmetricWeights(neighborhood: Neighborhood): Neighborhood {
  const { offsets, columns, batch, columnCount } = neighborhood;
  const counts = new Int32Array(batch.reduce((product, n) => product * n, 1) * columnCount);
  columns.forEach((column) => { counts[column]++; });
  const rows = rowsOfEntries(neighborhood);
  return { ...neighborhood, weights: Float32Array.from(columns, (column, e) => 1 / Math.sqrt((offsets[rows[e] + 1] - offsets[rows[e]]) * counts[column])) };
}
