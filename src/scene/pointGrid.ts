import { SceneError } from './errors';
import { checkPoints } from './kdTree';

/**
 * Points sorted into the cells of a regular grid. N points, D coordinates, of which the first three (or as many as there are) make the grid; G cells.
 * Cells are numbered with x running fastest, so that neighbours along x lie side by side in the sorted order.
 */
export interface PointGrid {
  readonly dimension: number;
  readonly count: number;
  /** The side of a cell, at least what was asked for. */
  readonly cellSize: number;
  /** [3], the lower corner; 0 on axes that there are not. */
  readonly low: Float64Array;
  /** [3], cells along each axis; 1 on axes that there are not. */
  readonly cells: Int32Array;
  /** [G + 1]: cell g has the points starts[g] … starts[g + 1] − 1 of the sorted order. */
  readonly starts: Int32Array;
  /** [N]: which point stands there; within a cell in ascending order. */
  readonly points: Int32Array;
  /** [N, D] in that order. */
  readonly coordinates: Float32Array;
}

/** Cells along one axis at most: so many a float32 still tells apart to a thousandth of a cell. */
const MOST_ALONG_AXIS = 2048;
/** Cells for each point at most, lest an outlier makes a grid of empty ones. */
const CELLS_PER_POINT = 4;
const LEAST_CELLS = 64;
/** A cell is this much larger than asked for (relative), so that rounding moves no neighbour two cells away. */
const CELL_SLACK = 1e-3;

const axesOf = (dimension: number): number => Math.min(dimension, 3);

function boundsOf(points: Float32Array, dimension: number): { readonly low: Float64Array; readonly extents: Float64Array } {
  const axes = axesOf(dimension);
  const [low, high] = [new Float64Array(3), new Float64Array(3)];
  low.fill(Infinity, 0, axes);
  high.fill(-Infinity, 0, axes);
  for (let at = 0; at < points.length; at += dimension) {
    for (let d = 0; d < axes; d++) {
      const x = points[at + d];
      if (x < low[d]) low[d] = x;
      if (x > high[d]) high[d] = x;
    }
  }
  return { low, extents: high.map((x, d) => x - low[d]) };
}

/** How many cells of a size there are along each axis. */
const cellsAlong = (extents: Float64Array, size: number): Int32Array => Int32Array.from(extents, (extent) => Math.floor(extent / size) + 1);

/** The wanted size, doubled until there are not too many cells. */
function fit(extents: Float64Array, wanted: number, count: number): { readonly cellSize: number; readonly cells: Int32Array } {
  const most = Math.max(LEAST_CELLS, CELLS_PER_POINT * count);
  const widest = Math.max(...extents);
  let cellSize = Math.max(Math.min(wanted, widest) * (1 + CELL_SLACK), widest / (MOST_ALONG_AXIS - 1));
  // All in one place: any cell holds them.
  if (cellSize === 0) cellSize = 1;
  let cells = cellsAlong(extents, cellSize);
  while (cells[0] * cells[1] * cells[2] > most) {
    cellSize *= 2;
    cells = cellsAlong(extents, cellSize);
  }
  return { cellSize, cells };
}

/**
 * A counting sort of points by their cell. O(N), and at most 4 N cells: where cells of the wanted size would be more, as with an outlier far away, they are larger.
 * @param points [N, D]
 * @param cellSize wanted, in the points' unit; none is wider than the cloud.
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function buildPointGrid(points: Float32Array, dimension: number, cellSize: number): PointGrid {
  const count = checkPoints(points, dimension);
  if (!(cellSize >= 0)) throw new SceneError(`cells of size ${cellSize} hold nothing`, { code: 'malformed' });
  const { low, extents } = count > 0 ? boundsOf(points, dimension) : { low: new Float64Array(3), extents: new Float64Array(3) };
  const fitted = fit(extents, cellSize, count);
  const [cells, inverse, axes] = [fitted.cells, 1 / fitted.cellSize, axesOf(dimension)];
  const [, ny] = cells;
  const steps = [1, cells[0], cells[0] * ny];
  const starts = new Int32Array(cells[0] * ny * cells[2] + 1);
  const cellOf = new Int32Array(count);
  for (let point = 0, at = 0; point < count; point++, at += dimension) {
    let cell = 0;
    for (let d = 0; d < axes; d++) cell += steps[d] * Math.min(cells[d] - 1, Math.floor((points[at + d] - low[d]) * inverse));
    cellOf[point] = cell;
    starts[cell + 1]++;
  }
  for (let cell = 1; cell < starts.length; cell++) starts[cell] += starts[cell - 1];
  const next = starts.slice(0, -1);
  const sorted = new Int32Array(count);
  const coordinates = new Float32Array(points.length);
  for (let point = 0; point < count; point++) {
    const place = next[cellOf[point]]++;
    sorted[place] = point;
    for (let d = 0; d < dimension; d++) coordinates[place * dimension + d] = points[point * dimension + d];
  }
  return { dimension, count, cellSize: fitted.cellSize, low, cells, starts, points: sorted, coordinates };
}
