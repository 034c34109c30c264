import { describe, expect, it } from 'vitest';
import { neighborhoodFromEntries, normalizeRows, rowsOfEntries, stackNeighborhoods, transposeNeighborhood } from './neighborhood';
import { meshNeighborhood } from './meshNeighborhood';
import { neighborhoodFromDense, neighborhoodFromTable } from './neighborhoodBuilders';

const ring = (n: ReturnType<typeof meshNeighborhood>, v: number) => Array.from(n.columns.subarray(n.offsets[v], n.offsets[v + 1]));

describe('neighborhoods', () => {
  it('of a mesh are the 1-ring with self edges and 1/degree', () => {
    // An octahedron: vertex v lies opposite vertex 5 − v.
    const positions = Float32Array.from({ length: 18 }, (_, i) => i);
    const faces = Uint32Array.of(0, 1, 2, 0, 2, 4, 0, 4, 3, 0, 3, 1, 5, 2, 1, 5, 4, 2, 5, 3, 4, 5, 1, 3);
    const rings = meshNeighborhood({ positions, faces });
    for (let v = 0; v < 6; v++) expect(ring(rings, v)).toEqual([0, 1, 2, 3, 4, 5].filter((other) => other !== 5 - v));
    expect(new Set(rings.weights)).toEqual(new Set([Math.fround(1 / 5)]));
    expect(ring(meshNeighborhood({ positions, faces }, { selfEdges: false }), 3)).not.toContain(3);
  });

  it('of any mesh: three faces at an edge, a degenerate face, a vertex alone', () => {
    const rings = meshNeighborhood({ positions: Float32Array.from({ length: 18 }, (_, i) => i), faces: Uint32Array.of(0, 1, 2, 1, 0, 3, 0, 1, 4, 2, 2, 2) });
    expect([0, 1, 2, 3, 4, 5].map((v) => ring(rings, v))).toEqual([[0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 1, 2], [0, 1, 3], [0, 1, 4], [5]]);
    expect(() => meshNeighborhood({ positions: new Float32Array(6), faces: Uint32Array.of(0, 1, 2) })).toThrow(/face 0 names vertex 2/);
  });

  it('of tables of neighbours skip what is missing', () => {
    const table = neighborhoodFromTable(Int32Array.of(1, 0, 2, -1, 0, 1, -1, -1), 2, { rowCount: 2, columnCount: 3, batch: [2] });
    expect(Array.from(table.offsets)).toEqual([0, 2, 3, 5, 5]);
    expect(Array.from(table.columns)).toEqual([1, 0, 2, 3, 4]);
    expect(Array.from(table.weights)).toEqual([0.5, 0.5, 1, 0.5, 0.5]);
    expect(() => neighborhoodFromTable(Int32Array.of(3), 1, { rowCount: 1, columnCount: 3 })).toThrow(/index 3 lies outside 3 columns/);
  });

  it('transpose, normalise and stack', () => {
    const dense = neighborhoodFromDense([1, 3, 0, 0, 0, 2], { rowCount: 2, columnCount: 3 });
    const back = transposeNeighborhood(transposeNeighborhood(dense));
    expect(back).toEqual(dense);
    expect(Array.from(normalizeRows(dense).weights)).toEqual([0.25, 0.75, 1]);
    const { neighborhood, sizes } = stackNeighborhoods([dense, transposeNeighborhood(dense)]);
    expect(Array.from(sizes)).toEqual([2, 3, 3, 2]);
    expect([neighborhood.rowCount, neighborhood.columnCount]).toEqual([3, 3]);
    expect(Array.from(rowsOfEntries(neighborhood))).toEqual([0, 0, 1, 3, 4, 5]);
    expect(Array.from(neighborhood.columns)).toEqual([0, 1, 2, 3, 3, 4]);
  });

  it('refuse entries outside, and between elements of a batch', () => {
    expect(() => neighborhoodFromEntries(Int32Array.of(0), Int32Array.of(2), { rowCount: 1, columnCount: 2 })).toThrow(/entry \(0, 2\) lies outside 1 × 2/);
    expect(() => neighborhoodFromEntries(Int32Array.of(0), Int32Array.of(2), { rowCount: 1, columnCount: 2, batch: [2] })).toThrow(/joins two elements/);
  });
});
