import { neighborhoodFromEntries, type Neighborhood } from '../../../../scene/neighborhood';
import { asFloat } from '../../../asFloat';
import { neighborSum } from '../../../kernels';
import { checkMinimumRank, checkShape } from '../../../shape';
import * as tf from '../../../tf';
import type { SparseNeighborhood } from '../../convolution/sparseNeighborhood';
import { extractUniqueEdgesFromTriangularMesh } from './edges';

// Every triangle becomes four. A subdivision is a sparse matrix from old vertices to new ones, made once for a mesh's connectivity and then
// applied to anything that vertices hold. Vertices count as they are indexed: where a seam splits them, it is an open edge.

export type SubdivisionScheme = 'loop' | 'midpoint';

export interface Subdivision {
  /** [4 F, 3], wound as before; the middle triangle of each face last of its four. */
  readonly faces: Uint32Array;
  /** [V + E, V]: the old vertices, then one for each edge in the order of `extractUniqueEdgesFromTriangularMesh`. Rows sum to 1. */
  readonly map: Neighborhood;
}

/** An edge's ends, and the corners that lie opposite it. */
interface Edge { readonly ends: readonly [number, number]; readonly opposite: number[] }

/**
 * Plans a subdivision of triangles.
 *
 * @param mesh its faces [F, 3] and its number of vertices.
 * @param options.scheme 'midpoint' leaves the surface as it is; 'loop' rounds it, towards a surface that is smooth but for open edges and
 *   edges of three faces or more, which become smooth curves. Vertices where such edges end or cross stay.
 * @returns the new faces, and the map from old vertices to new ones.
 * Source: Loop 1987, "Smooth subdivision surfaces based on triangles"; Warren's weights for vertices.
 * @example
 * ```ts
 * const plan = geometry.representation.mesh.subdivision.planSubdivision({ faces: [0, 1, 2], vertexCount: 3 }, { scheme: 'midpoint' });
 * // Vertices 3, 4 and 5 lie on the edges 01, 02 and 12.
 * plan.faces; // → [0, 3, 4, 1, 5, 3, 2, 4, 5, 5, 4, 3]
 * ```
 */
export function planSubdivision(
  { faces, vertexCount }: { readonly faces: ArrayLike<number>; readonly vertexCount: number }, { scheme = 'loop' }: { readonly scheme?: SubdivisionScheme } = {},
): Subdivision {
  const pairs = extractUniqueEdgesFromTriangularMesh(faces);
  const edges: Edge[] = Array.from({ length: pairs.length / 2 }, (_, e) => ({ ends: [pairs[2 * e], pairs[2 * e + 1]], opposite: [] }));
  const key = (p: number, q: number) => Math.min(p, q) * vertexCount + Math.max(p, q);
  const numbers = new Map(edges.map(({ ends: [p, q] }, e) => [key(p, q), e]));
  const split = new Uint32Array(4 * faces.length);
  for (let f = 0; f < faces.length; f += 3) {
    const corners = [faces[f], faces[f + 1], faces[f + 2]];
    const middles = corners.map((corner, k) => {
      const e = numbers.get(key(corners[(k + 1) % 3], corners[(k + 2) % 3]))!;
      edges[e].opposite.push(corner);
      return vertexCount + e;
    });
    corners.forEach((corner, k) => split.set([corner, middles[(k + 2) % 3], middles[(k + 1) % 3]], 4 * f + 3 * k));
    split.set(middles, 4 * f + 9);
  }
  const rows = scheme === 'loop' ? [...loopVertices(edges, vertexCount), ...edges.map(loopEdge)]
    : [...Array.from({ length: vertexCount }, (_, v): Row => [[v, 1]]), ...edges.map(middle)];
  return { faces: split, map: matrixOf(rows, vertexCount) };
}

/** Old vertices and their weights. */
type Row = readonly (readonly [vertex: number, weight: number])[];

const middle = ({ ends: [p, q] }: Edge): Row => [[p, 1 / 2], [q, 1 / 2]];
const isSmooth = ({ opposite }: Edge): boolean => opposite.length === 2;

const loopEdge = (edge: Edge): Row =>
  (isSmooth(edge) ? [...edge.ends.map((v) => [v, 3 / 8] as const), ...edge.opposite.map((v) => [v, 1 / 8] as const)] : middle(edge));

function loopVertices(edges: readonly Edge[], vertexCount: number): Row[] {
  const around = Array.from({ length: vertexCount }, () => ({ smooth: [] as number[], sharp: [] as number[] }));
  for (const edge of edges) {
    const [p, q] = edge.ends;
    const kind = isSmooth(edge) ? 'smooth' : 'sharp';
    around[p][kind].push(q);
    around[q][kind].push(p);
  }
  return around.map(({ smooth, sharp }, v): Row => {
    if (sharp.length === 2) return [[v, 3 / 4], ...sharp.map((u) => [u, 1 / 8] as const)];
    if (sharp.length > 0 || smooth.length === 0) return [[v, 1]];
    const share = smooth.length === 3 ? 3 / 16 : 3 / (8 * smooth.length);
    return [[v, 1 - smooth.length * share], ...smooth.map((u) => [u, share] as const)];
  });
}

function matrixOf(rows: readonly Row[], columnCount: number): Neighborhood {
  const entries = rows.flatMap((row, r) => row.map(([column, weight]) => [r, column, weight] as const));
  return neighborhoodFromEntries(
    Int32Array.from(entries, ([row]) => row), Int32Array.from(entries, ([, column]) => column), { rowCount: rows.length, columnCount },
    Float32Array.from(entries, ([, , weight]) => weight),
  );
}

/**
 * What the new vertices hold. Differentiable.
 *
 * @param values [*, V, C]: positions, colours, features.
 * @param map [V + E, V], as from `createNeighborhood(planSubdivision(mesh).map)`.
 * @returns [*, V + E, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const { planSubdivision, subdivide } = geometry.representation.mesh.subdivision;
 * const { map } = planSubdivision({ faces: [0, 1, 2], vertexCount: 3 }, { scheme: 'midpoint' });
 * subdivide(tf.tensor2d([[0], [2], [4]]), geometry.convolution.createNeighborhood(map)); // → [[0], [2], [4], [1], [2], [3]]
 * ```
 */
export function subdivide(values: tf.Tensor, map: SparseNeighborhood): tf.Tensor {
  checkMinimumRank('values', values, 2);
  checkShape('values', values, [...values.shape.slice(0, -2), map.columnCount, null]);
  return tf.tidy(() => neighborSum(asFloat(values), tf.expandDims(map.weights, 1), map));
}
