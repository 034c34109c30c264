import { SceneError } from './errors';
import type { Mesh } from './mesh';
import type { PointCloud } from './pointCloud';
import type { Random } from './random';

export interface SampleSurfaceOptions {
  /** [F], carried over to the points as labels. */
  readonly partOfFace?: Uint8Array;
  /** Standard deviation of the points' distance from where they were drawn, in the mesh's units. */
  readonly noise?: number;
  /** How many round holes are left open, as where a scanner saw nothing. */
  readonly holes?: number;
  /** Radius of each hole as a share of the mesh's largest extent. */
  readonly holeRadius?: number;
}

/**
 * Points drawn uniformly from a surface, with its faces' normals.
 * @returns `count` points, holes or not.
 * @throws SceneError for a mesh without an area.
 */
export function sampleSurface(mesh: Mesh, count: number, random: Random, options: SampleSurfaceOptions = {}): PointCloud {
  const { partOfFace, noise = 0, holes = 0, holeRadius = 0.12 } = options;
  const areas = cumulativeAreas(mesh);
  const total = areas[areas.length - 1];
  if (!(total > 0)) throw new SceneError('There is no surface to draw points from.', { file: mesh.name, code: 'empty', advice: 'Give a mesh with faces of some area.' });
  const open = Array.from({ length: holes }, () => pointOn(mesh, areas, random).at);
  const reach = (holeRadius * largestExtent(mesh.positions)) ** 2;
  const [positions, normals] = [new Float32Array(3 * count), new Float32Array(3 * count)];
  const labels = partOfFace && new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let drawn = pointOn(mesh, areas, random);
    // Holes that left nothing would be drawn for ever: after some tries the point is taken as it is.
    for (let tries = 0; tries < 50 && open.some((hole) => squaredDistance(hole, drawn.at) < reach); tries++) drawn = pointOn(mesh, areas, random);
    normals.set(normalOf(mesh, drawn.face), 3 * i);
    for (let k = 0; k < 3; k++) positions[3 * i + k] = drawn.at[k] + noise * random.normal();
    if (labels && partOfFace) labels[i] = partOfFace[drawn.face];
  }
  return { name: mesh.name, positions, normals, ...(labels && { labels }) };
}

type Triple = readonly [number, number, number];

const corner = (mesh: Mesh, face: number, k: number): Triple => {
  const v = 3 * mesh.faces[3 * face + k];
  return [mesh.positions[v], mesh.positions[v + 1], mesh.positions[v + 2]];
};

/** Twice the face's area times its normal. */
function areaVector(mesh: Mesh, face: number): Triple {
  const [a, b, c] = [corner(mesh, face, 0), corner(mesh, face, 1), corner(mesh, face, 2)];
  const [u, v] = [[b[0] - a[0], b[1] - a[1], b[2] - a[2]], [c[0] - a[0], c[1] - a[1], c[2] - a[2]]];
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}

function normalOf(mesh: Mesh, face: number): Triple {
  const [x, y, z] = areaVector(mesh, face);
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

function cumulativeAreas(mesh: Mesh): Float64Array {
  let sum = 0;
  return Float64Array.from({ length: mesh.faces.length / 3 }, (_, f) => (sum += Math.hypot(...areaVector(mesh, f)) / 2));
}

/** A face by its area, and a point on it: with √u the density is even (Osada et al. 2002, "Shape Distributions", §4.2). */
function pointOn(mesh: Mesh, areas: Float64Array, random: Random): { readonly face: number; readonly at: Triple } {
  const wanted = random.uniform() * areas[areas.length - 1];
  let [low, high] = [0, areas.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (areas[middle] > wanted) high = middle;
    else low = middle + 1;
  }
  const root = Math.sqrt(random.uniform());
  const v = random.uniform();
  const [wa, wb, wc] = [1 - root, root * (1 - v), root * v];
  const [a, b, c] = [corner(mesh, low, 0), corner(mesh, low, 1), corner(mesh, low, 2)];
  return { face: low, at: [wa * a[0] + wb * b[0] + wc * c[0], wa * a[1] + wb * b[1] + wc * c[1], wa * a[2] + wb * b[2] + wc * c[2]] };
}

const squaredDistance = (a: Triple, b: Triple): number => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;

function largestExtent(positions: Float32Array): number {
  const [low, high] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]];
  positions.forEach((x, i) => {
    low[i % 3] = Math.min(low[i % 3], x);
    high[i % 3] = Math.max(high[i % 3], x);
  });
  return Math.max(...high.map((x, k) => x - low[k]));
}
