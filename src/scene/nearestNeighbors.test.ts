import { describe, expect, it } from 'vitest';
import { nearestNeighbors, radiusPairs } from './nearestNeighbors';
import { createRandom } from './random';
import { testClouds } from './testing/clouds';

/** Everything compared with everything, and sorted. */
function bruteForce(points: Float32Array, dimension: number, queries: Float32Array, query: number, skip: number): { point: number; squared: number }[] {
  return Array.from({ length: points.length / dimension }, (_, point) => {
    let squared = 0;
    for (let d = 0; d < dimension; d++) squared += (queries[query * dimension + d] - points[point * dimension + d]) ** 2;
    return { point, squared };
  }).filter(({ point }) => point !== skip).sort((a, b) => a.squared - b.squared || a.point - b.point);
}

const expected = (points: Float32Array, dimension: number, queries: Float32Array, k: number, radius = Infinity, excludeSelf = false) =>
  Array.from({ length: queries.length / dimension }, (_, query) => {
    const found = bruteForce(points, dimension, queries, query, excludeSelf ? query : -1).filter(({ squared }) => squared <= radius * radius).slice(0, k);
    return Array.from({ length: k }, (_, i) => found[i]?.point ?? -1);
  }).flat();

describe.each(testClouds(7))('neighbours among $name points (seed 7)', ({ points, dimension }) => {
  it.each(['tree', 'blocks'] as const)('by %s are those of brute force, ties by index', (method) => {
    for (const k of [1, 7, 16]) {
      expect(Array.from(nearestNeighbors(points, dimension, k, { method }).indices)).toEqual(expected(points, dimension, points, k));
    }
    const excluded = nearestNeighbors(points, dimension, 5, { method, excludeSelf: true });
    expect(Array.from(excluded.indices)).toEqual(expected(points, dimension, points, 5, Infinity, true));
  });

  it.each(['tree', 'grid', 'blocks'] as const)('by %s of other queries, within a radius', (method) => {
    const random = createRandom(3);
    const queries = Float32Array.from({ length: 40 * dimension }, () => 3 * random.uniform() - 1);
    for (const radius of [0.1, 0.5, Infinity]) {
      const { indices, squaredDistances } = nearestNeighbors(points, dimension, 6, { queries, radius, method });
      expect(Array.from(indices)).toEqual(expected(points, dimension, queries, 6, radius));
      squaredDistances.forEach((squared, i) => expect(squared <= radius * radius * (1 + 1e-6) || indices[i] === -1).toBe(true));
    }
  });

  it('within a radius are all pairs', () => {
    const radius = 0.25;
    const { offsets, indices, squaredDistances } = radiusPairs(points, dimension, radius);
    for (let query = 0; query + 1 < offsets.length; query++) {
      const found = bruteForce(points, dimension, points, query, -1).filter(({ squared }) => squared <= radius * radius).sort((a, b) => a.point - b.point);
      expect(Array.from(indices.subarray(offsets[query], offsets[query + 1]))).toEqual(found.map(({ point }) => point));
      expect(Array.from(squaredDistances.subarray(offsets[query], offsets[query + 1]))).toEqual(found.map(({ squared }) => Math.fround(squared)));
    }
  });
});

describe('searches', () => {
  it('give −1 and Infinity where there are fewer than k points, or none', () => {
    const { indices, squaredDistances } = nearestNeighbors(Float32Array.of(0, 0, 0, 1, 0, 0), 3, 3, { queries: Float32Array.of(2, 0, 0) });
    expect(Array.from(indices)).toEqual([1, 0, -1]);
    expect(Array.from(squaredDistances)).toEqual([1, 4, Infinity]);
    expect(nearestNeighbors(new Float32Array(0), 3, 3).indices).toHaveLength(0);
    expect(Array.from(nearestNeighbors(new Float32Array(0), 3, 2, { queries: new Float32Array(3) }).indices)).toEqual([-1, -1]);
    expect(nearestNeighbors(new Float32Array(6), 3, 0).indices).toHaveLength(0);
  });

  it('refuse what is no point', () => {
    expect(() => nearestNeighbors(Float32Array.of(0, NaN), 2, 1)).toThrow(/point 0: coordinate 1 is NaN/);
    expect(() => nearestNeighbors(new Float32Array(4), 3, 1)).toThrow(/4 coordinates are not points of dimension 3/);
    expect(() => nearestNeighbors(new Float32Array(6), 3, 1, { radius: -1 })).toThrow(/a radius of -1 reaches nothing/);
    expect(() => radiusPairs(new Float32Array(6), 3, NaN)).toThrow(/a radius of NaN reaches nothing/);
  });
});
