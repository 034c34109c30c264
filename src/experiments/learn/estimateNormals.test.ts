import { expect, it } from 'vitest';
import { createRandom } from '../../scene/random';
import { estimateNormals } from './estimateNormals';

it('finds the normals of a sphere, outward, wherever it lies', () => {
  const random = createRandom(1);
  const directions = Array.from({ length: 400 }, () => {
    const v = [random.normal(), random.normal(), random.normal()];
    return v.map((x) => x / Math.hypot(...v));
  });
  const { normals } = estimateNormals({ name: 'sphere', positions: Float32Array.from(directions.flatMap((d) => d.map((x) => 20 * x + 100))) });
  const cosines = directions.map((d, i) => d.reduce((sum, x, axis) => sum + x * (normals as Float32Array)[3 * i + axis], 0));
  expect(Math.min(...cosines)).toBeGreaterThan(0.9);
  expect(cosines.reduce((a, b) => a + b, 0) / cosines.length).toBeGreaterThan(0.98);
});

it('finds those of a plane to the last digit, and keeps everything else', () => {
  const random = createRandom(2);
  const positions = Float32Array.from({ length: 90 }, (_, i) => (i % 3 === 1 ? 0 : random.uniform()));
  const cloud = { name: 'plane', positions, labels: new Uint8Array(30) };
  const { normals, ...rest } = estimateNormals(cloud);
  expect(rest).toEqual(cloud);
  normals?.forEach((x, i) => expect(Math.abs(x)).toBeCloseTo(i % 3 === 1 ? 1 : 0, 6));
});

it.each([['one point', 1, 0], ['two', 2, 1], ['coinciding ones', 20, 0], ['a line', 20, 1]])('gives %s normals of unit length', (_, count, spread) => {
  const positions = Float32Array.from({ length: 3 * count }, (__, i) => spread * Math.floor(i / 3));
  const { normals } = estimateNormals({ name: 'thin', positions });
  const n = normals as Float32Array;
  for (let i = 0; i < count; i++) expect(Math.hypot(n[3 * i], n[3 * i + 1], n[3 * i + 2])).toBeCloseTo(1, 6);
});
