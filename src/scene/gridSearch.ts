import { insertNearest, type KdSearch, type NearestList } from './kdSearch';
import { buildPointGrid, type PointGrid } from './pointGrid';

/** Scanned row by row, a range of cells along x costs what about so many points cost: with more in a cell, smaller cells are faster. */
const MOST_IN_CELL = 8;
/** Halving ends here, wherever points lie. */
const MOST_HALVINGS = 4;
/** The grid's coordinates are rounded: rows and ranges reach this much further, in cells. */
const ROUNDING = 1e-6;

/**
 * A grid for balls of one radius: its cells are as wide, and halved while they hold many points, as with a large ball of which the nearest few are wanted.
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function buildBallGrid(points: Float32Array, dimension: number, radius: number): PointGrid {
  let grid = buildPointGrid(points, dimension, radius);
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    let occupied = 0;
    for (let cell = 0; cell + 1 < grid.starts.length; cell++) if (grid.starts[cell + 1] > grid.starts[cell]) occupied++;
    if (grid.count <= MOST_IN_CELL * occupied) break;
    const finer = buildPointGrid(points, dimension, grid.cellSize / 2);
    // Copies of one place stay together in cells of any size.
    if (!(finer.cellSize < grid.cellSize)) break;
    grid = finer;
  }
  return grid;
}

/**
 * Looks points up in one grid again and again. Rows of cells along x are visited in rings around the query's, from the inside out, and of each row the cells alone that
 * the limit reaches: with cells as wide as the radius 27 of them, or 9 or 3 in fewer dimensions. Cells of a row lie side by side in the sorted order.
 * Distances are summed as a k-d tree's are, so that both agree to the bit.
 */
export function createGridSearch(grid: PointGrid): KdSearch {
  const { dimension, cellSize, low, cells, starts, points, coordinates } = grid;
  const inverse = 1 / cellSize;
  const [nx, ny, nz] = cells;
  let limit = Infinity;

  /** How far a query at `place` (in cells) is from the cells numbered `cell` along an axis, in the points' unit. */
  const gap = (place: number, cell: number): number => Math.max(0, cell - place - ROUNDING, place - cell - 1 - ROUNDING) * cellSize;

  /** Calls `scan` with ranges of places, which may lower the limit. */
  const around = (queries: Float32Array, at: number, scan: (start: number, end: number) => void): void => {
    const along = (axis: number) => (axis < dimension ? (queries[at + axis] - low[axis]) * inverse : 0);
    const [x, y, z] = [along(0), along(1), along(2)];
    const [cy, cz] = [Math.min(ny - 1, Math.max(0, Math.floor(y))), Math.min(nz - 1, Math.max(0, Math.floor(z)))];
    const scanRow = (j: number, k: number): void => {
      if (j < 0 || j >= ny || k < 0 || k >= nz) return;
      const [dy, dz] = [gap(y, j), gap(z, k)];
      const rest = limit - dy * dy - dz * dz;
      if (rest < 0) return;
      const half = Math.sqrt(rest) * inverse + ROUNDING;
      const [first, last] = [Math.max(0, Math.floor(x - half)), Math.min(nx - 1, Math.floor(x + half))];
      if (first > last) return;
      const row = (k * ny + j) * nx;
      const [start, end] = [starts[row + first], starts[row + last + 1]];
      if (start < end) scan(start, end);
    };
    const mostRings = Math.max(cy, ny - 1 - cy, cz, nz - 1 - cz);
    for (let ring = 0; ring <= mostRings; ring++) {
      // The nearest that any row of this ring or the next ones can be.
      const least = Math.min(gap(y, cy - ring), gap(y, cy + ring), gap(z, cz - ring), gap(z, cz + ring));
      if (least * least > limit) return;
      for (let k = cz - ring; k <= cz + ring; k++) {
        const step = k === cz - ring || k === cz + ring ? 1 : 2 * ring;
        for (let j = cy - ring; j <= cy + ring; j += step) scanRow(j, k);
      }
    }
  };

  const squaredDistanceTo = (place: number, queries: Float32Array, at: number): number => {
    let sum = 0;
    for (let d = 0, p = place * dimension; d < dimension; d++, p++) {
      const difference = queries[at + d] - coordinates[p];
      sum += difference * difference;
    }
    return sum;
  };

  return {
    nearest: (list: NearestList, queries, at, within, skip) => {
      list.count = 0;
      limit = within;
      if (list.capacity === 0) return;
      const last = list.capacity - 1;
      around(queries, at, (start, end) => {
        for (let place = start; place < end; place++) {
          const squared = squaredDistanceTo(place, queries, at);
          const point = points[place];
          if (squared > limit || point === skip) continue;
          if (list.count === list.capacity && squared === limit && point > list.indices[last]) continue;
          insertNearest(list, squared, point);
          if (list.count === list.capacity) limit = list.distances[last];
        }
      });
    },
    within: (queries, at, within, visit) => {
      limit = within;
      around(queries, at, (start, end) => {
        for (let place = start; place < end; place++) {
          const squared = squaredDistanceTo(place, queries, at);
          if (squared <= within) visit(points[place], squared);
        }
      });
    },
  };
}
