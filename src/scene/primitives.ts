import { assemble } from './combine';
import type { Mesh } from './mesh';
import type { Vector3 } from './pose';
import { box, icosphere, torus } from './solids';

// Primitive meshes, centred, y up, with normals; vertices are split where edges are hard.

/** Linear RGB of the cube's sides +x, −x, +y, −y, +z, −z. */
export const CUBE_COLORS: readonly Vector3[] = [
  [0.9, 0.06, 0.06], [0.06, 0.75, 0.8], [0.08, 0.65, 0.1], [0.8, 0.1, 0.75], [0.1, 0.16, 0.95], [0.95, 0.8, 0.05],
];

/** A cube of side `size` with a colour on each side: 24 vertices, 12 faces. */
export function sixColorCube(size = 1): Mesh {
  const h = size / 2;
  const positions: number[] = [];
  const normals: number[] = [];
  const colors: number[] = [];
  const faces: number[] = [];
  CUBE_COLORS.forEach((color, side) => {
    const [axis, sign] = [side >> 1, side % 2 ? -1 : 1];
    const start = 4 * side;
    for (const [u, v] of [[-1, -1], [1, -1], [1, 1], [-1, 1]]) {
      const corner = [0, 0, 0];
      corner[axis] = sign * h;
      corner[(axis + 1) % 3] = sign * u * h;
      corner[(axis + 2) % 3] = v * h;
      positions.push(...corner);
      normals.push(...[0, 1, 2].map((k) => (k === axis ? sign : 0)));
      colors.push(...color);
    }
    faces.push(start, start + 1, start + 2, start, start + 2, start + 3);
  });
  return {
    name: 'cube', positions: Float32Array.from(positions), faces: Uint32Array.from(faces),
    normals: Float32Array.from(normals), colors: Float32Array.from(colors),
  };
}

/** Radians: wider than any angle between neighbouring faces of a round shape, so that all its edges are soft. */
const ALL_SOFT = Math.PI;

export const boxMesh = (size: Vector3): Mesh => assemble('box', [{ solid: box(size) }]);
export const icosphereMesh = (radius: number, subdivisions: number): Mesh =>
  assemble('icosphere', [{ solid: icosphere(radius, subdivisions) }], subdivisions ? ALL_SOFT : 0);
export const torusMesh = (radius: number, tubeRadius: number, segments = 64, tubeSegments = 24): Mesh =>
  assemble('torus', [{ solid: torus(radius, tubeRadius, segments, tubeSegments) }], ALL_SOFT);
