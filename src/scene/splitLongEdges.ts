import type { Mesh } from './mesh';
import type { Random } from './random';

/** Every pass at least shortens all long edges to three quarters; so many passes shorten them a thousandfold. */
const MOST_PASSES = 24;
/** A split falls at most this far from the middle, as a share of the edge. */
const LARGEST_SHIFT = 0.25;

export interface SplitMesh {
  readonly positions: Float32Array;
  readonly faces: Uint32Array;
  /** [F]: the face of the given mesh that each is a piece of. */
  readonly faceSources: Int32Array;
}

/**
 * Cuts every edge that is too long, and the faces along with it, until none is left: the surface stays what it is. Faces on all sides of an edge are cut
 * at the same point, so that nothing opens; edges count by their vertices' numbers, so a mesh with seams is welded first.
 * @param mesh positions [V, 3], faces [F, 3]; the old vertices keep their numbers. @param longest in the mesh's unit, above 0.
 * @param random where on an edge it is cut: near the middle, so that each seed gives another triangulation; at the middle by default.
 */
export function splitLongEdges({ positions, faces }: Pick<Mesh, 'positions' | 'faces'>, longest: number, random?: Random): SplitMesh {
  const points = Array.from(positions);
  let corners = Array.from(faces);
  let sources = Array.from({ length: faces.length / 3 }, (_, f) => f);
  const squared = (a: number, b: number) => [0, 1, 2].reduce((sum, k) => sum + (points[3 * a + k] - points[3 * b + k]) ** 2, 0);
  const limit = longest * longest;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const cuts = new Map<string, number>();
    const cut = (a: number, b: number): number => {
      if (!(squared(a, b) > limit)) return -1;
      const [low, high] = a < b ? [a, b] : [b, a];
      const known = cuts.get(`${low},${high}`);
      if (known !== undefined) return known;
      const t = 0.5 + (random ? LARGEST_SHIFT * (2 * random.uniform() - 1) : 0);
      const vertex = points.length / 3;
      for (let k = 0; k < 3; k++) points.push((1 - t) * points[3 * low + k] + t * points[3 * high + k]);
      cuts.set(`${low},${high}`, vertex);
      return vertex;
    };
    const [nextCorners, nextSources]: number[][] = [[], []];
    for (let f = 0; f < sources.length; f++) {
      const [a, b, c] = [corners[3 * f], corners[3 * f + 1], corners[3 * f + 2]];
      for (const piece of pieces([a, b, c], [cut(a, b), cut(b, c), cut(c, a)], squared)) {
        nextCorners.push(...piece);
        nextSources.push(sources[f]);
      }
    }
    [corners, sources] = [nextCorners, nextSources];
    if (cuts.size === 0) break;
  }
  return { positions: Float32Array.from(points), faces: Uint32Array.from(corners), faceSources: Int32Array.from(sources) };
}

type Triple = readonly [number, number, number];

/** A face's pieces. @param cuts the vertices on its edges ab, bc and ca, −1 for none. */
function pieces([a, b, c]: Triple, [ab, bc, ca]: Triple, squared: (a: number, b: number) => number): readonly Triple[] {
  const count = [ab, bc, ca].filter((vertex) => vertex >= 0).length;
  if (count === 0) return [[a, b, c]];
  if (count === 3) return [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]];
  // Turned so that with one cut it lies on ab, and with two c is between them.
  if (count === 1 ? ab < 0 : ab >= 0) return pieces([b, c, a], [bc, ca, ab], squared);
  if (count === 1) return [[a, ab, c], [ab, b, c]];
  return [[ca, bc, c], ...(squared(a, bc) < squared(b, ca) ? [[a, b, bc], [a, bc, ca]] as const : [[a, b, ca], [b, bc, ca]] as const)];
}
