import { describe, expect, it } from 'vitest';
import { bendMesh } from './bend';
import { decimate } from './decimate';
import { buildShape, findFamily, SHAPE_FAMILIES, type ShapeFamily } from './families';
import { boundingSphere } from './measure';
import type { Mesh } from './mesh';
import { faceNormals } from './normals';
import { boxMesh, icosphereMesh } from './primitives';
import { createRandom } from './random';
import { partsOfVertices, remesh } from './remesh';
import { splitLongEdges } from './splitLongEdges';
import { buildTopology } from './topology';

const area = (mesh: Pick<Mesh, 'positions' | 'faces'>) => {
  const normals = faceNormals(mesh);
  let sum = 0;
  for (let f = 0; f < normals.length; f += 3) sum += Math.hypot(normals[f], normals[f + 1], normals[f + 2]) / 2;
  return sum;
};
const isClosed = (mesh: Mesh) => buildTopology(mesh, { creases: false }).opposites.every((v) => v >= 0);
const longest = ({ positions: p, faces }: Pick<Mesh, 'positions' | 'faces'>) => {
  let most = 0;
  faces.forEach((v, corner) => {
    const w = faces[corner - (corner % 3) + ((corner + 1) % 3)];
    most = Math.max(most, Math.hypot(p[3 * v] - p[3 * w], p[3 * v + 1] - p[3 * w + 1], p[3 * v + 2] - p[3 * w + 2]));
  });
  return most;
};

describe('splitting long edges', () => {
  it('leaves none, the surface where it was, closed, and each piece knowing its face', () => {
    // Welded, as edges count by their vertices' numbers.
    const box = decimate(boxMesh([1, 2, 4]), 8).mesh;
    const split = splitLongEdges(box, 0.3, createRandom(1));
    expect(longest(split)).toBeLessThanOrEqual(0.3);
    expect(area(split)).toBeCloseTo(28, 4);
    expect(isClosed({ name: '', ...split })).toBe(true);
    const pieces = new Float64Array(12);
    split.faceSources.forEach((source, f) => { pieces[source] += area({ positions: split.positions, faces: split.faces.subarray(3 * f, 3 * f + 3) }); });
    for (let f = 0; f < 12; f++) expect(pieces[f]).toBeCloseTo(area({ positions: box.positions, faces: box.faces.subarray(3 * f, 3 * f + 3) }), 4);
  });

  it('cuts all faces of an edge alike, were they three', () => {
    const positions = Float32Array.of(0, 0, 0, 1, 0, 0, 0.5, 1, 0, 0.5, -1, 0, 0.5, 0, 1);
    const { faces } = splitLongEdges({ positions, faces: Uint32Array.of(0, 1, 2, 1, 0, 3, 0, 1, 4) }, 2 ** -0.5 * 1.3, createRandom(2));
    const around = new Set(Array.from(faces).filter((_, corner) => faces.subarray(corner - (corner % 3), corner - (corner % 3) + 3).includes(0)));
    expect(around.has(1)).toBe(false);
  });
});

describe('remeshing', () => {
  it('keeps a box\'s corners and sides, spreads vertices over flat sides, and differs by seed', () => {
    const box = boxMesh([1, 2, 4]);
    const [a, b] = [1, 2].map((seed) => remesh(box, { vertices: 200, random: createRandom(seed) }).mesh);
    for (const mesh of [a, b]) {
      expect(mesh.positions.length / 3).toBe(200);
      expect(isClosed(mesh)).toBe(true);
      expect(area(mesh)).toBeGreaterThan(27);
      expect(area(mesh)).toBeLessThan(28.001);
      expect(longest(mesh)).toBeLessThan(1.2);
      expect(mesh.normals).toHaveLength(mesh.positions.length);
    }
    expect(Array.from(a.positions)).not.toEqual(Array.from(b.positions));
    expect(remesh(box, { vertices: 200, random: createRandom(1) }).mesh).toEqual(a);
  });

  it('puts about as many vertices on a flat square decimetre as on a round one', () => {
    const [box, ball] = [remesh(boxMesh([1, 1, 1]), { vertices: 300, random: createRandom(3) }).mesh, remesh(icosphereMesh(0.69, 3), { vertices: 300, random: createRandom(3) }).mesh];
    // Both have an area of 6, so the longest edges are alike but for chance.
    expect(longest(box) / longest(ball)).toBeGreaterThan(0.5);
    expect(longest(box) / longest(ball)).toBeLessThan(2);
  });

  it.each(SHAPE_FAMILIES.map((family) => [family.id, family] as const))('a %s stays closed and keeps all its parts where they were', (_id, family) => {
    const { mesh, partOfFace } = buildShape(family, 5);
    const made = remesh(mesh, { vertices: 500, partOfFace, random: createRandom(5) });
    expect(made.mesh.positions.length / 3).toBe(500);
    expect(made.partOfVertex).toHaveLength(500);
    expect(new Set(made.partOfFace)).toEqual(new Set(partOfFace));
    expect(new Set(made.partOfVertex)).toEqual(new Set(partOfFace));
    const sizes = (m: Mesh, parts: Uint8Array) => Array.from(new Set(partOfFace)).sort().map((part) => area({ positions: m.positions, faces: m.faces.filter((_, corner) => parts[(corner / 3) | 0] === part) }));
    const [before, after] = [sizes(mesh, partOfFace), sizes(made.mesh, made.partOfFace!)];
    // Knobs of a few vertices each may lose more of themselves, not more of the whole.
    const knob = 0.015 * before.reduce((sum, size) => sum + size);
    after.forEach((size, part) => expect(Math.abs(size - before[part]), family.parts[part]).toBeLessThan(Math.max(0.2 * before[part], knob)));
  });

  it('of nothing is refused', () => {
    expect(() => remesh({ name: 'none', positions: new Float32Array(9), faces: Uint32Array.of(0, 1, 2) }, { vertices: 10 })).toThrow(/no surface to triangulate/);
  });

  it('takes a vertex\'s part by majority', () => {
    expect(Array.from(partsOfVertices(Uint32Array.of(0, 1, 2, 0, 2, 3, 0, 3, 1), Uint8Array.of(0, 1, 1), 5))).toEqual([1, 0, 0, 1, 0]);
  });
});

describe('bending', () => {
  const mug = buildShape(findFamily('mug') as ShapeFamily, 1).mesh;

  it('moves a shape smoothly, by seed, and leaves the faces alone', () => {
    const [a, b, again] = [1, 2, 1].map((seed) => bendMesh(mug, createRandom(seed)));
    expect(again).toEqual(a);
    expect(a.positions).not.toEqual(b.positions);
    expect(a.faces).toBe(mug.faces);
    const { radius } = boundingSphere(mug.positions);
    expect(boundingSphere(a.positions).radius / radius).toBeGreaterThan(0.6);
    expect(boundingSphere(a.positions).radius / radius).toBeLessThan(1.3);
  });

  it.each([1, 2, 3, 4, 5, 6])('folds nothing over and keeps normals on their side, seed %i', (seed) => {
    const sphere = icosphereMesh(1, 3);
    const given = { ...sphere, normals: sphere.positions.slice() };
    const bent = bendMesh(given, createRandom(seed));
    const perFace = faceNormals(bent);
    for (let f = 0; f < perFace.length; f += 3) {
      const size = Math.hypot(perFace[f], perFace[f + 1], perFace[f + 2]);
      for (let k = 0; k < 3; k++) {
        const v = 3 * bent.faces[f + k];
        const cosine = [0, 1, 2].reduce((sum, d) => sum + perFace[f + d] * bent.normals[v + d], 0) / size;
        expect(cosine).toBeGreaterThan(0.9);
      }
    }
  });

  it('by nothing changes nothing, and leaves a single point', () => {
    const still = bendMesh(mug, createRandom(1), { bend: 0, twist: 0, waves: 0 });
    still.positions.forEach((x, i) => expect(x).toBeCloseTo(mug.positions[i], 5));
    still.normals!.forEach((x, i) => expect(x).toBeCloseTo(mug.normals![i], 4));
    const point = { positions: Float32Array.of(1, 2, 3) };
    expect(bendMesh(point, createRandom(1))).toBe(point);
  });
});
