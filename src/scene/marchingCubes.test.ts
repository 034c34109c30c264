import { describe, expect, it } from 'vitest';
import { marchingCubes, type MarchingCubesOptions } from './marchingCubes';
import { CELL_TRIANGLES, ringsOf } from './marchingCubesTables';
import type { Mesh } from './mesh';
import { createRandom } from './random';
import { buildTopology } from './topology';

type Triple = [number, number, number];
type Field = (x: number, y: number, z: number) => number;

/** A field over [−1, 1]³, and the placement of its grid. */
function sample(field: Field, shape: Triple): { values: Float32Array; placement: MarchingCubesOptions } {
  const spacing = shape.map((count) => 2 / (count - 1)) as Triple;
  const values = new Float32Array(shape[0] * shape[1] * shape[2]);
  values.forEach((_, at) => {
    const place = [Math.floor(at / (shape[1] * shape[2])), Math.floor(at / shape[2]) % shape[1], at % shape[2]];
    const [x, y, z] = place.map((i, axis) => i * spacing[axis] - 1);
    values[at] = field(x, y, z);
  });
  return { values, placement: { origin: [-1, -1, -1], spacing } };
}

const cornersOf = ({ positions, faces }: Mesh, face: number): number[][] =>
  [0, 1, 2].map((k) => [...positions.subarray(3 * faces[3 * face + k], 3 * faces[3 * face + k] + 3)]);
const cross = (a: number[], b: number[]): number[] => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const minus = (a: number[], b: number[]): number[] => a.map((x, i) => x - b[i]);

const volume = (mesh: Mesh): number => {
  let sum = 0;
  for (let face = 0; 3 * face < mesh.faces.length; face++) {
    const [a, b, c] = cornersOf(mesh, face);
    const n = cross(b, c);
    sum += (a[0] * n[0] + a[1] * n[1] + a[2] * n[2]) / 6;
  }
  return sum;
};

const smallestArea = (mesh: Mesh): number => {
  let smallest = Infinity;
  for (let face = 0; 3 * face < mesh.faces.length; face++) {
    const [a, b, c] = cornersOf(mesh, face);
    smallest = Math.min(smallest, Math.hypot(...cross(minus(b, a), minus(c, a))) / 2);
  }
  return smallest;
};

/** Directed edges without exactly one partner in the opposite direction. */
function openEdges({ faces }: Mesh): number {
  const counts = new Map<string, number>();
  const count = (a: number, b: number) => counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1);
  faces.forEach((vertex, corner) => count(vertex, faces[corner % 3 === 2 ? corner - 2 : corner + 1]));
  return [...counts].filter(([edge, times]) => times !== 1 || counts.get(edge.split(' ').reverse().join(' ')) !== 1).length;
}

const euler = (mesh: Mesh): number => mesh.positions.length / 3 - mesh.faces.length / 6;

describe('the table of cells', () => {
  it('joins each crossed edge once, for every set of inside corners', () => {
    for (let mask = 0; mask < 256; mask++) {
      const crossed = Array.from({ length: 24 }, (_, edge) => edge).filter((edge) => {
        const [low, bit] = [Math.floor(edge / 3), 4 >> (edge % 3)];
        return (low & bit) === 0 && ((mask >> low) & 1) !== ((mask >> (low | bit)) & 1);
      });
      const rings = ringsOf(mask);
      expect(rings.flat().sort((a, b) => a - b), `case ${mask}`).toEqual(crossed);
      expect(CELL_TRIANGLES[mask].length, `case ${mask}`).toBe(rings.reduce((sum, ring) => sum + 3 * (ring.length - 2), 0));
    }
  });
});

describe('marchingCubes', () => {
  it('finds a sphere: closed, of one piece, outward, its volume within 1 %', () => {
    const { values, placement } = sample((x, y, z) => 0.8 - Math.hypot(x, y, z), [33, 41, 37]);
    const mesh = marchingCubes(values, [33, 41, 37], 0, placement);
    expect(buildTopology(mesh).opposites.indexOf(-1)).toBe(-1);
    expect(euler(mesh)).toBe(2);
    expect(Math.abs(volume(mesh) / ((4 / 3) * Math.PI * 0.8 ** 3) - 1)).toBeLessThan(0.01);
    for (let v = 0; v < mesh.positions.length; v += 3) expect(Math.hypot(...mesh.positions.subarray(v, v + 3))).toBeCloseTo(0.8, 2);
  });

  it('finds a torus around z in a field of distances', () => {
    const { values, placement } = sample((x, y, z) => Math.hypot(Math.hypot(x, y) - 0.6, z) - 0.25, [61, 61, 41]);
    const mesh = marchingCubes(values, [61, 61, 41], 0, { ...placement, inside: 'low' });
    expect(buildTopology(mesh).opposites.indexOf(-1)).toBe(-1);
    expect(euler(mesh)).toBe(0);
    expect(Math.abs(volume(mesh) / (2 * Math.PI ** 2 * 0.6 * 0.25 ** 2) - 1)).toBeLessThan(0.01);
  });

  it.each([1, 2, 3, 4, 5, 6])('closes random fields, those with values at the level too (seed %i)', (seed) => {
    const random = createRandom(seed);
    const shape: Triple = [4 + random.integer(6), 4 + random.integer(6), 4 + random.integer(6)];
    const count = shape[0] * shape[1] * shape[2];
    for (const draw of [() => random.normal(), () => random.integer(3) - 1]) {
      const values = Float32Array.from({ length: count }, draw);
      for (const inside of ['high', 'low'] as const) {
        const mesh = marchingCubes(values, shape, 0, { inside, cap: true });
        expect(mesh.faces.length).toBeGreaterThan(0);
        expect(openEdges(mesh)).toBe(0);
        expect(buildTopology(mesh).opposites.indexOf(-1)).toBe(-1);
        expect(smallestArea(mesh)).toBeGreaterThan(0);
        expect(volume(mesh)).toBeGreaterThan(0);
      }
    }
  });

  it('keeps faces their area where values equal the level', () => {
    const { values } = sample((x, y, z) => 4 - 5 * (Math.abs(x) + Math.abs(y) + Math.abs(z)), [11, 11, 11]);
    const rounded = values.map(Math.round);
    expect(rounded.filter((value) => value === 0).length).toBeGreaterThan(0);
    const mesh = marchingCubes(rounded, [11, 11, 11], 0);
    expect(openEdges(mesh)).toBe(0);
    expect(smallestArea(mesh)).toBeGreaterThan(0);
    expect(euler(mesh)).toBe(2);
  });

  it('is open at the border, and closed there if capped', () => {
    const values = new Float32Array(27).fill(1);
    expect(marchingCubes(values, [3, 3, 3], 0).faces.length).toBe(0);
    const box = marchingCubes(values, [3, 3, 3], 0, { cap: true, spacing: [1, 2, 3], name: 'box' });
    expect(box.name).toBe('box');
    expect(euler(box)).toBe(2);
    expect(volume(box) / 48).toBeCloseTo(1, 2);
    const slope = Float32Array.from({ length: 27 }, (_, at) => 0.5 - Math.floor(at / 9));
    const sheet = marchingCubes(slope, [3, 3, 3], 0);
    expect(sheet.faces.length / 3).toBe(8);
    expect(cornersOf(sheet, 0).map(([x]) => x)).toEqual([0.5, 0.5, 0.5]);
    const [a, b, c] = cornersOf(sheet, 0);
    expect(cross(minus(b, a), minus(c, a))[0]).toBeGreaterThan(0);
    expect(openEdges(sheet)).toBeGreaterThan(0);
  });

  it('takes a grid without cells', () => {
    expect(marchingCubes([0, 1], [1, 1, 2], 0.5).positions.length).toBe(0);
    expect(euler(marchingCubes([1], [1, 1, 1], 0.5, { cap: true }))).toBe(2);
  });

  it('refuses what is no grid, no placement or too much', () => {
    const code = (value: string) => expect.objectContaining({ name: 'SceneError', details: expect.objectContaining({ code: value }) as unknown }) as Error;
    expect(() => marchingCubes([1, 2], [1, 1, 3], 0)).toThrow(code('malformed'));
    expect(() => marchingCubes([1, 2], [1, 1.5, 2], 0)).toThrow(code('malformed'));
    expect(() => marchingCubes([1, 2], [1, 1, 2], NaN)).toThrow(code('not-finite'));
    expect(() => marchingCubes([1, Infinity], [1, 1, 2], 0)).toThrow(/value at \[0, 0, 1\]/);
    expect(() => marchingCubes([1], [1, 1, 1], 0, { spacing: [1, 0, 1] })).toThrow(code('malformed'));
    expect(() => marchingCubes([1], [1, 1, 1], 0, { origin: [1, NaN, 1] })).toThrow(code('not-finite'));
    expect(() => marchingCubes({ length: 2 ** 27 }, [512, 512, 512], 0)).toThrow(code('too-large'));
  });
});
