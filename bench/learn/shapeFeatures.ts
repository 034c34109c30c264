import { nearestNeighbors } from '../../src/scene/nearestNeighbors';
import type { Random } from '../../src/scene/random';

// What can be said of a cloud without learning: histograms of distances and angles between points drawn at random (Osada et al. 2002, "Shape
// Distributions": A3, D1, D2), of normals estimated from neighbours, and of how flat or thin neighbourhoods are.

const D2_BINS = 32;
const D1_BINS = 16;
const A3_BINS = 24;
const NORMAL_BINS = 8;
const PAIRS = 4096;
const NEIGHBORS = 12;
/** Points whose neighbourhoods are looked at. */
const LOOKED_AT = 256;

/** @param positions [N, 3] in the unit ball. @returns a bag of features, the same length for every cloud. */
export function shapeFeatures(positions: Float32Array, random: Random): Float64Array {
  return Float64Array.from([...distances(positions, random), ...angles(positions, random), ...extents(positions), ...neighborhoods(positions)]);
}

const point = (positions: Float32Array, i: number): readonly [number, number, number] => [positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]];
const minus = (a: readonly number[], b: readonly number[]) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function histogram(values: Iterable<number>, bins: number, most: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  let total = 0;
  for (const value of values) {
    counts[Math.min(bins - 1, Math.max(0, Math.floor((value / most) * bins)))]++;
    total++;
  }
  return counts.map((n) => n / Math.max(1, total));
}

function distances(positions: Float32Array, random: Random): number[] {
  const count = positions.length / 3;
  const between = Array.from({ length: PAIRS }, () => Math.hypot(...minus(point(positions, random.integer(count)), point(positions, random.integer(count)))));
  const fromMiddle = Array.from({ length: count }, (_, i) => Math.hypot(...point(positions, i)));
  return [...histogram(between, D2_BINS, 2), ...histogram(fromMiddle, D1_BINS, 1)];
}

function angles(positions: Float32Array, random: Random): number[] {
  const count = positions.length / 3;
  return histogram(Array.from({ length: PAIRS }, () => {
    const [a, b, c] = [0, 1, 2].map(() => point(positions, random.integer(count)));
    const [u, v] = [minus(a, b), minus(c, b)];
    const lengths = Math.hypot(...u) * Math.hypot(...v);
    return lengths > 0 ? Math.acos(Math.min(1, Math.max(-1, dot(u, v) / lengths))) : 0;
  }), A3_BINS, Math.PI);
}

/** Along the axes, and how the points are spread along each. */
function extents(positions: Float32Array): number[] {
  const count = positions.length / 3;
  return [0, 1, 2].flatMap((k) => {
    const along = Array.from({ length: count }, (_, i) => positions[3 * i + k]).sort((a, b) => a - b);
    return [0.02, 0.25, 0.5, 0.75, 0.98].map((q) => along[Math.floor(q * (count - 1))]);
  });
}

/** Of the directions of normals against each axis, and of the surface variation λ₀ / (λ₀ + λ₁ + λ₂) (Pauly et al. 2002, §2.1). */
function neighborhoods(positions: Float32Array): number[] {
  const count = positions.length / 3;
  const looked = Math.min(LOOKED_AT, count);
  const queries = Float32Array.from({ length: 3 * looked }, (_, i) => positions[3 * Math.floor((Math.floor(i / 3) * count) / looked) + (i % 3)]);
  const k = Math.min(NEIGHBORS, count);
  const { indices } = nearestNeighbors(positions, 3, k, { queries });
  const frames = Array.from({ length: looked }, (_, q) => smallestAxis(positions, indices.subarray(q * k, (q + 1) * k)));
  return [
    ...[0, 1, 2].flatMap((axis) => histogram(frames.map(({ normal }) => Math.abs(normal[axis])), NORMAL_BINS, 1)),
    ...histogram(frames.map(({ variation }) => variation), NORMAL_BINS, 1 / 3),
  ];
}

const JACOBI_SWEEPS = 6;

/** The direction in which points vary least, with its share of the variance: eigenvectors of their covariance by Jacobi's rotations. */
function smallestAxis(positions: Float32Array, indices: Int32Array): { readonly normal: readonly number[]; readonly variation: number } {
  const points = [...indices].filter((i) => i >= 0).map((i) => point(positions, i));
  const mean = [0, 1, 2].map((k) => points.reduce((sum, p) => sum + p[k], 0) / points.length);
  const m = [0, 1, 2].map((r) => [0, 1, 2].map((c) => points.reduce((sum, p) => sum + (p[r] - mean[r]) * (p[c] - mean[c]), 0)));
  const v = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
  for (let sweep = 0; sweep < JACOBI_SWEEPS; sweep++) {
    for (const [p, q] of [[0, 1], [0, 2], [1, 2]]) {
      if (Math.abs(m[p][q]) < Number.EPSILON) continue;
      const angle = 0.5 * Math.atan2(2 * m[p][q], m[q][q] - m[p][p]);
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (const rows of [m, v]) for (let i = 0; i < 3; i++) [rows[i][p], rows[i][q]] = [c * rows[i][p] - s * rows[i][q], s * rows[i][p] + c * rows[i][q]];
      for (let i = 0; i < 3; i++) [m[p][i], m[q][i]] = [c * m[p][i] - s * m[q][i], s * m[p][i] + c * m[q][i]];
    }
  }
  const values = [0, 1, 2].map((i) => Math.max(0, m[i][i]));
  const least = values.indexOf(Math.min(...values));
  const total = values[0] + values[1] + values[2];
  return { normal: v.map((row) => row[least]), variation: total > 0 ? values[least] / total : 0 };
}
