import { spreadDirections } from './directions';
import type { Vector3 } from './pose';

export interface Sphere {
  readonly center: Vector3;
  readonly radius: number;
}

/** A point this much (relative) outside a sphere still counts as inside, so that rounding cannot make the search circle. */
const SLACK = 1e-10;

/**
 * The smallest sphere around points [V, 3]. It is unique, so a symmetric object's sphere is centred on its axes.
 * Grows a support set by the farthest point outside (Gärtner, "Fast and robust smallest enclosing balls", 1999); the origin for no points.
 */
export function boundingSphere(positions: Float32Array): Sphere {
  if (!positions.length) return { center: [0, 0, 0], radius: 0 };
  let support: readonly Vector3[] = [pointAt(positions, 0)];
  let sphere: Sphere = { center: support[0], radius: 0 };
  // Every round enlarges the sphere; in three dimensions a few tens settle it.
  for (let round = 0; round < 1000; round++) {
    const [farthest, distance] = farthestFrom(positions, sphere.center);
    if (distance <= sphere.radius * (1 + SLACK)) break;
    const candidates = [farthest, ...support];
    const grown = smallestSphere(candidates);
    if (grown.radius <= sphere.radius * (1 + SLACK)) break;
    sphere = grown;
    support = grown.support;
  }
  const [, radius] = farthestFrom(positions, sphere.center);
  return { center: sphere.center, radius };
}

/** The smallest sphere around at most five points: the smallest of all through 1 … 4 of them that holds the rest. */
function smallestSphere(points: readonly Vector3[]): Sphere & { readonly support: readonly Vector3[] } {
  let best: ReturnType<typeof smallestSphere> | undefined;
  for (let subset = 1; subset < 1 << points.length; subset++) {
    const chosen = points.filter((_, i) => subset & (1 << i));
    if (chosen.length > 4) continue;
    const sphere = circumsphere(chosen);
    if (!sphere || (best && sphere.radius >= best.radius)) continue;
    if (points.every((p) => distanceBetween(p, sphere.center) <= sphere.radius * (1 + 1e-9) + Number.MIN_VALUE)) {
      best = { ...sphere, support: chosen };
    }
  }
  return best ?? { ...enclosingOfCentroid(points), support: points.slice(0, 4) };
}

function enclosingOfCentroid(points: readonly Vector3[]): Sphere {
  const center = [0, 1, 2].map((k) => points.reduce((sum, p) => sum + p[k], 0) / points.length) as unknown as Vector3;
  return { center, radius: Math.max(...points.map((p) => distanceBetween(p, center))) };
}

/** The smallest sphere with all of 1 … 4 points on it, or undefined where they are (nearly) dependent. */
function circumsphere(points: readonly Vector3[]): Sphere | undefined {
  const [origin, ...others] = points;
  const edges = others.map((p) => p.map((x, k) => x - origin[k]));
  const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  // The centre is origin + Σ λᵢ eᵢ with 2 eⱼ · Σ λᵢ eᵢ = eⱼ · eⱼ.
  const system = edges.map((a) => [...edges.map((b) => 2 * dot(a, b)), dot(a, a)]);
  const lambda = solve(system);
  if (!lambda) return undefined;
  const offset = [0, 1, 2].map((k) => edges.reduce((sum, e, i) => sum + lambda[i] * e[k], 0));
  return { center: [origin[0] + offset[0], origin[1] + offset[1], origin[2] + offset[2]], radius: Math.hypot(...offset) };
}

/** Gaussian elimination with row pivots on an n × (n + 1) system, n ≤ 3. */
function solve(rows: number[][]): number[] | undefined {
  const n = rows.length;
  const scale = Math.max(0, ...rows.map((row, i) => row[i]));
  for (let i = 0; i < n; i++) {
    const pivot = rows.slice(i).reduce((best, row, k) => (Math.abs(row[i]) > Math.abs(rows[best][i]) ? i + k : best), i);
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    if (Math.abs(rows[i][i]) <= 1e-12 * scale) return undefined;
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const factor = rows[r][i] / rows[i][i];
      for (let c = i; c <= n; c++) rows[r][c] -= factor * rows[i][c];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/** Directions in which extreme points are looked up for the diameter. */
const DIAMETER_DIRECTIONS = 256;
/** Up to so many candidate points, every pair is tried. */
const MOST_PAIRED_POINTS = 3000;

/**
 * The largest distance between two of the points [V, 3]. Exact where at most 3000 points can take part in it;
 * for more (sphere-like objects of many vertices) short of it by less than 0.1 %.
 */
export function meshDiameter(positions: Float32Array): number {
  const { center, radius } = boundingSphere(positions);
  const extremes = extremePoints(positions, spreadDirections(DIAMETER_DIRECTIONS));
  let diameter = 0;
  for (const point of extremes) diameter = Math.max(diameter, farthestFrom(positions, point)[1]);
  // |p − q| ≤ |p − c| + |q − c| ≤ |p − c| + radius: only points farther out than this can beat what was found.
  const bound = diameter - radius;
  const candidates: Vector3[] = [];
  for (let v = 0; v < positions.length / 3 && candidates.length <= MOST_PAIRED_POINTS; v++) {
    const p = pointAt(positions, v);
    if (distanceBetween(p, center) > bound) candidates.push(p);
  }
  if (candidates.length > MOST_PAIRED_POINTS) return diameter;
  for (let i = 0; i < candidates.length; i++) {
    for (let j = 0; j < i; j++) diameter = Math.max(diameter, distanceBetween(candidates[i], candidates[j]));
  }
  return diameter;
}

function extremePoints(positions: Float32Array, directions: readonly Vector3[]): Vector3[] {
  const found = new Set<number>();
  for (const [x, y, z] of directions) {
    let [best, most] = [0, -Infinity];
    for (let v = 0; v < positions.length; v += 3) {
      const along = positions[v] * x + positions[v + 1] * y + positions[v + 2] * z;
      if (along > most) [best, most] = [v / 3, along];
    }
    found.add(best);
  }
  return [...found].map((v) => pointAt(positions, v));
}

function farthestFrom(positions: Float32Array, [x, y, z]: Vector3): [point: Vector3, distance: number] {
  let [farthest, most] = [0, -1];
  for (let v = 0; v < positions.length; v += 3) {
    const square = (positions[v] - x) ** 2 + (positions[v + 1] - y) ** 2 + (positions[v + 2] - z) ** 2;
    if (square > most) [farthest, most] = [v / 3, square];
  }
  return [pointAt(positions, farthest), Math.sqrt(Math.max(0, most))];
}

const pointAt = (positions: Float32Array, v: number): Vector3 => [positions[3 * v], positions[3 * v + 1], positions[3 * v + 2]];
const distanceBetween = (a: Vector3, b: Vector3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
