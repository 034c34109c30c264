import type { CollapsibleFaces } from './collapsibleFaces';

/** A face may turn by up to about 78° in one collapse: less than a right angle, or slivers would fold over in two steps. */
const LEAST_COSINE = 0.2;

/** Other than a and b, the vertices of the faces given, each once, ascending. */
function others({ faces }: CollapsibleFaces, list: readonly number[], a: number, b: number): number[] {
  const found = new Set<number>();
  for (const face of list) for (let k = 0; k < 3; k++) found.add(faces[3 * face + k]);
  found.delete(a);
  found.delete(b);
  return [...found].sort((p, q) => p - q);
}

const has = ({ faces }: CollapsibleFaces, face: number, vertex: number): boolean =>
  faces[3 * face] === vertex || faces[3 * face + 1] === vertex || faces[3 * face + 2] === vertex;

/** The faces with both, found from where fewer meet. */
function facesWith(mesh: CollapsibleFaces, a: number, b: number): number[] {
  const [few, many] = mesh.degrees[a] < mesh.degrees[b] ? [a, b] : [b, a];
  return mesh.facesAt(few).filter((face) => has(mesh, face, many));
}

/** The vertices across an edge, each once: 2 inside a surface, 1 at its border, more where sheets meet. */
export const apexesOf = (mesh: CollapsibleFaces, a: number, b: number): number[] => others(mesh, facesWith(mesh, a, b), a, b);

/** The neighbours of a vertex, ascending. */
export const neighborsOf = (mesh: CollapsibleFaces, vertex: number): number[] => others(mesh, mesh.facesAt(vertex), vertex, vertex);

/**
 * Does the surface stay of one kind when edge ab shrinks to a point? The link condition (Dey, Edelsbrunner, Guha and Nekhayev, "Topology preserving
 * edge contraction", 1999): a and b have no common neighbours but the vertices across their edge, and no two faces fall together; two vertices
 * on the rim (borders and edges where sheets meet) join along it alone; and no vertex loses all its faces.
 */
export function keepsTopology(mesh: CollapsibleFaces, a: number, b: number, rim: Uint8Array): boolean {
  const shared = facesWith(mesh, a, b);
  const apexes = others(mesh, shared, a, b);
  if (apexes.length === 2 && rim[a] && rim[b]) return false;
  if (mesh.degrees[a] + mesh.degrees[b] === 2 * shared.length) return false;
  if (apexes.some((apex) => mesh.degrees[apex] === shared.filter((face) => has(mesh, face, apex)).length)) return false;
  // Asked from the end with fewer faces; the other may be the middle of a large fan.
  const [few, many] = mesh.degrees[a] < mesh.degrees[b] ? [a, b] : [b, a];
  const facesFew = mesh.facesAt(few).slice();
  const areNeighbors = (u: number, v: number) => facesWith(mesh, u, v).length > 0;
  if (others(mesh, facesFew, a, b).some((v) => !apexes.includes(v) && areNeighbors(v, many))) return false;
  return !facesFew.some((face) => {
    const [p, q] = others(mesh, [face], few, many);
    return apexes.includes(p) && apexes.includes(q) && facesWith(mesh, p, q).some((other) => has(mesh, other, many));
  });
}

/** Would any face at `vertex`, but those with `partner`, turn over or lose its area if the vertex moved? Faces without area have none to lose. */
export function flips(mesh: CollapsibleFaces, points: Float64Array, vertex: number, partner: number, to: Float64Array): boolean {
  const { faces } = mesh;
  if ([0, 1, 2].every((k) => points[3 * vertex + k] === to[k])) return false;
  for (const face of mesh.facesAt(vertex)) {
    if (has(mesh, face, partner)) continue;
    const k = faces.indexOf(vertex, 3 * face) - 3 * face;
    const [p, q, v] = [3 * faces[3 * face + ((k + 1) % 3)], 3 * faces[3 * face + ((k + 2) % 3)], 3 * vertex];
    const [ex, ey, ez] = [points[q] - points[p], points[q + 1] - points[p + 1], points[q + 2] - points[p + 2]];
    const normal = (x: number, y: number, z: number) => [ey * z - ez * y, ez * x - ex * z, ex * y - ey * x];
    const old = normal(points[v] - points[p], points[v + 1] - points[p + 1], points[v + 2] - points[p + 2]);
    const now = normal(to[0] - points[p], to[1] - points[p + 1], to[2] - points[p + 2]);
    const size = Math.hypot(old[0], old[1], old[2]);
    if (size > 0 && !(old[0] * now[0] + old[1] * now[1] + old[2] * now[2] > LEAST_COSINE * size * Math.hypot(now[0], now[1], now[2]))) return true;
  }
  return false;
}
