import { boundingSphere } from './measure';
import type { Mesh } from './mesh';
import type { Vector3 } from './pose';
import type { Random } from './random';

export interface BendOptions {
  /** Radians by which the ends of the shape lean towards each other at most; up to 2, where the inside of the bend would begin to fold. */
  readonly bend?: number;
  /** Radians by which its ends turn against each other at most. */
  readonly twist?: number;
  /** Amplitude of waves as long as the shape, as a share of its radius. */
  readonly waves?: number;
}

/** Waves are sums of so many plane waves. */
const WAVES = 3;
/** Step of the differences that turn normals, as a share of the shape's radius: as small as float64 needs not mind. */
const STEP = 1e-5;

/**
 * A smooth, seeded deformation of a shape, without folds: it is bent along a random direction into an arc of a circle, twisted about that direction, and
 * waved (Barr, "Global and local deformations of solid primitives", SIGGRAPH 1984, sections 5 and 6; normals by the cofactors of the
 * derivative, section 4). Faces and all else that a vertex has stay, so labels do too.
 * @param mesh of any kind; the deformation is measured by its bounding sphere.
 * @param options.bend 1.2 by default: about 70°. @param options.twist 0.8 by default. @param options.waves 0.05 by default.
 */
export function bendMesh<M extends Pick<Mesh, 'positions' | 'normals'>>(mesh: M, random: Random, { bend = 1.2, twist = 0.8, waves = 0.05 }: BendOptions = {}): M {
  const { center, radius } = boundingSphere(mesh.positions);
  if (!(radius > 0)) return mesh;
  const place = deformation(random, { bend: bend * signed(random), twist: twist * signed(random), waves });
  const moved = (x: number, y: number, z: number): Vector3 => {
    const [p, q, r] = place([(x - center[0]) / radius, (y - center[1]) / radius, (z - center[2]) / radius]);
    return [center[0] + radius * p, center[1] + radius * q, center[2] + radius * r];
  };
  const positions = new Float32Array(mesh.positions.length);
  const normals = mesh.normals && new Float32Array(positions.length);
  const step = STEP * radius;
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = mesh.positions.subarray(i, i + 3);
    positions.set(moved(x, y, z), i);
    if (!normals || !mesh.normals) continue;
    const columns = [[step, 0, 0], [0, step, 0], [0, 0, step]].map(([a, b, c]) => minus(moved(x + a, y + b, z + c), moved(x - a, y - b, z - c)));
    const cofactors = [cross(columns[1], columns[2]), cross(columns[2], columns[0]), cross(columns[0], columns[1])];
    const normal = [0, 1, 2].map((k) => cofactors.reduce((sum, column, j) => sum + column[k] * mesh.normals![i + j], 0));
    const length = Math.hypot(...normal);
    normals.set(length > 0 ? normal.map((n) => n / length) : mesh.normals.subarray(i, i + 3), i);
  }
  return { ...mesh, positions, ...(normals && { normals }) };
}

/** Of either sign, between half and all of 1: every draw deforms visibly. */
const signed = (random: Random): number => (random.uniform() < 0.5 ? -1 : 1) * (0.5 + 0.5 * random.uniform());

/** A deformation of the unit ball. */
function deformation(random: Random, { bend, twist, waves }: Required<BendOptions>): (p: Vector3) => Vector3 {
  const along = direction(random);
  const side = unit(cross(along, direction(random)));
  const up = cross(along, side);
  // The arc's curvature: from end to end, a length of 2, the direction turns by `bend`.
  const curvature = bend / 2;
  const sines = Array.from({ length: WAVES }, () => ({ to: direction(random), by: direction(random), phase: 2 * Math.PI * random.uniform() }));
  return (p) => {
    const [s, h0, t0] = [dot(p, along), dot(p, side), dot(p, up)];
    const angle = (twist / 2) * s;
    const [h, t] = [h0 * Math.cos(angle) - t0 * Math.sin(angle), h0 * Math.sin(angle) + t0 * Math.cos(angle)];
    // On the arc, h towards its centre; sin(κs)/κ and (1 − cos κs)/κ without the division where κ is 0.
    const [forth, aside] = curvature === 0 ? [s, 0] : [Math.sin(curvature * s) / curvature, (1 - Math.cos(curvature * s)) / curvature];
    const [u, v] = [forth - h * Math.sin(curvature * s), aside + h * Math.cos(curvature * s)];
    const bent = [0, 1, 2].map((k) => u * along[k] + v * side[k] + t * up[k]);
    return sines.reduce<Vector3>((at, { to, by, phase }) => {
      const lift = (waves / Math.sqrt(WAVES)) * Math.sin(Math.PI * dot(p, to) + phase);
      return [at[0] + lift * by[0], at[1] + lift * by[1], at[2] + lift * by[2]];
    }, [bent[0], bent[1], bent[2]]);
  };
}

const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Vector3, b: Vector3): Vector3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a: Vector3): Vector3 => [a[0] / Math.hypot(...a), a[1] / Math.hypot(...a), a[2] / Math.hypot(...a)];
const direction = (random: Random): Vector3 => unit([random.normal(), random.normal(), random.normal()]);
