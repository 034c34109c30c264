import { describe, expect, it } from 'vitest';
import { boxMesh, icosphereMesh, sixColorCube } from './primitives';
import { buildTopology } from './topology';

const square = {
  positions: Float32Array.from([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]),
  faces: Uint32Array.from([0, 1, 2, 0, 2, 3]),
};

describe('buildTopology', () => {
  it('finds the vertex across each edge, and open edges', () => {
    const { opposites } = buildTopology(square);
    // Edge 0–2 lies opposite corner 1 of the first face and corner 2 of the second.
    expect([...opposites]).toEqual([-1, 3, -1, -1, -1, 1]);
  });

  it('lists the corners of every vertex', () => {
    const { cornerOffsets, corners } = buildTopology(square);
    expect([...cornerOffsets]).toEqual([0, 2, 3, 5, 6]);
    expect([...corners]).toEqual([0, 3, 1, 2, 4, 5]);
  });

  it('welds vertices at the same place, 0 and −0 alike, and names the neighbour\'s own vertex', () => {
    const { opposites } = buildTopology({
      positions: Float32Array.from([0, 0, 0, 1, 0, 0, 1, 1, 0, -0, -0, 0, 1, 1, -0, 0, 1, 0]),
      faces: Uint32Array.from([0, 1, 2, 3, 4, 5]),
    });
    expect([...opposites]).toEqual([-1, 5, -1, -1, -1, 1]);
  });

  it('opens edges between colours, unless told otherwise', () => {
    const cube = sixColorCube();
    const open = (creases?: boolean) => buildTopology(cube, { creases }).opposites.filter((v) => v < 0).length;
    expect(open()).toBe(24);
    expect(open(true)).toBe(24);
    expect(open(false)).toBe(0);
    expect(buildTopology({ ...cube, colors: new Float32Array(72).fill(0.5) }).opposites.indexOf(-1)).toBe(-1);
  });

  it('opens non-manifold edges and leaves degenerate faces out', () => {
    const fan = {
      positions: Float32Array.from([0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, -1, -1, 0, 0, 0, 0]),
      faces: Uint32Array.from([0, 1, 2, 0, 1, 3, 0, 1, 4]),
    };
    expect([...buildTopology(fan).opposites].every((v) => v === -1)).toBe(true);
    const { opposites } = buildTopology({ ...fan, faces: Uint32Array.from([0, 1, 2, 0, 1, 3, 0, 1, 5, 1, 1, 2]) });
    expect([...opposites]).toEqual([-1, -1, 3, -1, -1, 2, -1, -1, -1, -1, -1, -1]);
  });

  it('refuses indices out of range by face', () => {
    expect(() => buildTopology({ ...square, faces: Uint32Array.from([0, 1, 2, 0, 2, 4]) })).toThrow(/face 1 names vertex 4/);
  });

  it('is mutual on closed meshes and takes an empty one', () => {
    const mesh = boxMesh([1, 2, 3]);
    const { opposites, faces } = buildTopology(mesh);
    expect(opposites.length).toBe(36);
    opposites.forEach((v, corner) => expect(faces.includes(v), `corner ${corner}`).toBe(true));
    expect(buildTopology({ positions: new Float32Array(0), faces: new Uint32Array(0) }).opposites.length).toBe(0);
  });

  it('takes 300,000 faces within two seconds', () => {
    const mesh = icosphereMesh(1, 3);
    const copies = Math.ceil(300_000 / (mesh.faces.length / 3));
    const positions = new Float32Array(copies * mesh.positions.length);
    const faces = new Uint32Array(copies * mesh.faces.length);
    for (let i = 0; i < copies; i++) {
      positions.set(mesh.positions.map((x) => x + 3 * i), i * mesh.positions.length);
      faces.set(mesh.faces.map((v) => v + (i * mesh.positions.length) / 3), i * mesh.faces.length);
    }
    // Time of this process alone, so that a busy machine does not count.
    const start = process.cpuUsage();
    const { opposites } = buildTopology({ positions, faces });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(2);
    expect(opposites.indexOf(-1)).toBe(-1);
  });
});
