import { describe, expect, it } from 'vitest';
import { vertexCount, type Mesh } from './mesh';
import { computeVertexNormals, repairNormals, splitHardEdges } from './normals';
import { box, icosphere } from './solids';
import type { Solid } from './combine';
import { sixColorCube } from './primitives';

const bare = (solid: Solid): Mesh =>
  ({ name: 'bare', positions: Float32Array.from(solid.positions.flat()), faces: Uint32Array.from(solid.faces.flat()) });

describe('normals', () => {
  it('point outwards on a sphere', () => {
    const mesh = bare(icosphere(2, 2));
    computeVertexNormals(mesh).forEach((n, i) => expect(Math.abs(n - mesh.positions[i] / 2)).toBeLessThan(0.04));
  });

  it('are +z where no face gives a direction', () => {
    expect([...computeVertexNormals({ positions: new Float32Array(9), faces: Uint32Array.from([0, 1, 2]) })]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
  });

  it('are flat on the sides of a box and smooth on a ball', () => {
    const split = splitHardEdges(bare(box([1, 2, 3])));
    expect(vertexCount(split)).toBe(24);
    (split.normals as Float32Array).forEach((n) => expect([0, 1]).toContain(Math.abs(n)));
    expect(vertexCount(splitHardEdges(bare(icosphere(1, 2))))).toBe(162);
  });

  it('are smooth across vertices that were split without need', () => {
    const mesh = bare(icosphere(1, 2));
    const soup: Mesh = {
      name: 'soup', faces: mesh.faces.map((_, i) => i),
      positions: Float32Array.from([...mesh.faces].flatMap((v) => [...mesh.positions.subarray(3 * v, 3 * v + 3)])),
    };
    const { normals, positions } = splitHardEdges(soup);
    (normals as Float32Array).forEach((n, i) => expect(n).toBeCloseTo(positions[i], 1));
  });

  it('are repaired one by one where they are unusable, and kept elsewhere', () => {
    const cube = sixColorCube();
    const broken = (cube.normals as Float32Array).map((n) => 2 * n);
    broken.set([NaN, 0, 0], 0);
    broken.set([0, 0, 0], 3);
    const { mesh, repaired, inverted } = repairNormals({ ...cube, normals: broken });
    expect([repaired, inverted]).toEqual([2, 0]);
    const normals = mesh.normals as Float32Array;
    for (let v = 0; v < 24; v++) expect(Math.hypot(...normals.subarray(3 * v, 3 * v + 3))).toBeCloseTo(1, 5);
    expect([...normals.subarray(6, 9)]).toEqual([1, 0, 0]);
  });

  it('are turned round where they point against their faces, one by one or all of them', () => {
    const ball = splitHardEdges(bare(icosphere(2, 2)));
    const right = ball.normals as Float32Array;
    for (const [count, some] of [[vertexCount(ball), () => true], [41, (v: number) => v % 4 === 0], [0, () => false]] as const) {
      const { mesh, repaired, inverted } = repairNormals({ ...ball, normals: right.map((n, i) => (some(Math.floor(i / 3)) ? -3 * n : n)) });
      expect([repaired, inverted]).toEqual([0, count]);
      mesh.normals?.forEach((n, i) => expect(n).toBeCloseTo(right[i], 5));
    }
  });

  it('stay where they lean far over, as long as one of their faces is on their side', () => {
    const cube = sixColorCube();
    const leaning = (cube.normals as Float32Array).map((n, i) => n + [0.4, 9, 0.3][i % 3]);
    const kept = repairNormals({ ...cube, normals: leaning });
    const mesh = bare(box([1, 1, 1]));
    const smooth = computeVertexNormals(mesh);
    expect(repairNormals({ ...mesh, normals: smooth }).inverted).toBe(0);
    // Of each side of the cube only those that look down are on the wrong side of it now.
    expect(kept.inverted).toBe(4);
  });

  it('are made anew where there are none', () => {
    const { mesh, repaired } = repairNormals(bare(box([1, 1, 1])));
    expect([repaired, vertexCount(mesh), mesh.normals?.length]).toEqual([8, 24, 72]);
  });
});
