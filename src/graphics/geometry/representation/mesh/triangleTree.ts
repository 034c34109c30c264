/** The place on a triangle soup that is nearest to a point. */
export interface NearestPlace {
  face: number;
  squaredDistance: number;
  /** Barycentric coordinates there, of the face's corners in order. */
  readonly shares: Float64Array;
}

/** Triangles in a leaf, at most. */
const LEAF_SIZE = 8;

/**
 * A tree of boxes over triangles, split at the median of their centres along the widest axis; answers which place on them is nearest to a
 * point in O(log F) for points near the surface. Plain loops in float64.
 */
export class TriangleTree {
  private readonly order: Int32Array;
  /** Six numbers a node: lower and upper corner. Node n has the children 2n + 1 and 2n + 2. */
  private readonly boxes: number[] = [];
  private readonly ranges: [number, number][] = [];
  private readonly scratch = new Float64Array(3);

  /** @param positions [V, 3] @param faces [F, 3] */
  constructor(private readonly positions: ArrayLike<number>, private readonly faces: ArrayLike<number>) {
    this.order = Int32Array.from({ length: faces.length / 3 }, (_, f) => f);
    this.build(0, 0, this.order.length);
  }

  private corner(face: number, k: number, axis: number): number {
    return this.positions[3 * this.faces[3 * face + k] + axis];
  }

  private build(node: number, start: number, end: number): void {
    const box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
    for (let i = start; i < end; i++) {
      for (let k = 0; k < 3; k++) {
        for (let axis = 0; axis < 3; axis++) {
          const x = this.corner(this.order[i], k, axis);
          box[axis] = Math.min(box[axis], x);
          box[3 + axis] = Math.max(box[3 + axis], x);
        }
      }
    }
    box.forEach((x, i) => { this.boxes[6 * node + i] = x; });
    this.ranges[node] = [start, end];
    if (end - start <= LEAF_SIZE) return;
    const widths = [0, 1, 2].map((axis) => box[3 + axis] - box[axis]);
    const axis = widths.indexOf(Math.max(...widths));
    const centre = (face: number) => this.corner(face, 0, axis) + this.corner(face, 1, axis) + this.corner(face, 2, axis);
    this.order.subarray(start, end).sort((a, b) => centre(a) - centre(b));
    const half = (start + end) >> 1;
    this.build(2 * node + 1, start, half);
    this.build(2 * node + 2, half, end);
  }

  private boxDistance(node: number, p: ArrayLike<number>): number {
    let sum = 0;
    for (let axis = 0; axis < 3; axis++) {
      const outside = Math.max(this.boxes[6 * node + axis] - p[axis], p[axis] - this.boxes[6 * node + 3 + axis], 0);
      sum += outside * outside;
    }
    return sum;
  }

  /** @param p [3] */
  nearest(p: ArrayLike<number>): NearestPlace {
    const best: NearestPlace = { face: -1, squaredDistance: Infinity, shares: new Float64Array(3) };
    this.visit(0, p, best);
    return best;
  }

  private visit(node: number, p: ArrayLike<number>, best: NearestPlace): void {
    const [start, end] = this.ranges[node];
    if (end - start <= LEAF_SIZE) {
      for (let i = start; i < end; i++) this.tryFace(this.order[i], p, best);
      return;
    }
    const [left, right] = [this.boxDistance(2 * node + 1, p), this.boxDistance(2 * node + 2, p)];
    const children = left <= right ? [2 * node + 1, 2 * node + 2] : [2 * node + 2, 2 * node + 1];
    for (const child of children) if (this.boxDistance(child, p) < best.squaredDistance) this.visit(child, p, best);
  }

  private tryFace(face: number, p: ArrayLike<number>, best: NearestPlace): void {
    const corners = [0, 1, 2].map((k) => [this.corner(face, k, 0), this.corner(face, k, 1), this.corner(face, k, 2)]);
    nearestShares(corners, p, this.scratch);
    let squared = 0;
    for (let axis = 0; axis < 3; axis++) {
      squared += (p[axis] - this.scratch[0] * corners[0][axis] - this.scratch[1] * corners[1][axis] - this.scratch[2] * corners[2][axis]) ** 2;
    }
    if (!(squared < best.squaredDistance)) return;
    best.face = face;
    best.squaredDistance = squared;
    best.shares.set(this.scratch);
  }
}

const sub = (a: ArrayLike<number>, b: ArrayLike<number>) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/**
 * Barycentric coordinates of the place on a triangle nearest to p, by which corner, edge or inside it lies nearest to. Triangles without
 * area count as their edges.
 */
function nearestShares([a, b, c]: readonly number[][], p: ArrayLike<number>, shares: Float64Array): void {
  const [ab, ac, ap] = [sub(b, a), sub(c, a), sub(p, a)];
  const [d1, d2, e1, e2, e3] = [dot(ab, ap), dot(ac, ap), dot(ab, ab), dot(ab, ac), dot(ac, ac)];
  const area = e1 * e3 - e2 * e2;
  const [v, w] = [e3 * d1 - e2 * d2, e1 * d2 - e2 * d1];
  if (area > 0 && v >= 0 && w >= 0 && v + w <= area) {
    shares.set([1 - (v + w) / area, v / area, w / area]);
    return;
  }
  // Else it lies on an edge: the best of three.
  let least = Infinity;
  const corners = [a, b, c];
  for (let k = 0; k < 3; k++) {
    const [from, to] = [corners[k], corners[(k + 1) % 3]];
    const edge = sub(to, from);
    const length = dot(edge, edge);
    const t = length > 0 ? Math.min(1, Math.max(0, dot(edge, sub(p, from)) / length)) : 0;
    const gap = sub(p, [from[0] + t * edge[0], from[1] + t * edge[1], from[2] + t * edge[2]]);
    if (dot(gap, gap) >= least) continue;
    least = dot(gap, gap);
    shares.fill(0);
    shares[k] = 1 - t;
    shares[(k + 1) % 3] += t;
  }
}
