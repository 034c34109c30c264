import { describe, expect, it } from 'vitest';
import { farthestPoints } from './farthestPoints';
import { farthestPointsByTree } from './farthestTree';
import { createRandom } from './random';

const random = createRandom(12);
const clouds: readonly (readonly [string, number, Float32Array])[] = [
  ['random points', 3, Float32Array.from({ length: 3 * 300 }, () => random.normal())],
  ['points of a plane grid, many equally far', 2, Float32Array.from({ length: 2 * 225 }, (_, i) => (i % 2 === 0 ? Math.floor(i / 2) % 15 : Math.floor(i / 30)))],
  ['points on a line', 3, Float32Array.from({ length: 3 * 100 }, (_, i) => (i % 3 === 0 ? (7 * i) % 100 : 0))],
  ['points that coincide', 3, new Float32Array(3 * 50)],
  ['copies of four points', 2, Float32Array.from({ length: 2 * 64 }, () => random.integer(2))],
  ['a single point', 3, Float32Array.of(1, 2, 3)],
];

describe('farthestPointsByTree', () => {
  it.each(clouds)('chooses what the comparison with all chooses: %s', (_name, dimension, points) => {
    const total = points.length / dimension;
    const start = Math.floor(total / 3);
    // The whole order, ties included.
    expect(farthestPointsByTree(points, dimension, total, start)).toEqual(farthestPoints(points, dimension, total, { start }));
  });

  it('is what many points are sampled by, with the same result', () => {
    const points = Float32Array.from({ length: 3 * 3000 }, () => random.uniform());
    const many = farthestPoints(points, 3, 400);
    expect(farthestPoints(points, 3, 100)).toEqual(many.subarray(0, 100));
    expect(farthestPointsByTree(points, 3, 100, 0)).toEqual(many.subarray(0, 100));
  });
});
