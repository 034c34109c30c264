import { describe, expect, it } from 'vitest';
import { meshDiameter } from '../measure';
import { buildTopology } from '../topology';
import { buildShape, findFamily, SHAPE_FAMILIES } from './index';

/** Volume by the divergence theorem, of the faces that `keep` accepts; positive where they look outwards. */
function volume(positions: Float32Array, faces: Uint32Array, keep: (face: number) => boolean): number {
  let sum = 0;
  for (let f = 0; f < faces.length / 3; f++) {
    if (!keep(f)) continue;
    const [a, b, c] = [0, 1, 2].map((k) => positions.subarray(3 * faces[3 * f + k], 3 * faces[3 * f + k] + 3));
    sum += (a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])) / 6;
  }
  return sum;
}

describe('shape families', () => {
  it('are at least ten, with distinct names and parts', () => {
    expect(SHAPE_FAMILIES.length).toBeGreaterThanOrEqual(10);
    expect(new Set(SHAPE_FAMILIES.map(({ id }) => id)).size).toBe(SHAPE_FAMILIES.length);
    expect(findFamily('mug')?.parts).toEqual(['body', 'handle']);
  });

  describe.each(SHAPE_FAMILIES.map((family) => [family.id, family] as const))('%s', (_id, family) => {
    const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
    const members = seeds.map((seed) => buildShape(family, seed));

    it.each(seeds)('seed %i is closed, looks outwards, is small and finite', (seed) => {
      const { mesh, partOfFace } = members[seed - 1];
      expect(mesh.positions.every(Number.isFinite)).toBe(true);
      expect(mesh.faces.length / 3).toBeLessThanOrEqual(6000);
      expect(partOfFace).toHaveLength(mesh.faces.length / 3);
      expect(buildTopology(mesh, { creases: false }).opposites.indexOf(-1)).toBe(-1);
      for (const part of new Set(partOfFace)) expect(volume(mesh.positions, mesh.faces, (f) => partOfFace[f] === part), family.parts[part]).toBeGreaterThan(0);
    });

    it('has every part among its members, and members that differ', () => {
      const seen = new Set(members.flatMap(({ partOfFace }) => [...partOfFace]));
      expect([...seen].sort()).toEqual(family.parts.map((_, i) => i));
      expect(new Set(members.map(({ mesh }) => meshDiameter(mesh.positions).toFixed(4))).size).toBe(members.length);
    });

    it('is the same for the same seed', () => {
      expect(buildShape(family, 7)).toEqual(members[6]);
    });
  });
});
