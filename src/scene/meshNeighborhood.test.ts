import { describe, expect, it } from 'vitest';
import { coarsenNeighborhood } from './coarsenNeighborhood';
import { decimate } from './decimate';
import { buildShape, SHAPE_FAMILIES } from './families';
import { bridgeEdges, connectedComponents } from './meshBridges';
import { meshNeighborhood } from './meshNeighborhood';
import { splitHardEdges } from './normals';
import { boxMesh, icosphereMesh, torusMesh } from './primitives';
import { createRandom } from './random';
import { weldPositions } from './weld';

const ring = (n: ReturnType<typeof meshNeighborhood>, v: number) => Array.from(n.columns.subarray(n.offsets[v], n.offsets[v + 1]));
const componentsOf = (mesh: Parameters<typeof meshNeighborhood>[0], bridge: boolean) => connectedComponents(meshNeighborhood(mesh, { bridge })).count;

/** Two tetrahedra, `gap` apart along x. */
const pair = (gap: number) => {
  const one = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1];
  return {
    positions: Float32Array.from([...one, ...one.map((x, i) => (i % 3 ? x : x + 1 + gap))]),
    faces: Uint32Array.from([0, 4].flatMap((o) => [0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2].map((v) => v + o))),
  };
};

describe('the neighbourhood of a mesh that is split by seams', () => {
  const split = splitHardEdges(boxMesh([1, 2, 4]));
  const { ids, first } = weldPositions(split.positions);
  const welded = {
    positions: Float32Array.from([...first].flatMap((v) => [...split.positions.subarray(3 * v, 3 * v + 3)])), faces: split.faces.map((v) => ids[v]),
  };

  it('gives each place what the welded mesh gives it', () => {
    expect(split.positions.length).toBeGreaterThan(welded.positions.length);
    for (const selfEdges of [true, false]) {
      const [ours, theirs] = [meshNeighborhood(split, { selfEdges }), meshNeighborhood(welded, { selfEdges })];
      ids.forEach((place, v) => {
        const sums = new Map<number, number>();
        for (let e = ours.offsets[v]; e < ours.offsets[v + 1]; e++) sums.set(ids[ours.columns[e]], (sums.get(ids[ours.columns[e]]) ?? 0) + ours.weights[e]);
        expect([...sums.keys()].sort((a, b) => a - b)).toEqual(ring(theirs, place));
        for (const weight of sums.values()) expect(weight).toBeCloseTo(theirs.weights[theirs.offsets[place]], 6);
      });
    }
  });

  it('keeps copies apart where it is told to', () => {
    expect(connectedComponents(meshNeighborhood(split)).count).toBe(1);
    expect(connectedComponents(meshNeighborhood(split, { weld: false })).count).toBe(6);
  });
});

describe('bridges between components', () => {
  it('are none in one surface', () => {
    const torus = torusMesh(2, 0.5, 12, 8);
    expect(meshNeighborhood(torus, { bridge: true })).toEqual(meshNeighborhood(torus));
  });

  it('join what is near at every near vertex, and what is far by its nearest pair', () => {
    expect(bridgeEdges(pair(10).positions, meshNeighborhood(pair(10)))).toEqual([[1, 4]]);
    const near = bridgeEdges(pair(0.1).positions, meshNeighborhood(pair(0.1)));
    expect(near).toContainEqual([1, 4]);
    expect(near.length).toBeGreaterThan(1);
    expect(near.every(([v, w]) => v < 4 && w >= 4)).toBe(true);
  });

  it('join a component larger than the search looks through (seed 2)', () => {
    const [large, small] = [icosphereMesh(1, 4), icosphereMesh(0.1, 3)];
    const positions = Float32Array.from([...large.positions, ...small.positions.map((x, i) => (i % 3 ? x : x + 3))]);
    const faces = Uint32Array.from([...large.faces, ...small.faces.map((v) => v + large.positions.length / 3)]);
    expect(componentsOf({ positions, faces }, false)).toBe(2);
    expect(componentsOf({ positions, faces }, true)).toBe(1);
    // The nearest pair lies on the line between the centres.
    const bridges = bridgeEdges(positions, meshNeighborhood({ positions, faces }));
    expect(bridges).toHaveLength(1);
    const [v, w] = bridges[0].map((at) => positions.subarray(3 * at, 3 * at + 3));
    expect(Math.hypot(v[0] - w[0], v[1] - w[1], v[2] - w[2])).toBeLessThan(2.0);
  });

  it('leave nothing apart: points alone, an edge of three faces, degenerate faces, no faces at all (seed 3)', () => {
    const random = createRandom(3);
    const positions = Float32Array.from({ length: 60 }, () => random.normal());
    const faces = Uint32Array.of(0, 1, 2, 1, 0, 3, 0, 1, 4, 5, 5, 5, 6, 7, 7);
    for (const mesh of [{ positions, faces }, { positions, faces: new Uint32Array() }]) {
      expect(componentsOf(mesh, false)).toBeGreaterThan(10);
      expect(componentsOf(mesh, true)).toBe(1);
    }
    expect(meshNeighborhood({ positions: new Float32Array(), faces: new Uint32Array() }, { bridge: true }).rowCount).toBe(0);
  });

  it.each(SHAPE_FAMILIES.map((family) => [family.id, family] as const))('make one graph of a %s', (_id, family) => {
    const { mesh } = buildShape(family, 4);
    expect(componentsOf(mesh, false)).toBeGreaterThan(1);
    expect(componentsOf(mesh, true)).toBe(1);
  });
});

describe('a coarsened neighbourhood', () => {
  it('of a decimated mesh is the coarse mesh\'s', () => {
    const torus = torusMesh(2, 0.5, 16, 10);
    const { mesh, parents } = decimate(torus, 60);
    const coarse = coarsenNeighborhood(meshNeighborhood(torus), parents, 60);
    const expected = meshNeighborhood(mesh);
    expect(Array.from(coarse.columns)).toEqual(Array.from(expected.columns));
    expect(Array.from(coarse.weights)).toEqual(Array.from(expected.weights));
  });
});
