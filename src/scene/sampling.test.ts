import { describe, expect, it } from 'vitest';
import { farthestPoints } from './farthestPoints';
import { gridCells } from './gridCells';
import { poissonDiskSample } from './poissonDisk';
import { testClouds } from './testing/clouds';

const squared = (points: Float32Array, dimension: number, a: number, b: number) => {
  let sum = 0;
  for (let d = 0; d < dimension; d++) sum += (points[a * dimension + d] - points[b * dimension + d]) ** 2;
  return sum;
};

describe.each(testClouds(9))('samples of $name points (seed 9)', ({ points, dimension }) => {
  const count = points.length / dimension;
  const all = Array.from({ length: count }, (_, i) => i);

  it('by farthest points are those that plain definition picks', () => {
    const chosen = Array.from(farthestPoints(points, dimension, 12, { start: 3 }));
    const plain = [3];
    while (plain.length < 12) {
      const reach = all.map((i) => (plain.includes(i) ? -1 : Math.min(...plain.map((p) => squared(points, dimension, i, p)))));
      plain.push(reach.indexOf(Math.max(...reach)));
    }
    expect(chosen).toEqual(plain);
    expect(new Set(farthestPoints(points, dimension, 10_000)).size).toBe(count);
  });

  it('by Poisson disks keep apart and cover', () => {
    const radius = 0.2;
    for (const options of [{}, { seed: 5 }]) {
      const kept = Array.from(poissonDiskSample(points, dimension, radius, options));
      for (const a of kept) for (const b of kept) expect(a === b || squared(points, dimension, a, b) > radius ** 2).toBe(true);
      expect(all.every((i) => kept.some((p) => squared(points, dimension, i, p) <= radius ** 2))).toBe(true);
    }
    expect(poissonDiskSample(points, dimension, radius, { seed: 5 })).toEqual(poissonDiskSample(points, dimension, radius, { seed: 5 }));
  });

  it('by grid cells keep the centre of mass, and no cell is wider than its size', () => {
    const size = 0.3;
    const { means, cells, map } = gridCells(points, dimension, size);
    const members = new Array<number>(means.length / dimension).fill(0);
    cells.forEach((cell) => { members[cell]++; });
    for (let d = 0; d < dimension; d++) {
      const whole = all.reduce((sum, i) => sum + points[i * dimension + d], 0) / count;
      const weighted = members.reduce((sum, m, cell) => sum + m * means[cell * dimension + d], 0) / count;
      expect(Math.abs(weighted - whole)).toBeLessThan(1e-6 * Math.max(1, Math.abs(whole)));
    }
    all.forEach((i) => { for (let d = 0; d < dimension; d++) expect(Math.abs(points[i * dimension + d] - means[cells[i] * dimension + d])).toBeLessThanOrEqual(size * 1.001); });
    expect([map.rowCount, map.columnCount, map.columns.length]).toEqual([members.length, count, count]);
  });
});

it('samples refuse what is no point or no cell', () => {
  expect(() => farthestPoints(Float32Array.of(NaN), 1, 1)).toThrow(/coordinate 0 is NaN/);
  expect(() => gridCells(new Float32Array(3), 3, 0)).toThrow(/a cell of size 0/);
  expect(farthestPoints(new Float32Array(0), 3, 4)).toHaveLength(0);
});
