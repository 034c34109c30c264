import { describe, expect, it } from 'vitest';
import { rowsOfEntries, type Neighborhood } from './neighborhood';
import { buildPointHierarchy, type PointLevelPlan } from './pointHierarchy';
import { createRandom } from './random';

const random = createRandom(31);
const uniform = (count: number) => Float32Array.from({ length: 3 * count }, () => random.uniform());
const point = (positions: Float32Array, i: number) => Array.from(positions.subarray(3 * i, 3 * i + 3));
const squared = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0);
const rowOf = ({ offsets, columns }: Neighborhood, row: number) => Array.from(columns.subarray(offsets[row], offsets[row + 1]));

const plan: readonly PointLevelPlan[] = [
  { sampling: { method: 'farthest', count: 12 }, groups: [{ k: 4 }, { radius: 0.4 }, { k: 3, radius: 0.3 }], within: [{ k: 2 }], cells: true, interpolation: { k: 3 } },
  { sampling: { method: 'farthest', count: 5 }, groups: [{ k: 6 }], cells: true, interpolation: { k: 1 } },
];

describe('buildPointHierarchy', () => {
  const clouds = { batch: 3, count: 40, positions: uniform(120), sizes: Int32Array.of(40, 25, 3) };
  const levels = buildPointHierarchy(clouds, plan, { within: [{ radius: 0.2 }] });

  it('finds what a comparison of all with all finds, in every cloud', () => {
    const [fine, coarse] = levels;
    expect(levels.map(({ count }) => count)).toEqual([40, 12, 5]);
    expect(levels.map(({ sizes }) => Array.from(sizes))).toEqual([[40, 25, 3], [12, 12, 3], [5, 5, 3]]);
    clouds.sizes.forEach((size, b) => {
      for (let i = 0; i < coarse.sizes[b]; i++) {
        const here = point(coarse.positions, 12 * b + i);
        const order = Array.from({ length: size }, (_, j) => ({ j: 40 * b + j, d: squared(here, point(fine.positions, 40 * b + j)) })).sort((x, y) => x.d - y.d || x.j - y.j);
        expect(point(fine.positions, 40 * b + coarse.indices![12 * b + i])).toEqual(here);
        expect(rowOf(coarse.groups[0], 12 * b + i)).toEqual(order.slice(0, 4).map(({ j }) => j));
        expect(new Set(rowOf(coarse.groups[1], 12 * b + i))).toEqual(new Set(order.filter(({ d }) => d <= 0.16).map(({ j }) => j)));
        expect(rowOf(coarse.groups[2], 12 * b + i)).toEqual(order.slice(0, 3).filter(({ d }) => d <= 0.09).map(({ j }) => j));
      }
    });
  });

  it('gives every point to one cell, and nothing to padding', () => {
    for (const [level, below] of [[levels[1], levels[0]], [levels[2], levels[1]]]) {
      const given = Array.from(level.cells!.columns).sort((x, y) => x - y);
      expect(given).toEqual(Array.from({ length: 3 }, (_, b) => Array.from({ length: below.sizes[b] }, (_v, i) => b * below.count + i)).flat());
      for (const neighborhood of [...level.groups, ...level.within, level.cells!]) {
        const rows = rowsOfEntries(neighborhood);
        expect(rows.every((row, e) => row % level.count < level.sizes[Math.floor(row / level.count)]
          && Math.floor(row / neighborhood.rowCount) === Math.floor(neighborhood.columns[e] / neighborhood.columnCount))).toBe(true);
      }
    }
  });

  it('interpolates by weights that add up to 1, and gives a source its own features', () => {
    const { interpolation, indices } = levels[1];
    for (let i = 0; i < 40; i++) {
      const [from, to] = [interpolation!.offsets[i], interpolation!.offsets[i + 1]];
      expect(to - from).toBe(3);
      expect(interpolation!.weights.subarray(from, to).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    for (let i = 0; i < 12; i++) {
      const { offsets, columns, weights } = interpolation!;
      const at = offsets[indices![i]];
      expect(columns[at]).toBe(i);
      expect(weights[at]).toBeGreaterThan(0.999);
    }
  });

  it('does not depend on the order of the points without a seed, and is the same again with one', () => {
    const order = Int32Array.from({ length: 40 }, (_, i) => (17 * i + 5) % 40);
    const cloud = clouds.positions.subarray(0, 120);
    const shuffled = Float32Array.from(order, (from) => from).reduce((all, from, to) => {
      all.set(cloud.subarray(3 * from, 3 * from + 3), 3 * to);
      return all;
    }, new Float32Array(120));
    const build = (positions: Float32Array, seed?: number) => buildPointHierarchy({ batch: 1, count: 40, positions }, plan, { seed });
    expect(build(shuffled)[2].positions).toEqual(build(cloud)[2].positions);
    expect(build(cloud, 3)).toEqual(build(cloud, 3));
    expect(build(cloud, 3)[1].indices).not.toEqual(build(cloud, 4)[1].indices);
  });

  it('does not depend on the order of the points where many are equally far, and some copies (seed 31)', () => {
    const lattice = Float32Array.from({ length: 3 * 64 }, (_, i) => Math.floor(Math.floor(i / 3) / 4 ** (i % 3)) % 4);
    const copied = Float32Array.from({ length: 3 * 64 }, (_, i) => lattice[3 * Math.floor(Math.floor(i / 3) / 4) + (i % 3)]);
    const order = Int32Array.from({ length: 64 }, (_, i) => (37 * i + 5) % 64);
    const all: readonly PointLevelPlan[] = [
      { ...plan[0], sampling: { method: 'farthest', count: 20 } }, { ...plan[0], sampling: { method: 'poisson', radius: 1 } },
      { ...plan[0], sampling: { method: 'grid', cellSize: 2 } },
    ];
    for (const cloud of [lattice, copied]) {
      const shuffled = Float32Array.from({ length: 3 * 64 }, (_, i) => cloud[3 * order[Math.floor(i / 3)] + (i % 3)]);
      for (const seed of [undefined, 4]) {
        const [one, other] = [cloud, shuffled].map((positions) => buildPointHierarchy({ batch: 1, count: 64, positions }, all, { seed, within: [{ k: 5 }] }));
        one.slice(1).forEach((level, i) => expect(other[i + 1].positions).toEqual(level.positions));
        // Whom a point sees, by their places.
        const placesSeen = (levels: typeof one, neighborhood: Neighborhood, row: number, level: number) => rowOf(neighborhood, row).map((column) => point(levels[level].positions, column));
        for (let row = 0; row < 20; row++) expect(placesSeen(other, other[1].groups[0], row, 0)).toEqual(placesSeen(one, one[1].groups[0], row, 0));
        for (let row = 0; row < 64; row++) {
          expect(placesSeen(other, other[0].within[0], row, 0)).toEqual(placesSeen(one, one[0].within[0], order[row], 0));
          expect(placesSeen(other, other[1].interpolation!, row, 1)).toEqual(placesSeen(one, one[1].interpolation!, order[row], 1));
        }
        for (let i = 0; i < 20; i++) expect(point(shuffled, other[1].indices![i])).toEqual(point(other[1].positions, i));
        expect(Array.from(other[1].cells!.columns, (column) => point(shuffled, column).join()).sort()).toEqual(Array.from(one[1].cells!.columns, (column) => point(cloud, column).join()).sort());
      }
    }
  });

  it('samples by disks and by grid cells', () => {
    const [, disks] = buildPointHierarchy(clouds, [{ sampling: { method: 'poisson', radius: 0.4 }, cells: true }], { seed: 1 });
    for (let i = 0; i < disks.sizes[0]; i++) {
      for (let j = 0; j < i; j++) expect(squared(point(disks.positions, i), point(disks.positions, j))).toBeGreaterThan(0.16);
    }
    const [, cells] = buildPointHierarchy(clouds, [{ sampling: { method: 'grid', cellSize: 0.5 }, cells: true }]);
    const row = rowOf(cells.cells!, 0);
    const mean = [0, 1, 2].map((k) => row.reduce((sum, j) => sum + clouds.positions[3 * j + k], 0) / row.length);
    expect(squared(mean, point(cells.positions, 0))).toBeLessThan(1e-10);
    expect(cells.indices).toBeUndefined();
  });

  it('takes points that coincide, clouds without points, and refuses what is wrong', () => {
    const same = buildPointHierarchy({ batch: 2, count: 6, positions: new Float32Array(36), sizes: Int32Array.of(6, 0) }, plan);
    expect(Array.from(same[1].indices!.subarray(0, 6))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(same[1].interpolation!.weights.every(Number.isFinite)).toBe(true);
    expect(same.map(({ sizes }) => sizes[1])).toEqual([0, 0, 0]);
    expect(() => buildPointHierarchy({ batch: 1, count: 2, positions: new Float32Array(5) }, plan)).toThrow(/1 clouds of 2 points have 6 coordinates, not 5/);
    expect(() => buildPointHierarchy({ batch: 1, count: 2, positions: new Float32Array(6), sizes: Int32Array.of(3) }, plan)).toThrow(/sizes must lie between 0 and 2/);
    expect(() => buildPointHierarchy({ batch: 1, count: 1, positions: new Float32Array(3) }, [{ sampling: { method: 'farthest', count: 1 }, groups: [{}] }])).toThrow(/needs k, a radius or both/);
    expect(() => buildPointHierarchy({ batch: 1, count: 1, positions: Float32Array.of(NaN, 0, 0) }, plan)).toThrow(/NaN/);
  });
});
