import { describe, expect, it } from 'vitest';
import { apexesOf, keepsTopology, neighborsOf } from './collapseRules';
import { collapsibleFaces } from './collapsibleFaces';
import { createRandom } from './random';

const living = ({ faces, alive }: ReturnType<typeof collapsibleFaces>) =>
  Array.from(alive.keys()).filter((face) => alive[face]).map((face) => Array.from(faces.subarray(3 * face, 3 * face + 3)));

describe('faces that collapse', () => {
  it('are without degenerate and repeated ones; other sides count', () => {
    const mesh = collapsibleFaces(Int32Array.of(0, 1, 2, 1, 2, 0, 2, 1, 0, 3, 3, 1), 4);
    expect(living(mesh)).toEqual([[0, 1, 2], [2, 1, 0]]);
    expect([Array.from(mesh.degrees), apexesOf(mesh, 0, 1), neighborsOf(mesh, 3)]).toEqual([[2, 2, 2, 0], [2], []]);
  });

  it('agree with merging by hand on any soup', () => {
    const random = createRandom(6);
    for (let trial = 0; trial < 50; trial++) {
      const count = 4 + random.integer(12);
      const mesh = collapsibleFaces(Int32Array.from({ length: 3 * 30 }, () => random.integer(count)), count);
      let byHand = living(mesh);
      for (let step = 0; step < count / 2; step++) {
        const [kept, gone] = [random.integer(count), random.integer(count)];
        if (kept === gone) continue;
        mesh.merge(kept, gone);
        byHand = byHand.map((face) => face.map((v) => (v === gone ? kept : v))).filter((face) => new Set(face).size === 3);
        expect(living(mesh)).toEqual(byHand);
        for (let v = 0; v < count; v++) expect([mesh.facesAt(v).length, mesh.degrees[v]]).toEqual(Array(2).fill(byHand.filter((face) => face.includes(v)).length));
      }
    }
  });

  it('refuse what would change the surface', () => {
    const rim = (on: number[]) => Uint8Array.from({ length: 6 }, (_, v) => Number(on.includes(v)));
    const tetrahedron = collapsibleFaces(Int32Array.of(0, 1, 2, 0, 2, 3, 0, 3, 1, 1, 3, 2), 6);
    expect(keepsTopology(tetrahedron, 0, 1, rim([]))).toBe(false);
    const triangle = collapsibleFaces(Int32Array.of(0, 1, 2), 6);
    expect(keepsTopology(triangle, 0, 1, rim([0, 1, 2]))).toBe(false);
    const square = collapsibleFaces(Int32Array.of(0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4), 6);
    expect(keepsTopology(square, 0, 4, rim([0, 1, 2, 3]))).toBe(true);
    expect(keepsTopology(square, 0, 1, rim([0, 1, 2, 3]))).toBe(true);
    const strip = collapsibleFaces(Int32Array.of(0, 1, 2, 2, 1, 3), 6);
    expect(keepsTopology(strip, 1, 2, rim([0, 1, 2, 3]))).toBe(false);
  });
});
