import { SceneError } from './errors';
import { checkPoints } from './kdTree';
import { averageRows, neighborhoodFromEntries, type Neighborhood } from './neighborhood';

/** The occupied cells of a regular grid. N points, M cells. */
export interface GridCells {
  /** [M, D]: the mean of each cell's points. */
  readonly means: Float32Array;
  /** [N]: the cell of each point. */
  readonly cells: Int32Array;
  /** [M, N] with weights 1 / (points in the cell): a pooling map, so that features follow the points. */
  readonly map: Neighborhood;
}

/**
 * Grid averaging: one point for each occupied cell of a grid that begins at the points' lower corner. Cells come in the order of their first points. O(N).
 * @param points [N, D] @param cellSize in the points' unit.
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function gridCells(points: Float32Array, dimension: number, cellSize: number): GridCells {
  const count = checkPoints(points, dimension);
  if (!(cellSize > 0)) throw new SceneError(`a cell of size ${cellSize} holds nothing`, { code: 'malformed' });
  const low = new Float64Array(dimension).fill(Infinity);
  points.forEach((x, i) => { low[i % dimension] = Math.min(low[i % dimension], x); });
  const numbers = new Map<string, number>();
  const cells = new Int32Array(count);
  for (let point = 0; point < count; point++) {
    let key = '';
    for (let d = 0; d < dimension; d++) key += `${Math.floor((points[point * dimension + d] - low[d]) / cellSize)},`;
    const cell = numbers.get(key) ?? numbers.size;
    if (cell === numbers.size) numbers.set(key, cell);
    cells[point] = cell;
  }
  const sums = new Float64Array(numbers.size * dimension);
  const members = new Int32Array(numbers.size);
  for (let point = 0; point < count; point++) {
    members[cells[point]]++;
    for (let d = 0; d < dimension; d++) sums[cells[point] * dimension + d] += points[point * dimension + d];
  }
  const means = Float32Array.from(sums, (sum, i) => sum / members[Math.floor(i / dimension)]);
  const everyPoint = Int32Array.from({ length: count }, (_, i) => i);
  return { means, cells, map: averageRows(neighborhoodFromEntries(cells, everyPoint, { rowCount: numbers.size, columnCount: count })) };
}
