import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import * as tf from '../../tf';
import { rasterize } from '..';
import { rasterizeLoops } from './rasterize.cpu';

type Point = readonly [x: number, y: number, z: number, w: number];

const draw = (vertices: readonly Point[], faces: readonly number[], height: number, width: number) =>
  rasterizeLoops(Float64Array.from(vertices.flat()), Int32Array.from(faces), 1, { height, width });

const ids = (raster: ArrayLike<number>) => Array.from({ length: raster.length / 4 }, (_, i) => raster[4 * i + 3]);

/** Columns covered in each row that has any. */
function coveredColumns(raster: ArrayLike<number>, width: number): Record<number, number[]> {
  const rows: Record<number, number[]> = {};
  ids(raster).forEach((id, i) => { if (id > 0) (rows[Math.floor(i / width)] ??= []).push(i % width); });
  return rows;
}

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('rasterize', () => {
  it("covers the pixels of PyTorch3D's 10 × 10 test", () => {
    // There +x points left; here right, so x is negated. Source: PyTorch3D, tests/test_rasterize_meshes.py.
    const raster = draw([[0.3, -0.4, 0.1, 1], [0, 0.6, 0.1, 1], [-0.9, -0.4, 0.1, 1]], [1, 0, 2], 10, 10);
    expect(coveredColumns(raster, 10)).toEqual({ 3: [4], 4: [3, 4, 5], 5: [2, 3, 4, 5], 6: [1, 2, 3, 4, 5] });
    for (let i = 0; i < 100; i++) if (raster[4 * i + 3] > 0) expect(raster[4 * i + 2]).toBeCloseTo(0.1, 12);
  });

  it('covers each pixel centre on a shared edge once', () => {
    // A 4 × 4 image of a quad split along the diagonal, which passes through four pixel centres; both windings.
    const quad: Point[] = [[-1, -1, 0, 1], [1, -1, 0, 1], [1, 1, 0, 1], [-1, 1, 0, 1]];
    for (const [first, second] of [[[0, 1, 2], [0, 2, 3]], [[0, 2, 1], [0, 3, 2]]]) {
      const [a, b] = [first, second].map((face) => ids(draw(quad, face, 4, 4)));
      expect(a.map((id, i) => id + b[i])).toEqual(new Array(16).fill(1));
    }
    // Edges of a fan of triangles that all meet in a pixel's centre.
    const fan: Point[] = [[0.2, 0.2, 0, 1], ...Array.from({ length: 7 }, (_, k): Point => [2 * Math.cos(k * 0.9), 2 * Math.sin(k * 0.9), 0, 1])];
    const counts = new Array<number>(25).fill(0);
    for (let k = 0; k < 7; k++) ids(draw(fan, [0, 1 + k, 1 + ((k + 1) % 7)], 5, 5)).forEach((id, i) => { counts[i] += id; });
    expect(counts).toEqual(new Array(25).fill(1));
  });

  it('lets the nearest triangle win, then the lower id', () => {
    const triangle = (z: number): Point[] => [[-1, -1, z, 1], [3, -1, z, 1], [-1, 3, z, 1]];
    expect(ids(draw([...triangle(0.5), ...triangle(-0.25)], [0, 1, 2, 3, 4, 5], 2, 2))).toEqual([2, 2, 2, 2]);
    expect(ids(draw([...triangle(0.5), ...triangle(0.5)], [3, 4, 5, 0, 1, 2], 2, 2))).toEqual([1, 1, 1, 1]);
  });

  it('keeps only what lies between the clip planes', () => {
    const triangle = (z: number): Point[] => [[-1, -1, z, 1], [3, -1, z, 1], [-1, 3, z, 1]];
    expect(ids(draw(triangle(1.01), [0, 1, 2], 2, 2))).toEqual([0, 0, 0, 0]);
    expect(ids(draw(triangle(-1.01), [0, 1, 2], 2, 2))).toEqual([0, 0, 0, 0]);
    expect(ids(draw(triangle(1), [0, 1, 2], 2, 2))).toEqual([1, 1, 1, 1]);
  });

  it.each([1, 2, 3, 4])('draws triangles that cross the near plane and w = 0 as if they were clipped (seed %i)', (seed) => {
    const random = createRandom(seed);
    const size = 24;
    let crossing = 0;
    for (let trial = 0; trial < 40; trial++) {
      const corners = [0, 1, 2].map((): Point => {
        const [x, y, depth] = [4 * random.uniform() - 2, 4 * random.uniform() - 2, 6 * random.uniform() - 2.5];
        // near 0.5, far 10
        return [x, y, (10.5 / 9.5) * depth - 10 / 9.5, depth];
      });
      const clipped = clipNear(corners);
      if (clipped.length === 0 || corners.every(([, , z, w]) => z >= -w)) continue;
      crossing++;
      const fan = Array.from({ length: clipped.length - 2 }, (_, k) => [0, k + 1, k + 2]).flat();
      const whole = ids(draw(corners, [0, 1, 2], size, size));
      const parts = ids(draw(clipped, fan, size, size)).map((id) => Math.min(id, 1));
      // The clipped corners are rounded, so a centre on an edge may differ.
      expect(whole.filter((id, i) => id !== parts[i]).length).toBeLessThanOrEqual(1);
    }
    expect(crossing).toBeGreaterThan(5);
  });

  it('gives perspective-correct barycentrics', () => {
    const corners: Point[] = [[-1, -1.2, 0, 1], [3.5, -3, 1, 3], [0.2, 2.5, 0.5, 2]];
    const raster = draw(corners, [0, 1, 2], 9, 11);
    let covered = 0;
    for (let i = 0; i < 99; i++) {
      if (raster[4 * i + 3] === 0) continue;
      covered++;
      const [u, v] = [raster[4 * i], raster[4 * i + 1]];
      const at = [0, 1, 2, 3].map((k) => u * corners[0][k] + v * corners[1][k] + (1 - u - v) * corners[2][k]);
      expect(at[0] / at[3]).toBeCloseTo((2 * (i % 11) + 1) / 11 - 1, 10);
      expect(at[1] / at[3]).toBeCloseTo(1 - (2 * Math.floor(i / 11) + 1) / 9, 10);
      expect(at[2] / at[3]).toBeCloseTo(raster[4 * i + 2], 10);
    }
    expect(covered).toBeGreaterThan(15);
  });

  it.each([11, 12, 13])("covers a triangle's area up to its outline's pixels (seed %i)", (seed) => {
    const random = createRandom(seed);
    const size = 64;
    const [a, b, c] = [0, 1, 2].map((): Point => [1.8 * random.uniform() - 0.9, 1.8 * random.uniform() - 0.9, 0, 1]);
    const toPixels = size / 2;
    const area = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * toPixels ** 2;
    const outline = [[a, b], [b, c], [c, a]].reduce((sum, [p, q]) => sum + Math.hypot(q[0] - p[0], q[1] - p[1]) * toPixels, 0);
    const count = ids(draw([a, b, c], [0, 1, 2], size, size)).filter((id) => id > 0).length;
    expect(Math.abs(count - area)).toBeLessThan(outline / 2);
  });

  it('skips triangles without area and those that are not finite', () => {
    const corners: Point[] = [[0, 0, 0, 1], [1, 1, 0, 1], [0.5, 0.5, 0, 1], [NaN, 0, 0, 1], [0, 1, 0, 0]];
    for (const face of [[0, 1, 2], [0, 0, 1], [0, 1, 3], [4, 4, 0]]) expect(Math.max(...ids(draw(corners, face, 8, 8)))).toBe(0);
  });

  it('draws every pose of a batch from its own vertices, and counts as a constant to gradients', () => {
    const pose = (x: number): number[][] => [[x - 0.5, -0.5, 0, 1], [x + 0.5, -0.5, 0, 1], [x, 0.5, 0, 1]];
    const faces = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
    const raster = rasterize(tf.tensor3d([pose(-0.5), pose(0.5)]), faces, { height: 8, width: 16 });
    expect(raster.shape).toEqual([2, 8, 16, 4]);
    const columns = (b: number) => Object.values(coveredColumns(raster.dataSync().slice(b * 512, (b + 1) * 512), 16)).flat();
    expect(Math.max(...columns(0))).toBeLessThan(8);
    expect(Math.min(...columns(1))).toBeGreaterThanOrEqual(8);
    const gradient = tf.grad((x) => tf.add(tf.sum(x), tf.sum(rasterize(x as tf.Tensor3D, faces, { height: 4, width: 4 }))))(tf.tensor3d([pose(0)]));
    expect(Array.from(gradient.dataSync())).toEqual(new Array(12).fill(1));
  });

  it('refuses wrong shapes and sizes by name', () => {
    const faces = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
    expect(() => rasterize(tf.zeros([1, 3, 3]), faces, { height: 4, width: 4 })).toThrow(/clipVertices must have exactly 4 dimensions in axis 2/);
    expect(() => rasterize(tf.zeros([1, 3, 4]), tf.zeros([1, 4], 'int32'), { height: 4, width: 4 })).toThrow(/faces must have exactly 3/);
    expect(() => rasterize(tf.zeros([1, 2, 4]), faces, { height: 4, width: 4 })).toThrow('faces names vertex 2 in face 0, but clipVertices has 2 vertices');
    expect(() => rasterize(tf.zeros([1, 3, 4]), faces, { height: 0, width: 4 })).toThrow(/size.height must be a positive whole number/);
  });
});

/** Sutherland–Hodgman against z ≥ −w: what remains has w > 0. */
function clipNear(polygon: readonly Point[]): Point[] {
  return polygon.flatMap((p, i) => {
    const q = polygon[(i + 1) % polygon.length];
    const [dp, dq] = [p[2] + p[3], q[2] + q[3]];
    const t = dp / (dp - dq);
    const cut = p.map((value, k) => value + t * (q[k] - value)) as unknown as Point;
    return [...(dp >= 0 ? [p] : []), ...(dp >= 0 !== dq >= 0 ? [cut] : [])];
  });
}
