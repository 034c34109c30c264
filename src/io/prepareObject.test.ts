import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { boundingSphere } from '../scene/measure';
import { faceCount, vertexCount, type Mesh } from '../scene/mesh';
import { BUILT_IN_OBJECTS } from '../scene/objects';
import { icosphereMesh, sixColorCube } from '../scene/primitives';
import { buildTopology } from '../scene/topology';
import { prepareObject } from './prepareObject';
import { readMesh } from './readMesh';
import { levelsOfDetail, simplifyMesh } from './simplify';

const openEdges = (mesh: Mesh) => buildTopology(mesh, { creases: false }).opposites.filter((v) => v < 0).length;

/** A ball of triangles that share no vertices, one half red and the other blue. */
function soup(subdivisions: number): Mesh {
  const ball = icosphereMesh(1, subdivisions);
  const corners = [...ball.faces];
  const rows = (data: Float32Array) => Float32Array.from(corners.flatMap((v) => [...data.subarray(3 * v, 3 * v + 3)]));
  const positions = rows(ball.positions);
  const colors = positions.map((_, i) => {
    const face = 9 * Math.floor(i / 9);
    const red = positions[face] + positions[face + 3] + positions[face + 6] > 0;
    return (i % 3 === 0 && red) || (i % 3 === 2 && !red) ? 1 : 0;
  });
  return { name: 'soup', positions, faces: Uint32Array.from(corners, (_, i) => i), colors };
}

describe('simplifyMesh', () => {
  it('leaves small meshes alone', async () => {
    const cube = sixColorCube();
    expect(await simplifyMesh(cube, 12)).toEqual({ mesh: cube });
  });

  it('opens no cracks in meshes whose vertices are all apart, and invents no colours', async () => {
    const { mesh, note } = await simplifyMesh(soup(4), 600);
    expect(faceCount(mesh)).toBeLessThanOrEqual(720);
    expect(openEdges(mesh)).toBe(0);
    expect(note).toMatch(/simplified from 5,120 to \d+ faces/);
    const colors = mesh.colors as Float32Array;
    for (let v = 0; v < vertexCount(mesh); v++) expect([...colors.subarray(3 * v, 3 * v + 3)].join('')).toMatch(/^(100|001)$/);
    expect(boundingSphere(mesh.positions).radius).toBeCloseTo(1, 2);
  });

  it('keeps hard edges hard and soft ones soft', async () => {
    const { mesh } = await simplifyMesh(icosphereMesh(1, 4), 500);
    expect(vertexCount(mesh)).toBeLessThan(0.6 * faceCount(mesh));
    mesh.normals?.forEach((n, i) => expect(Math.abs(n - mesh.positions[i])).toBeLessThan(0.15));
  });

  it('gives levels only where they are smaller', async () => {
    expect((await levelsOfDetail(icosphereMesh(1, 4), [2000, 500])).map(faceCount).map((n) => Math.round(n / 100))).toEqual([20, 5]);
    expect(await levelsOfDetail(icosphereMesh(1, 2), [2000, 500])).toEqual([]);
  });
});

describe('prepareObject', () => {
  it('centres, keeps units and says where the centre was', async () => {
    const cube = sixColorCube(2);
    const stray = Float32Array.from([...cube.positions.map((x, i) => x + [10, 20, 30][i % 3]), 1e6, 0, 0]);
    const { mesh, center, diameter, coarser, notes } = await prepareObject({ ...cube, positions: stray, normals: undefined, colors: undefined }, 'cube');
    center.forEach((c, k) => expect(c).toBeCloseTo([10, 20, 30][k], 4));
    expect(diameter).toBeCloseTo(2 * Math.sqrt(3), 4);
    expect(boundingSphere(mesh.positions).radius).toBeCloseTo(Math.sqrt(3), 4);
    expect([vertexCount(mesh), mesh.normals?.length, coarser.length]).toEqual([24, 72, 0]);
    expect(notes).toEqual(['its normals were computed from its faces']);
  });

  it('brings large meshes into the budget and says so', async () => {
    const { mesh, coarser, notes } = await prepareObject(icosphereMesh(1, 7), 'ball');
    expect(faceCount(mesh)).toBeLessThanOrEqual(100_000);
    expect(coarser.map((level) => Math.round(faceCount(level) / 100))).toEqual([20, 5]);
    expect(notes[0]).toMatch(/simplified from 327,680/);
    expect(openEdges(mesh)).toBe(0);
  });

  it('turns faces and normals to the outside, and says how many', async () => {
    const ball = icosphereMesh(1, 3);
    const turned = (some: (face: number) => boolean) => ball.faces.map((v, i) => (some(Math.floor(i / 3)) && i % 3 > 0 ? ball.faces[i % 3 === 1 ? i + 1 : i - 1] : v));
    const mixed = await prepareObject({ ...ball, faces: turned((face) => face % 10 === 0) }, 'own:mixed');
    expect(mixed.notes).toEqual([`faces wound against the others of their part were turned round: ${faceCount(ball) / 10}`]);
    expect([...mixed.mesh.faces]).toEqual([...ball.faces]);
    const inside = await prepareObject({ ...ball, faces: turned(() => true), normals: ball.normals?.map((n) => -n) }, 'own:inside');
    expect(inside.notes).toEqual([
      'closed parts that were inside out were turned, faces and all: 1,280 faces', `normals that pointed against their faces were turned round: ${vertexCount(ball)}`,
    ]);
    inside.mesh.normals?.forEach((n, i) => expect(Math.abs(n - inside.mesh.positions[i])).toBeLessThan(0.02));
  });

  it('refuses a mesh without faces or extent', async () => {
    const point: Mesh = { name: 'point', positions: new Float32Array(9), faces: Uint32Array.from([0, 1, 2]) };
    await expect(prepareObject(point, 'p')).rejects.toMatchObject({ name: 'SceneError', details: { file: 'point' } });
    await expect(prepareObject({ ...point, faces: new Uint32Array(0) }, 'p')).rejects.toMatchObject({ details: { code: 'no-faces' } });
  });

  it('prepares every object that ships', async () => {
    for (const { id, source, symmetry } of BUILT_IN_OBJECTS) {
      const mesh = source.kind === 'primitive' ? source.build() : (await readMesh(source.path, new Uint8Array(readFileSync(`public/${source.path}`)))).mesh;
      const prepared = await prepareObject(mesh, id, symmetry);
      expect(prepared.notes, id).toEqual([]);
      expect(faceCount(prepared.mesh), id).toBe(faceCount(mesh));
      expect(faceCount(prepared.mesh), id).toBeLessThanOrEqual(source.kind === 'file' ? 3000 : 4000);
    }
  });
});
