import { describe, expect, it } from 'vitest';
import { boundingSphere, meshDiameter } from './measure';
import { faceCount, vertexCount, type Mesh } from './mesh';
import { BUILT_IN_OBJECTS, findObject } from './objects';
import type { Quaternion, Vector3 } from './pose';
import { geodesicAngle, quaternionFromAxisAngle, rotateVector } from './rotation';
import { spreadRotations } from './so3Grid';
import { cubeSymmetry, symmetryAwareAngle } from './symmetry';
import { faceNormals } from './normals';
import { buildTopology } from './topology';

const OWN = BUILT_IN_OBJECTS.flatMap((object) =>
  (object.source.kind === 'primitive' ? [{ ...object, mesh: object.source.build() }] : []));

const point = (data: Float32Array, v: number): Vector3 => [data[3 * v], data[3 * v + 1], data[3 * v + 2]];

/** The vertices with their normals and colours. */
const surfels = (mesh: Mesh): { at: Vector3; normal: Vector3; color: Vector3 }[] => Array.from({ length: vertexCount(mesh) }, (_, v) => ({
  at: point(mesh.positions, v),
  normal: point(mesh.normals as Float32Array, v),
  color: mesh.colors ? point(mesh.colors, v) : [0, 0, 0],
}));

/** The largest distance (in diameters, over some surfels) from the turned surface to the nearest surfel of like colour and facing; looks no further than `enough`. */
function mismatch(all: ReturnType<typeof surfels>, diameter: number, turn: Quaternion, enough = Infinity): number {
  const step = Math.max(1, Math.floor(all.length / 150));
  let worst = 0;
  for (let i = 0; i < all.length && worst <= enough; i += step) {
    const at = rotateVector(turn, all[i].at);
    const normal = rotateVector(turn, all[i].normal);
    let nearest = Infinity;
    for (const other of all) {
      const alike = other.color.every((c, k) => Math.abs(c - all[i].color[k]) < 1e-6) && normal.reduce((s, n, k) => s + n * other.normal[k], 0) > 0.8;
      if (alike) nearest = Math.min(nearest, Math.hypot(at[0] - other.at[0], at[1] - other.at[1], at[2] - other.at[2]));
    }
    worst = Math.max(worst, nearest / diameter);
  }
  return worst;
}

describe('built-in objects', () => {
  it('have distinct ids, and a cube and a teapot among them', () => {
    expect(new Set(BUILT_IN_OBJECTS.map((o) => o.id)).size).toBe(BUILT_IN_OBJECTS.length);
    expect(findObject('cube')?.source.kind).toBe('primitive');
    expect(findObject('teapot')?.source).toEqual({ kind: 'file', path: 'objects/teapot.ply' });
  });

  describe.each(OWN)('$id', ({ id, mesh, symmetry }) => {
    const [all, diameter] = [surfels(mesh), meshDiameter(mesh.positions)];

    it('is small, closed and looks outwards', () => {
      expect(faceCount(mesh)).toBeLessThanOrEqual(4000);
      const topology = buildTopology(mesh, { creases: false });
      expect(topology.opposites.indexOf(-1)).toBe(-1);
      for (const volume of partVolumes(mesh, topology.opposites)) expect(volume).toBeGreaterThan(0);
    });

    it('has unit normals that agree with its faces, and is centred', () => {
      const normals = mesh.normals as Float32Array;
      const perFace = faceNormals(mesh);
      for (let v = 0; v < vertexCount(mesh); v++) expect(Math.hypot(...point(normals, v))).toBeCloseTo(1, 5);
      for (let f = 0; f < faceCount(mesh); f++) {
        const n: Vector3 = [perFace[3 * f], perFace[3 * f + 1], perFace[3 * f + 2]];
        for (let k = 0; k < 3; k++) {
          const m = point(normals, mesh.faces[3 * f + k]);
          expect(n[0] * m[0] + n[1] * m[1] + n[2] * m[2], `face ${f} of ${id}`).toBeGreaterThan(0);
        }
      }
      expect(Math.hypot(...boundingSphere(mesh.positions).center)).toBeLessThan(1e-6);
    });

    it('keeps its declared symmetry', () => {
      const turns = symmetry.kind === 'discrete' ? symmetry.rotations
        : symmetry.kind === 'axial' ? [
          ...[1, 2, 7].map((k) => quaternionFromAxisAngle(symmetry.axis, (2 * Math.PI * k) / 64)),
          ...(symmetry.flip ? [quaternionFromAxisAngle([1, 0, 0], Math.PI)] : []),
        ] : [];
      // Round objects have 64 segments, so that these turns bring vertices onto vertices.
      for (const turn of turns) expect(mismatch(all, diameter, turn)).toBeLessThan(1e-5);
      expect(turns.length > 0).toBe(symmetry.kind !== 'none');
    });

    it('has no symmetry that it does not declare', () => {
      const candidates = [
        ...(cubeSymmetry() as { rotations: readonly Quaternion[] }).rotations,
        ...[[1, 0, 0], [0, 1, 0], [0, 0, 1]].flatMap((axis) => [3, 5, 6, 8].map((n) => quaternionFromAxisAngle(axis as unknown as Vector3, (2 * Math.PI) / n))),
        ...spreadRotations(40),
      ].filter((turn) => symmetryAwareAngle(turn, [0, 0, 0, 1], symmetry) > 0.35);
      expect(candidates.length).toBeGreaterThan(10);
      for (const turn of candidates) expect(mismatch(all, diameter, turn, 0.02), `turned by ${geodesicAngle(turn, [0, 0, 0, 1])}`).toBeGreaterThan(0.02);
    });
  });
});

/** The signed volume of each connected part. */
function partVolumes(mesh: Mesh, opposites: Int32Array): number[] {
  const places = new Map<string, number>();
  const parent: number[] = [];
  const find = (a: number): number => (parent[a] === a ? a : (parent[a] = find(parent[a])));
  const ids = Array.from({ length: vertexCount(mesh) }, (_, v) => {
    const key = point(mesh.positions, v).join(' ');
    if (!places.has(key)) places.set(key, parent.push(parent.length) - 1);
    return places.get(key) as number;
  });
  for (let c = 0; c < opposites.length; c += 3) {
    const [a, b, d] = [0, 1, 2].map((k) => ids[mesh.faces[c + k]]);
    parent[find(b)] = find(a);
    parent[find(d)] = find(a);
  }
  const volumes = new Map<number, number>();
  for (let c = 0; c < opposites.length; c += 3) {
    const [p, q, r] = [0, 1, 2].map((k) => point(mesh.positions, mesh.faces[c + k]));
    const volume = (p[0] * (q[1] * r[2] - q[2] * r[1]) + p[1] * (q[2] * r[0] - q[0] * r[2]) + p[2] * (q[0] * r[1] - q[1] * r[0])) / 6;
    const part = find(ids[mesh.faces[c]]);
    volumes.set(part, (volumes.get(part) ?? 0) + volume);
  }
  return [...volumes.values()];
}
