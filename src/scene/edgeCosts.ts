import { apexesOf } from './collapseRules';
import type { CollapsibleFaces } from './collapsibleFaces';
import { addPlane, minimizeQuadric, QUADRIC_SIZE, quadricError, quadricWeight, sumQuadrics } from './quadrics';

/** How much more a border's own plane counts than the surface's: leaving the outline is worse than leaving the surface. */
const BORDER_WEIGHT = 100;
/** Errors this share of the quadric's weight apart are equal but for rounding, for points within ±1; then a vertex stays exactly where it is. */
const ROUNDING = 1e-14;
/** The best point may lie this many edge lengths from the edge's middle. Farther out, A was singular but for rounding. */
const FARTHEST = 2;
/** A little of the squared length counts as error, so that where nothing is lost (on planes) short edges between small faces go first, not low indices. */
export const LENGTH_SHARE = 1e-9;

export interface EdgeCosts {
  /** The cost of merging a < b; the place to merge at is written into `place`. */
  cost(a: number, b: number, place: Float64Array): number;
  /** `kept` takes over the planes of `gone`. */
  merge(kept: number, gone: number): void;
  /** [V]: 1 for vertices at an edge of other than two sheets. */
  readonly rim: Uint8Array;
  /** [V]: 1 for vertices at an edge of one face. */
  readonly border: Uint8Array;
}

/**
 * Quadrics of every vertex: the planes of its faces, weighted by area, and for edges with one face a plane through the edge that stands on the face.
 * @param points [V, 3] within ±1; read whenever a cost is asked for. @param isFixed vertices that may not move.
 * @param lengthShare how much of the squared length counts as error.
 */
export function edgeCosts(mesh: CollapsibleFaces, points: Float64Array, isFixed: (vertex: number) => boolean, lengthShare = LENGTH_SHARE): EdgeCosts {
  const count = points.length / 3;
  const quadrics = new Float64Array(QUADRIC_SIZE * count);
  const [rim, border] = [new Uint8Array(count), new Uint8Array(count)];
  const at = (vertex: number) => points.subarray(3 * vertex, 3 * vertex + 3);
  const addTo = (vertices: readonly number[], normal: readonly number[], through: Float64Array, weight: number) => {
    const d = -(normal[0] * through[0] + normal[1] * through[1] + normal[2] * through[2]);
    for (const vertex of vertices) addPlane(quadrics, vertex, normal[0], normal[1], normal[2], d, weight);
  };

  for (let face = 0; face < mesh.alive.length; face++) {
    if (!mesh.alive[face]) continue;
    const corners = [...mesh.faces.subarray(3 * face, 3 * face + 3)];
    const [p, q, r] = corners.map(at);
    const twice = cross(minus(q, p), minus(r, p));
    const size = Math.hypot(...twice);
    const normal = twice.map((x) => x / size);
    if (size > 0) addTo(corners, normal, p, size / 2);
    for (let k = 0; k < 3; k++) {
      const [a, b] = [corners[k], corners[(k + 1) % 3]];
      const apexes = apexesOf(mesh, a, b).length;
      if (apexes === 2) continue;
      rim[a] = rim[b] = 1;
      if (apexes > 1) continue;
      border[a] = border[b] = 1;
      const along = minus(at(b), at(a));
      const length = Math.hypot(...along);
      if (size > 0) addTo([a, b], cross(along, normal).map((x) => x / length), at(a), BORDER_WEIGHT * length * length);
    }
  }

  const sum = new Float64Array(QUADRIC_SIZE);
  const best = new Float64Array(3);
  return {
    rim, border,
    cost(a, b, place) {
      sumQuadrics(quadrics, a, b, sum);
      const [p, q] = [at(a), at(b)];
      const length = Math.hypot(...minus(p, q));
      const middle = p.map((x, k) => (x + q[k]) / 2);
      const weight = quadricWeight(sum);
      let least = Infinity;
      const consider = (point: Float64Array) => {
        const error = quadricError(sum, point[0], point[1], point[2]);
        if (error >= least - ROUNDING * weight) return;
        least = error;
        place.set(point);
      };
      if (!isFixed(b)) consider(p);
      if (!isFixed(a)) consider(q);
      if (!isFixed(a) && !isFixed(b)) consider(minimizeQuadric(sum, best) && Math.hypot(...minus(best, middle)) <= FARTHEST * length ? best : middle);
      return least + lengthShare * weight * length * length;
    },
    merge(kept, gone) {
      sumQuadrics(quadrics, kept, gone, sum);
      quadrics.set(sum, kept * QUADRIC_SIZE);
      rim[kept] |= rim[gone];
      border[kept] |= border[gone];
    },
  };
}

const minus = (p: ArrayLike<number>, q: ArrayLike<number>): number[] => [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
const cross = (p: readonly number[], q: readonly number[]): number[] =>
  [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
