import { describe, expect, it } from 'vitest';
import { buildShape, SHAPE_FAMILIES } from './families';
import { connectedComponents } from './meshBridges';
import { meshLevels } from './meshLevels';
import type { Mesh } from './mesh';
import { torusMesh } from './primitives';
import { createRandom, type Random } from './random';
import { remesh } from './remesh';
import { rowsOfEntries } from './neighborhood';

type Surface = Pick<Mesh, 'positions' | 'faces'>;
const SHARES = [1 / 4, 1 / 16];

const shuffledNumbers = (count: number, random: Random): number[] =>
  Array.from({ length: count }, (_, v) => ({ v, key: random.uniform() })).sort((a, b) => a.key - b.key).map(({ v }) => v);

/** The same mesh with its vertices and faces in another order. @returns it, and which old vertex each new one is. */
function shuffled({ positions, faces }: Surface, random: Random): { readonly mesh: Surface; readonly order: number[] } {
  const order = shuffledNumbers(positions.length / 3, random);
  const places = new Map(order.map((v, i) => [v, i]));
  const turned = shuffledNumbers(faces.length / 3, random).flatMap((f) => [1, 2, 0].map((k) => places.get(faces[3 * f + k])!));
  return { mesh: { positions: Float32Array.from(order.flatMap((v) => [...positions.subarray(3 * v, 3 * v + 3)])), faces: Uint32Array.from(turned) }, order };
}

/** Random triangles among random points: edges of many faces, crossing sheets, degenerate and repeated faces, points alone, copies of points. */
function tangle(random: Random): Surface {
  const points = Array.from({ length: 60 }, () => [random.normal(), random.normal(), random.normal()]);
  const copies = Array.from({ length: 10 }, () => points[random.integer(60)]);
  return { positions: Float32Array.from([...points, ...copies].flat()), faces: Uint32Array.from({ length: 240 }, () => random.integer(50 + 20 * random.integer(2))) };
}

const meshes: readonly (readonly [string, Surface])[] = [
  ['a torus', torusMesh(1, 0.4, 16, 10)],
  ...SHAPE_FAMILIES.map((family) => [`a ${family.id}`, remesh(buildShape(family, 6).mesh, { vertices: 250, random: createRandom(6) }).mesh] as const),
  ...[1, 2, 3].map((seed) => [`a tangle, seed ${seed}`, tangle(createRandom(seed))] as const),
];

describe.each(meshes)('the levels of %s', (_name, mesh) => {
  const levels = meshLevels(mesh, SHARES);

  it('each hold every vertex of the one before once, in rows that sum to 1', () => {
    let before = mesh.positions.length / 3;
    for (const { pooling, neighbors, positions } of levels) {
      expect([pooling.columnCount, pooling.rowCount, neighbors.columnCount]).toEqual([before, neighbors.rowCount, positions.length / 3]);
      expect([...pooling.columns].sort((a, b) => a - b)).toEqual(Array.from({ length: before }, (_, v) => v));
      for (let row = 0; row < pooling.rowCount; row++) {
        expect(pooling.weights.subarray(pooling.offsets[row], pooling.offsets[row + 1]).reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 5);
      }
      before = neighbors.rowCount;
    }
    const counts = levels.map(({ neighbors }) => neighbors.rowCount);
    for (const i of [1, 2]) expect(counts[i]).toBeLessThanOrEqual(Math.ceil(counts[i - 1] / 2));
  });

  it('are connected, with neighbours both ways and each vertex among its own', () => {
    for (const { neighbors } of levels) {
      expect(connectedComponents(neighbors).count).toBe(1);
      const rows = rowsOfEntries(neighbors);
      const entries = new Set(Array.from(rows, (row, e) => `${row},${neighbors.columns[e]}`));
      rows.forEach((row, e) => expect(entries.has(`${neighbors.columns[e]},${row}`)).toBe(true));
      for (let v = 0; v < neighbors.rowCount; v++) expect(entries.has(`${v},${v}`)).toBe(true);
    }
  });

  it('are the same whatever the order of vertices and faces (seed 8)', () => {
    const { mesh: other, order } = shuffled(mesh, createRandom(8));
    const again = meshLevels(other, SHARES);
    expect(again[2]).toEqual(levels[2]);
    expect([again[1].positions, again[1].neighbors]).toEqual([levels[1].positions, levels[1].neighbors]);
    // Where a vertex went, level by level.
    const parentOf = (level: (typeof levels)[number]) => {
      const rows = rowsOfEntries(level.pooling);
      const parents = new Int32Array(level.pooling.columnCount);
      rows.forEach((row, e) => { parents[level.pooling.columns[e]] = row; });
      return parents;
    };
    const [ours, theirs] = [levels, again].map(([first, second]) => Int32Array.from(parentOf(first), (place) => parentOf(second)[place]));
    expect(Array.from(theirs)).toEqual(order.map((v) => ours[v]));
  });
});

it('points without faces are coarsened too', () => {
  const random = createRandom(9);
  const counts = meshLevels({ positions: Float32Array.from({ length: 300 }, () => random.normal()), faces: new Uint32Array() }, SHARES).map(({ neighbors }) => neighbors.rowCount);
  expect(counts).toEqual([100, 50, 25]);
});

it('meshes of one vertex, of none and of one place have levels too', () => {
  for (const count of [0, 1, 4]) {
    const levels = meshLevels({ positions: new Float32Array(3 * count), faces: new Uint32Array() }, SHARES);
    expect(levels.map(({ neighbors }) => neighbors.rowCount)).toEqual(Array.from({ length: 3 }, () => Math.min(1, count)));
  }
  expect(() => meshLevels({ positions: new Float32Array(3), faces: Uint32Array.of(0, 0, 7) })).toThrow(/face 0 names vertex 7/);
});
