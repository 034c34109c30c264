import type { Solid } from './combine';
import { earClip } from './earClip';
import type { Vector3 } from './pose';

// Shape builders: closed, outward solids with welded vertices, y up. Normals come with combine.assemble.

/** A box of the given size around the origin: 8 vertices, 12 faces. */
export function box([sx, sy, sz]: Vector3): Solid {
  const [x, y, z] = [sx / 2, sy / 2, sz / 2];
  return extrude([[-x, -y], [x, -y], [x, y], [-x, y]], 2 * z);
}

/** A polygon (counter-clockwise [x, y] corners) drawn out along z, from −depth/2 to depth/2. */
export function extrude(polygon: readonly (readonly [number, number])[], depth: number): Solid {
  const n = polygon.length;
  const cap = earClip(polygon.map(([x, y]) => [x, y, 0] as const));
  const faces: Vector3[] = [];
  for (let t = 0; t < cap.length; t += 3) {
    faces.push([cap[t] + n, cap[t + 1] + n, cap[t + 2] + n], [cap[t + 2], cap[t + 1], cap[t]]);
  }
  for (let i = 0; i < n; i++) {
    const j = (i + 1) % n;
    faces.push([i, j, j + n], [i, j + n, i + n]);
  }
  const layer = (z: number) => polygon.map(([x, y]): Vector3 => [x, y, z]);
  return { positions: [...layer(-depth / 2), ...layer(depth / 2)], faces };
}

/**
 * A profile of [radius, y] points turned about the y axis. The profile runs upwards on the outside; it either begins and ends on the axis
 * (radius 0) or, with `closed`, returns to its first point without touching the axis.
 */
export function lathe(profile: readonly (readonly [number, number])[], segments: number, closed = false): Solid {
  const positions: Vector3[] = [];
  const rings = profile.map(([radius, y]) => {
    const start = positions.length;
    if (radius === 0) positions.push([0, y, 0]);
    for (let j = 0; radius > 0 && j < segments; j++) {
      const angle = (2 * Math.PI * j) / segments;
      positions.push([radius * Math.cos(angle), y, radius * Math.sin(angle)]);
    }
    return (j: number) => (radius > 0 ? start + (j % segments) : start);
  });
  const faces: Vector3[] = [];
  for (let i = 0; i < rings.length - (closed ? 0 : 1); i++) {
    const [low, high] = [rings[i], rings[(i + 1) % rings.length]];
    for (let j = 0; j < segments; j++) {
      const [a, b, c, d] = [low(j), high(j), high(j + 1), low(j + 1)];
      if (b !== c) faces.push([a, b, c]);
      if (a !== d) faces.push([a, c, d]);
    }
  }
  return { positions, faces };
}

/** A cylinder about y, from −height/2 to height/2. */
export const cylinder = (radius: number, height: number, segments: number): Solid =>
  lathe([[0, -height / 2], [radius, -height / 2], [radius, height / 2], [0, height / 2]], segments);

/** A cone about y with its tip at height/2. */
export const cone = (radius: number, height: number, segments: number): Solid =>
  lathe([[0, -height / 2], [radius, -height / 2], [0, height / 2]], segments);

/** A torus about y. */
export const torus = (radius: number, tubeRadius: number, segments: number, tubeSegments: number): Solid =>
  lathe(Array.from({ length: tubeSegments }, (_, i) => {
    const angle = (2 * Math.PI * i) / tubeSegments;
    return [radius + tubeRadius * Math.cos(angle), tubeRadius * Math.sin(angle)] as const;
  }), segments, true);

/** A ball about the origin on circles of latitude. */
export const ball = (radius: number, segments: number): Solid => {
  const rings = Math.max(2, Math.round(segments / 2));
  return lathe(Array.from({ length: rings + 1 }, (_, i) => {
    const latitude = -Math.PI / 2 + (Math.PI * i) / rings;
    return [i === 0 || i === rings ? 0 : radius * Math.cos(latitude), radius * Math.sin(latitude)] as const;
  }), segments);
};

/** A round rod of the given radius along a path in the xy plane, with flat ends. */
export function tube(path: readonly (readonly [number, number])[], radius: number, segments: number): Solid {
  const positions: Vector3[] = [];
  path.forEach(([x, y], i) => {
    const [from, to] = [path[Math.max(0, i - 1)], path[Math.min(path.length - 1, i + 1)]];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const [nx, ny] = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length];
    for (let j = 0; j < segments; j++) {
      const angle = (2 * Math.PI * j) / segments;
      positions.push([x + radius * Math.cos(angle) * nx, y + radius * Math.cos(angle) * ny, radius * Math.sin(angle)]);
    }
  });
  const faces: Vector3[] = [];
  for (let i = 0; i + 1 < path.length; i++) {
    for (let j = 0; j < segments; j++) {
      const k = (j + 1) % segments;
      const [a, b, c, d] = [i * segments + j, i * segments + k, (i + 1) * segments + k, (i + 1) * segments + j];
      faces.push([a, b, c], [a, c, d]);
    }
  }
  const last = (path.length - 1) * segments;
  for (let j = 1; j + 1 < segments; j++) faces.push([0, j + 1, j], [last, last + j, last + j + 1]);
  return { positions, faces };
}

/** A geodesic sphere: the icosahedron's faces halved `subdivisions` times, 20 · 4^subdivisions faces. */
export function icosphere(radius: number, subdivisions: number): Solid {
  const g = (1 + Math.sqrt(5)) / 2;
  const onSphere = ([x, y, z]: Vector3): Vector3 => {
    const scale = radius / Math.hypot(x, y, z);
    return [x * scale, y * scale, z * scale];
  };
  const corners: Vector3[] = [
    [-1, g, 0], [1, g, 0], [-1, -g, 0], [1, -g, 0], [0, -1, g], [0, 1, g], [0, -1, -g], [0, 1, -g], [g, 0, -1], [g, 0, 1], [-g, 0, -1], [-g, 0, 1],
  ];
  const positions = corners.map(onSphere);
  let faces: Vector3[] = [
    [0, 11, 5], [0, 5, 1], [0, 1, 7], [0, 7, 10], [0, 10, 11], [1, 5, 9], [5, 11, 4], [11, 10, 2], [10, 7, 6], [7, 1, 8],
    [3, 9, 4], [3, 4, 2], [3, 2, 6], [3, 6, 8], [3, 8, 9], [4, 9, 5], [2, 4, 11], [6, 2, 10], [8, 6, 7], [9, 8, 1],
  ];
  for (let round = 0; round < subdivisions; round++) {
    const middles = new Map<number, number>();
    const middle = (a: number, b: number): number => {
      const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b);
      const known = middles.get(key);
      if (known !== undefined) return known;
      const [p, q] = [positions[a], positions[b]];
      positions.push(onSphere([p[0] + q[0], p[1] + q[1], p[2] + q[2]]));
      middles.set(key, positions.length - 1);
      return positions.length - 1;
    };
    faces = faces.flatMap(([a, b, c]): Vector3[] => {
      const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
      return [[a, ab, ca], [b, bc, ab], [c, ca, bc], [ab, bc, ca]];
    });
  }
  return { positions, faces };
}
