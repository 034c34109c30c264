/**
 * Triangulates a simple polygon, concave or not, by clipping ears; O(n³) at worst, meant for small ones.
 * @param polygon n points, planar or nearly so.
 * @returns corner numbers 0 … n − 1, three a triangle, in the polygon's own turning direction; n − 2 triangles always.
 */
export function earClip(polygon: readonly (readonly [number, number, number])[]): number[] {
  const n = polygon.length;
  if (n < 3) return [];
  if (n === 3) return [0, 1, 2];
  const flat = projectToPlane(polygon);
  const area = (a: number, b: number, c: number) =>
    (flat[b][0] - flat[a][0]) * (flat[c][1] - flat[a][1]) - (flat[b][1] - flat[a][1]) * (flat[c][0] - flat[a][0]);
  // Convex polygons (and all others that corner 0 sees whole) stay the customary fan.
  const fan = Array.from({ length: n - 2 }, (_, i) => [0, i + 1, i + 2]);
  if (fan.every(([a, b, c]) => area(a, b, c) > 0)) return fan.flat();
  const left = Array.from({ length: n }, (_, i) => i);
  const triangles: number[] = [];
  const isEar = (i: number): boolean => {
    const [a, b, c] = [left[(i + left.length - 1) % left.length], left[i], left[(i + 1) % left.length]];
    if (area(a, b, c) <= 0) return false;
    return left.every((p) => p === a || p === b || p === c || area(a, b, p) < 0 || area(b, c, p) < 0 || area(c, a, p) < 0
      || (area(a, b, p) === 0 && area(c, a, p) === 0));
  };
  while (left.length > 3) {
    // Where no true ear is left (self-intersecting or collinear) any corner is cut, so that the loop always ends.
    const ear = Math.max(0, left.findIndex((_, i) => isEar(i)));
    triangles.push(left[(ear + left.length - 1) % left.length], left[ear], left[(ear + 1) % left.length]);
    left.splice(ear, 1);
  }
  triangles.push(...left);
  return triangles;
}

/** Drops the coordinate along which the polygon's normal (Newell's) is largest, keeping counter-clockwise positive. */
function projectToPlane(polygon: readonly (readonly [number, number, number])[]): [number, number][] {
  const normal = [0, 0, 0];
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length];
    for (let k = 0; k < 3; k++) {
      const [u, v] = [(k + 1) % 3, (k + 2) % 3];
      normal[k] += (p[u] - q[u]) * (p[v] + q[v]);
    }
  });
  const axis = [0, 1, 2].reduce((best, k) => (Math.abs(normal[k]) > Math.abs(normal[best]) ? k : best), 0);
  const [u, v] = normal[axis] >= 0 ? [(axis + 1) % 3, (axis + 2) % 3] : [(axis + 2) % 3, (axis + 1) % 3];
  return polygon.map((p) => [p[u], p[v]]);
}
