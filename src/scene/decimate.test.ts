import { describe, expect, it } from 'vitest';
import { decimate } from './decimate';
import { decimationHierarchy } from './decimationHierarchy';
import type { Mesh } from './mesh';
import { boxMesh, icosphereMesh, torusMesh } from './primitives';
import { buildTopology } from './topology';

const count = ({ positions }: Pick<Mesh, 'positions'>) => positions.length / 3;
const isClosed = (mesh: Mesh) => buildTopology(mesh).opposites.every((v) => v >= 0);
const point = ({ positions }: Mesh, v: number) => Array.from(positions.subarray(3 * v, 3 * v + 3));

const determinant = (a: number[], b: number[], c: number[]) =>
  a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);

/** (n + 1)² vertices over the unit square in steps of 1 / n, tilted and away from the origin so that nothing is exact by luck. */
function plate(n: number): Mesh {
  const positions: number[] = [];
  const faces: number[] = [];
  for (let i = 0; i <= n; i++) for (let j = 0; j <= n; j++) positions.push(3 + i / n, 5 + j / n, 7 + i / n / 2);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const a = i * (n + 1) + j;
      faces.push(a, a + n + 1, a + n + 2, a, a + n + 2, a + 1);
    }
  }
  return { name: 'plate', positions: Float32Array.from(positions), faces: Uint32Array.from(faces) };
}

const area = ({ positions: p, faces }: Mesh) => {
  let sum = 0;
  for (let f = 0; f < faces.length; f += 3) {
    const [a, b, c] = [3 * faces[f], 3 * faces[f + 1], 3 * faces[f + 2]];
    const [u, v] = [[0, 1, 2].map((k) => p[b + k] - p[a + k]), [0, 1, 2].map((k) => p[c + k] - p[a + k])];
    sum += Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) / 2;
  }
  return sum;
};

describe('decimate', () => {
  it('halves a sphere of 20,480 faces: closed, within 0.2 % of the radius, the right way out', () => {
    const sphere = icosphereMesh(1, 5);
    const { mesh, parents } = decimate(sphere, 5121);
    expect([count(sphere), sphere.faces.length / 3, count(mesh), mesh.faces.length / 3]).toEqual([10242, 20480, 5121, 10238]);
    expect(isClosed(mesh)).toBe(true);
    for (let f = 0; f < mesh.faces.length; f += 3) {
      const middle = [0, 1, 2].map((k) => (mesh.positions[3 * mesh.faces[f] + k] + mesh.positions[3 * mesh.faces[f + 1] + k] + mesh.positions[3 * mesh.faces[f + 2] + k]) / 3);
      expect(Math.abs(Math.hypot(...middle) - 1)).toBeLessThan(0.002);
      const [a, b, c] = [0, 1, 2].map((k) => point(mesh, mesh.faces[f + k]));
      expect(determinant(a, b, c)).toBeGreaterThan(0);
    }
    for (let v = 0; v < count(sphere); v++) {
      const [p, q] = [point(sphere, v), point(mesh, parents[v])];
      expect(Math.hypot(...p.map((x, k) => x - q[k]))).toBeLessThan(0.15);
    }
  });

  it('keeps a torus a torus and a box a box', () => {
    const { mesh } = decimate(torusMesh(2, 0.5, 32, 16), 100);
    expect([count(mesh), mesh.faces.length / 3, isClosed(mesh)]).toEqual([100, 200, true]);
    const box = decimate(boxMesh([1, 2, 4]), 3);
    expect(isClosed(box.mesh)).toBe(true);
    const corners = decimate(boxMesh([1, 2, 4]), 8);
    expect(Array.from(corners.mesh.positions, Math.abs)).toEqual(Array.from({ length: 24 }, (_, i) => [0.5, 1, 2][i % 3]));
  });

  it('keeps the outline of a flat plate exactly', () => {
    const fine = plate(16);
    const { mesh } = decimate(fine, 4);
    const corners = [0, 16, 272, 288].map((v) => point(fine, v));
    expect(Array.from({ length: count(mesh) }, (_, v) => point(mesh, v))).toEqual(corners);
    expect(area(mesh)).toBeCloseTo(area(fine), 6);
    expect(mesh.faces.length).toBe(6);
  });

  it('keeps every border vertex where the boundary is locked', () => {
    const fine = plate(8);
    const { mesh, parents } = decimate(fine, 3, { lockBoundary: true });
    const border = Array.from({ length: 81 }, (_, v) => v).filter((v) => v % 9 === 0 || v % 9 === 8 || v < 9 || v >= 72);
    expect(border.map((v) => point(mesh, parents[v]))).toEqual(border.map((v) => point(fine, v)));
    expect(count(mesh)).toBeLessThanOrEqual(border.length + 1);
    expect(area(mesh)).toBeCloseTo(area(fine), 6);
  });

  it('takes fans of three sheets, and keeps them three', () => {
    // Three plates that share the edge x = 0, each 4 × 4 cells.
    const positions: number[] = [];
    const faces: number[] = [];
    for (let sheet = 0; sheet < 3; sheet++) {
      const [c, s] = [Math.cos((2 * Math.PI * sheet) / 3), Math.sin((2 * Math.PI * sheet) / 3)];
      const start = 25 * sheet;
      for (let i = 0; i <= 4; i++) for (let j = 0; j <= 4; j++) positions.push(i * c, i * s, j);
      for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) {
        const a = start + 5 * i + j;
        faces.push(a, a + 5, a + 6, a, a + 6, a + 1);
      }
    }
    const fan = { name: 'fan', positions: Float32Array.from(positions), faces: Uint32Array.from(faces) };
    const { mesh, parents } = decimate(fan, 8);
    expect(count(mesh)).toBe(8);
    expect(mesh.faces.length / 3).toBe(6);
    expect(area(mesh)).toBeCloseTo(48, 4);
    expect([parents[0], parents[4]]).toEqual([parents[25], parents[29]]);
  });

  it('drops degenerate and repeated faces, keeps lone vertices, and never loses a part', () => {
    const square = { positions: Float32Array.from([0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0, 1, 1, 0, 9, 9, 9]), faces: Uint32Array.of(0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4, 4, 0, 1, 2, 2, 3) };
    const { mesh, parents } = decimate(square, 5);
    expect(Array.from(parents)).toEqual([0, 1, 2, 3, 0, 4]);
    expect(mesh.faces.length / 3).toBe(2);
    const pair = { positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 0, 0, 6, 0, 0, 5, 1, 0), faces: Uint32Array.of(0, 1, 2, 3, 4, 5) };
    expect(decimate(pair, 3).mesh).toEqual({ ...pair, name: 'decimated' });
    expect(decimate({ positions: new Float32Array(0), faces: new Uint32Array(0) }, 3).parents.length).toBe(0);
  });

  it('maps every vertex once, with weights that sum to 1, by area where asked', () => {
    const sphere = icosphereMesh(1, 2);
    for (const weights of ['uniform', 'area'] as const) {
      const { mesh, parents, pooling } = decimate(sphere, 40, { weights });
      expect([pooling.rowCount, pooling.columnCount]).toEqual([count(mesh), count(sphere)]);
      expect(Array.from(pooling.columns).sort((a, b) => a - b)).toEqual(Array.from(parents.keys()));
      for (let row = 0; row < pooling.rowCount; row++) {
        const [from, to] = [pooling.offsets[row], pooling.offsets[row + 1]];
        expect(to).toBeGreaterThan(from);
        expect(pooling.columns.subarray(from, to).every((v) => parents[v] === row)).toBe(true);
        expect(pooling.weights.subarray(from, to).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      }
    }
    // The corner with one face of the two weighs half of the other's.
    const { pooling } = decimate({ positions: Float32Array.of(0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0, 1, 1, 0), faces: Uint32Array.of(0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4) }, 4, { weights: 'area' });
    expect(Array.from(pooling.weights.subarray(0, 2), (w) => Math.round(12 * w))).toEqual([4, 8]);
  });

  it('gives the same for the same, and leaves its input alone', () => {
    const torus = torusMesh(2, 0.5, 24, 12);
    const [positions, faces] = [torus.positions.slice(), torus.faces.slice()];
    expect(decimate(torus, 60)).toEqual(decimate(torus, 60));
    expect([torus.positions, torus.faces]).toEqual([positions, faces]);
  });

  it('builds hierarchies', () => {
    const levels = decimationHierarchy(icosphereMesh(1, 3), [300, 100, 30]);
    expect(levels.map(({ mesh, parents }) => [parents.length, count(mesh), isClosed(mesh)])).toEqual([[642, 300, true], [300, 100, true], [100, 30, true]]);
    expect(() => decimationHierarchy(icosphereMesh(1, 1), [20, 20])).toThrow(/targets must fall, but 20 follows 20/);
  });

  it('refuses wrong input by name', () => {
    const mesh = { positions: new Float32Array(9), faces: Uint32Array.of(0, 1, 2) };
    for (const target of [2, 3.5, NaN]) expect(() => decimate(mesh, target)).toThrow(/targetVertices must be an integer of 3 or more/);
    expect(() => decimate({ ...mesh, faces: Uint32Array.of(0, 1, 3) }, 3)).toThrow(/face 0 names vertex 3, but there are only 3/);
    expect(() => decimate({ ...mesh, faces: Uint32Array.of(0, 1) }, 3)).toThrow(/come in threes/);
    expect(() => decimate({ ...mesh, positions: Float32Array.of(0, 0, 0, 0, NaN, 0, 0, 0, 0) }, 3)).toThrow(/vertex 1: its position is not finite/);
    expect(() => decimate({ positions: mesh.positions, faces: new Uint32Array(12_000_003) }, 3)).toThrow(/more than 2,000,000 vertices or 4,000,000 faces/);
  });
});
