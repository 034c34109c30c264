import { describe, expect, it } from 'vitest';
import { buildBallGrid } from './gridSearch';
import { buildPointGrid } from './pointGrid';
import { testClouds } from './testing/clouds';

describe.each(testClouds(11))('a grid of $name points (seed 11)', ({ points, dimension }) => {
  it.each([0.05, 0.4, 10])('puts every point into the cell around it, once (size %f)', (size) => {
    const grid = buildPointGrid(points, dimension, size);
    const extents = Array.from({ length: Math.min(3, dimension) }, (_, d) => Math.max(...points.filter((__, i) => i % dimension === d)) - grid.low[d]);
    expect(grid.cellSize).toBeGreaterThanOrEqual(Math.min(size, Math.max(...extents) || 1));
    expect(Array.from(grid.points).sort((a, b) => a - b)).toEqual(Array.from({ length: grid.count }, (_, i) => i));
    const [nx, ny] = grid.cells;
    for (let cell = 0; cell + 1 < grid.starts.length; cell++) {
      const place = [cell % nx, Math.floor(cell / nx) % ny, Math.floor(cell / (nx * ny))];
      for (let i = grid.starts[cell]; i < grid.starts[cell + 1]; i++) {
        if (i > grid.starts[cell]) expect(grid.points[i]).toBeGreaterThan(grid.points[i - 1]);
        for (let d = 0; d < dimension; d++) {
          expect(grid.coordinates[i * dimension + d]).toBe(points[grid.points[i] * dimension + d]);
          if (d < 3) expect(Math.abs((grid.coordinates[i * dimension + d] - grid.low[d]) / grid.cellSize - place[d] - 0.5)).toBeLessThanOrEqual(0.501);
        }
      }
    }
  });
});

it('a grid has at most four cells a point, whatever lies far away, and narrower ones where balls hold many', () => {
  const points = Float32Array.from({ length: 3000 }, (_, i) => (i < 3 ? 1e6 : Math.abs(Math.sin(i))));
  expect(buildPointGrid(points, 3, 1e-3).starts.length).toBeLessThanOrEqual(4001);
  const dense = Float32Array.from({ length: 3000 }, (_, i) => Math.abs(Math.sin(17 * i)));
  expect(buildBallGrid(dense, 3, 1).cellSize).toBeLessThan(0.6);
  expect(buildBallGrid(new Float32Array(300), 3, 1).count).toBe(100);
  expect(() => buildPointGrid(dense, 3, NaN)).toThrow(/cells of size NaN hold nothing/);
});
