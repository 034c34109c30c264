import { describe, expect, it } from 'vitest';
import type { PointCloud } from '../../scene/pointCloud';
import { createRandom } from '../../scene/random';
import { augmentCloud } from './augment';
import { drawIndices, drawPoints, toUnitBall } from './points';
import type { Augmentation } from './settings';

const SEED = 4;
const NONE: Augmentation = { rotation: 'none', jitter: 0, scale: 0, dropout: 0 };

/** Points of an ellipsoid with its normals; labels number them. */
function ellipsoid(count: number): PointCloud {
  const random = createRandom(SEED);
  const [positions, normals] = [new Float32Array(3 * count), new Float32Array(3 * count)];
  for (let i = 0; i < count; i++) {
    const v = [random.normal(), random.normal(), random.normal()];
    const length = Math.hypot(...v);
    const axes = [1, 0.5, 0.25];
    const n = v.map((x, k) => x / length / axes[k]);
    for (let k = 0; k < 3; k++) {
      positions[3 * i + k] = (axes[k] * v[k]) / length;
      normals[3 * i + k] = n[k] / Math.hypot(...n);
    }
  }
  return { name: 'ellipsoid', positions, normals, labels: Uint8Array.from({ length: count }, (_, i) => i % 256) };
}

const augment = (changes: Partial<Augmentation>, cloud = ellipsoid(100), seed = SEED) => augmentCloud(cloud, { ...NONE, ...changes }, createRandom(seed));
const rows = (data: Float32Array) => Array.from({ length: data.length / 3 }, (_, i) => [...data.subarray(3 * i, 3 * i + 3)]);
const lengths = (data: Float32Array) => rows(data).map((row) => Math.hypot(...row));

describe(`augmentation, seed ${SEED}`, () => {
  it('leaves a cloud as it is where all is off, and does the same for the same seed', () => {
    expect(augment({})).toEqual(ellipsoid(100));
    const all: Partial<Augmentation> = { rotation: 'any', jitter: 0.02, scale: 0.3, dropout: 0.5, mirror: true };
    expect(augment(all)).toEqual(augment(all));
    expect(augment(all, ellipsoid(100), 5).positions).not.toEqual(augment(all).positions);
  });

  it('turns about the axis that is to stay upright', () => {
    for (const [up, axis] of [['y', 1], ['z', 2]] as const) {
      const turned = augment({ rotation: 'upright', up });
      rows(turned.positions).forEach((row, i) => expect(row[axis]).toBeCloseTo(ellipsoid(100).positions[3 * i + axis], 6));
      expect(turned.positions).not.toEqual(ellipsoid(100).positions);
    }
    lengths(augment({ rotation: 'any' }).positions).forEach((length, i) => expect(length).toBeCloseTo(lengths(ellipsoid(100).positions)[i], 5));
  });

  it('keeps normals upright on the surface when it is stretched and mirrored', () => {
    const axes = [1, 0.5, 0.25];
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { positions, normals } = augment({ scale: 0.5, mirror: true }, ellipsoid(100), seed);
      const factors = [0, 1, 2].map((k) => positions[k] / ellipsoid(100).positions[k]);
      factors.forEach((factor) => expect(Math.abs(Math.log(Math.abs(factor)))).toBeLessThanOrEqual(Math.log(1.5) + 1e-6));
      rows(normals as Float32Array).forEach((n, i) => {
        const expected = [0, 1, 2].map((k) => positions[3 * i + k] / (axes[k] * factors[k]) ** 2);
        n.forEach((x, k) => expect(x).toBeCloseTo(expected[k] / Math.hypot(...expected), 4));
      });
    }
    const mirrored = [1, 2, 3, 4, 5, 6].map((seed) => augment({ mirror: true }, ellipsoid(100), seed).positions[0] / ellipsoid(100).positions[0]);
    expect(new Set(mirrored)).toEqual(new Set([-1, 1]));
  });

  it('shifts points by little', () => {
    const shifts = augment({ jitter: 0.02 }).positions.map((x, i) => Math.abs(x - ellipsoid(100).positions[i]));
    expect(Math.max(...shifts)).toBeLessThanOrEqual(0.06 + 1e-6);
    expect(shifts.reduce((a, b) => a + b, 0) / shifts.length).toBeGreaterThan(0.01);
  });

  it('lets other points of the cloud stand in for those dropped, with their labels', () => {
    const original = ellipsoid(100);
    const { positions, labels } = augment({ dropout: 0.9 });
    expect(labels).toHaveLength(100);
    expect(new Set(labels).size).toBeLessThan(100);
    labels?.forEach((label, i) => expect(rows(positions)[i]).toEqual(rows(original.positions)[label]));
  });
});

describe('points', () => {
  it('draws all different ones where there are enough, else all equally often', () => {
    expect(new Set(drawIndices(50, 20, createRandom(1))).size).toBe(20);
    const counts = new Array<number>(7).fill(0);
    drawIndices(7, 17, createRandom(2)).forEach((i) => { counts[i]++; });
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([2, 3]);
    const drawn = drawPoints(ellipsoid(40), 10, createRandom(3));
    drawn.labels?.forEach((label, i) => expect(rows(drawn.positions)[i]).toEqual(rows(ellipsoid(40).positions)[label]));
  });

  it('moves and scales a cloud into the unit ball, and one point alone to its middle', () => {
    const { positions, radius } = toUnitBall(ellipsoid(60).positions.map((x) => 5 + 3 * x));
    expect(Math.max(...lengths(positions))).toBeCloseTo(1, 6);
    for (let k = 0; k < 3; k++) expect(rows(positions).reduce((sum, row) => sum + row[k], 0)).toBeCloseTo(0, 4);
    expect(radius).toBeCloseTo(3 * toUnitBall(ellipsoid(60).positions).radius, 5);
    expect([...toUnitBall(Float32Array.of(4, 5, 6)).positions]).toEqual([0, 0, 0]);
  });
});
