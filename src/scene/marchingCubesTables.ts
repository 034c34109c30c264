// How a surface passes through one cell of a grid, for each of the 256 ways in which its 8 corners lie inside or outside. Corner
// 4 i + 2 j + k lies at (i, j, k); edge 3 c + a starts at corner c and runs up axis a. Source: Lorensen and Cline 1987, "Marching cubes".
// The tables follow from one rule for faces, so that cells agree on the face between them (compare Montani, Scateni and Scopigno 1994,
// "A modified look-up table for implicit disambiguation of marching cubes"): a face's inside corners are joined along its sides only;
// where just two opposite ones are inside, each is cut off alone.

const AXES = [0, 1, 2] as const;
const bitOf = (axis: number): number => 4 >> axis;

/** Where a corner lies in its cell, along each axis. */
export const cornerPlace = (corner: number): [number, number, number] => [(corner >> 2) & 1, (corner >> 1) & 1, corner & 1];

/** The edge between two neighbouring corners. */
const edgeBetween = (a: number, b: number): number => 3 * (a & b) + AXES.findIndex((axis) => bitOf(axis) === (a ^ b));

/** The corners of each of the six faces, counter-clockwise seen from outside. */
const FACES: readonly (readonly number[])[] = AXES.flatMap((axis) => {
  const [u, v] = [bitOf((axis + 1) % 3), bitOf((axis + 2) % 3)];
  const low = [0, u, u | v, v];
  return [low.slice().reverse(), low.map((corner) => corner | bitOf(axis))];
});

/** The edges of each face, as sets. */
const FACE_EDGES = FACES.map((corners) => new Set(corners.map((corner, i) => edgeBetween(corner, corners[(i + 1) % 4]))));

const onOneFace = (a: number, b: number): boolean => FACE_EDGES.some((edges) => edges.has(a) && edges.has(b));

/** For each crossed edge, the next one around the surface: one step per face and run of inside corners. */
function stepsAround(mask: number): Map<number, number> {
  const isInside = (corner: number) => ((mask >> corner) & 1) === 1;
  const steps = new Map<number, number>();
  for (const corners of FACES) {
    for (let entry = 0; entry < 4; entry++) {
      const at = (i: number) => corners[(entry + i) % 4];
      if (isInside(at(0)) || !isInside(at(1))) continue;
      let last = 1;
      while (isInside(at(last + 1))) last++;
      steps.set(edgeBetween(at(0), at(1)), edgeBetween(at(last), at(last + 1)));
    }
  }
  return steps;
}

/** The closed rings of crossed edges. */
export function ringsOf(mask: number): number[][] {
  const steps = stepsAround(mask);
  const rings: number[][] = [];
  const seen = new Set<number>();
  for (const start of steps.keys()) {
    const ring: number[] = [];
    for (let edge: number | undefined = start; edge !== undefined && !seen.has(edge); edge = steps.get(edge)) {
      seen.add(edge);
      ring.push(edge);
    }
    if (ring.length > 0) rings.push(ring);
  }
  return rings;
}

/**
 * Triangles of a ring whose diagonals keep off the cell's faces: one that lay in a face could be an edge of the neighbouring cell too,
 * and be shared by more than two triangles. Undefined where there are none.
 */
function triangulate(ring: readonly number[]): number[] | undefined {
  if (ring.length < 3) return [];
  const last = ring.length - 1;
  for (let tip = 1; tip < last; tip++) {
    if ((tip > 1 && onOneFace(ring[0], ring[tip])) || (tip < last - 1 && onOneFace(ring[tip], ring[last]))) continue;
    const [before, after] = [triangulate(ring.slice(0, tip + 1)), triangulate(ring.slice(tip))];
    if (before && after) return [ring[0], ring[tip], ring[last], ...before, ...after];
  }
  return undefined;
}

function trianglesOf(mask: number): Uint8Array {
  return Uint8Array.from(ringsOf(mask).flatMap((ring) => {
    const triangles = triangulate(ring);
    if (!triangles) throw new Error(`the ring ${ring.join(', ')} of case ${mask} has no triangles that keep off the cell's faces`);
    return triangles;
  }));
}

/** For each set of inside corners (bit c for corner c): three edges for each triangle, counter-clockwise seen from outside the surface. */
export const CELL_TRIANGLES: readonly Uint8Array[] = Array.from({ length: 256 }, (_, mask) => trianglesOf(mask));
