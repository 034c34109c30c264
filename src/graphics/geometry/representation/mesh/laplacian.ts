import { asFloat } from '../../../asFloat';
import { neighborSum, sumCorners } from '../../../kernels';
import { sumRows } from '../../../math/lookUpRows';
import { byPrecision } from '../../../math/precision';
import { indicator } from '../../../math/safe';
import { cross, dot } from '../../../math/vector';
import { checkAxis, checkMatrix, checkMinimumRank, checkSameBatches, checkShape } from '../../../shape';
import * as tf from '../../../tf';
import type { SparseNeighborhood } from '../../convolution/sparseNeighborhood';
import { extractUniqueEdgesFromTriangularMesh } from './edges';
import { gatherFaces } from './normals';
import type { MeshTopology } from './topology';

// Laplacians of what a mesh's vertices hold: Σⱼ w_ij (x_j − x_i), towards the neighbours. Differentiable, in batches, and sparse.

/** Squared double areas below which a triangle has no angles: its cotangents are 0. */
const minSquaredArea = (): number => byPrecision(1e-20, 2 ** -10);
/** Areas below this are not divided by. */
const minArea = (): number => byPrecision(1e-12, 2 ** -7);

/**
 * Σⱼ w_ij (x_j − x_i) over a vertex's neighbours with a neighbourhood's own weights; those of `meshNeighborhood` average, which is the
 * uniform (umbrella) Laplacian. 0 for vertices without neighbours.
 *
 * @param values [*, V, C]
 * @param neighborhood [V, V], as from `createNeighborhood(meshNeighborhood(mesh, { selfEdges: false }))`.
 * @returns [*, V, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const triangle = { positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces: Uint32Array.from([0, 1, 2]) };
 * const { createNeighborhood, meshNeighborhood } = geometry.convolution;
 * const ring = createNeighborhood(meshNeighborhood(triangle, { selfEdges: false }));
 * // To the mean of the other two.
 * geometry.representation.mesh.laplacian.uniform(tf.tensor2d([[0], [3], [6]]), ring); // → [[4.5], [0], [-4.5]]
 * ```
 */
export function uniform(values: tf.Tensor, neighborhood: SparseNeighborhood): tf.Tensor {
  const { rowCount, columnCount, weights } = neighborhood;
  if (rowCount !== columnCount) throw new Error(`neighborhood must be square in axes -2 and -1, but it has ${rowCount} rows and ${columnCount} columns`);
  checkMinimumRank('values', values, 2);
  checkAxis('values', values, -2, columnCount);
  return tf.tidy(() => {
    const perEntry = tf.expandDims(weights, 1);
    const total = neighborSum(tf.ones([columnCount, 1]), perEntry, neighborhood);
    return tf.sub(neighborSum(asFloat(values), perEntry, neighborhood), tf.mul(asFloat(values), total));
  });
}

/**
 * Σⱼ ½ (cot α_ij + cot β_ij)(x_j − x_i), α and β being the angles opposite the edge: of the vertices themselves it is along the normal,
 * and 0 on a plane. Differentiable in values and vertices; triangles without area add nothing.
 *
 * @param values [*, V, C]
 * @param vertices [*, V, 3], of the same batch.
 * @param topology of the triangles.
 * @param options.perArea divides by a third of the area around each vertex, so that the result does not depend on the mesh's fineness;
 *   of the vertices it is then twice the mean curvature, inwards.
 * @returns [*, V, C]
 * @throws Error that names the argument, axis and shape.
 * Source: Meyer et al. 2003, "Discrete Differential-Geometry Operators for Triangulated 2-Manifolds".
 * @example
 * ```ts
 * const positions = Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]);
 * const { buildTopology, createTopology, laplacian } = geometry.representation.mesh;
 * const topology = createTopology(buildTopology({ positions, faces: Uint32Array.from([0, 1, 2]) }));
 * // Half the cotangents: 1/2 opposite the legs, at 45°, and 0 opposite the hypotenuse.
 * laplacian.cotangent(tf.tensor2d([[0], [2], [4]]), tf.tensor2d(positions, [3, 3]), topology); // → [[3], [-1], [-2]]
 * ```
 */
export function cotangent(values: tf.Tensor, vertices: tf.Tensor, topology: MeshTopology, { perArea = false } = {}): tf.Tensor {
  checkMinimumRank('values', values, 2);
  const batch = values.shape.slice(0, -2);
  checkMinimumRank('vertices', vertices, 2);
  checkAxis('values', values, -2, topology.vertexCount);
  checkMatrix('vertices', vertices, topology.vertexCount, 3);
  checkSameBatches(['values', values, 2], ['vertices', vertices, 2]);
  return tf.tidy(() => {
    const { halfCotangents, areas } = cornerAngles(vertices, topology);
    const [a, b, c] = tf.split(gatherFaces(values, topology), 3, -2);
    const [atA, atB, atC] = tf.split(tf.expandDims(halfCotangents, -1), 3, -2);
    // The edge between two corners has the cotangent at the third.
    const [ab, bc, ca] = [tf.mul(atC, tf.sub(b, a)), tf.mul(atA, tf.sub(c, b)), tf.mul(atB, tf.sub(a, c))];
    const sums = sumOverFaces(tf.concat([tf.sub(ab, ca), tf.sub(bc, ab), tf.sub(ca, bc)], -2), topology);
    if (!perArea) return sums;
    const third = tf.tile(tf.expandDims(tf.div(areas, 3), -2), [...batch.map(() => 1), 1, 3, 1]);
    return tf.div(sums, tf.maximum(sumOverFaces(third, topology), minArea()));
  });
}

/**
 * ½ (cot α + cot β) of each edge, as for the deformation energies; open edges have one angle. Differentiable in the vertices.
 * Reads the topology's faces back, which waits for the device: what depends on connectivity alone is not kept.
 *
 * @param vertices [V, 3]
 * @param topology of the triangles.
 * @returns [E], in the order of `extractUniqueEdgesFromTriangularMesh`.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const positions = Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]);
 * const { buildTopology, createTopology, laplacian } = geometry.representation.mesh;
 * const topology = createTopology(buildTopology({ positions, faces: Uint32Array.from([0, 1, 2]) }));
 * // Of the edges 01, 02 and 12.
 * laplacian.cotangentEdgeWeights(tf.tensor2d(positions, [3, 3]), topology); // → [0.5, 0.5, 0]
 * ```
 */
export function cotangentEdgeWeights(vertices: tf.Tensor, topology: MeshTopology): tf.Tensor1D {
  checkShape('vertices', vertices, [topology.vertexCount, 3]);
  return tf.tidy(() => {
    const faces = topology.faces.dataSync<'int32'>();
    const edges = extractUniqueEdgesFromTriangularMesh(faces);
    const key = (p: number, q: number) => Math.min(p, q) * topology.vertexCount + Math.max(p, q);
    const numbers = new Map(Array.from({ length: edges.length / 2 }, (_, e) => [key(edges[2 * e], edges[2 * e + 1]), e]));
    const opposite = faces.map((_, corner) => {
      const face = corner - (corner % 3);
      return numbers.get(key(faces[face + ((corner + 1) % 3)], faces[face + ((corner + 2) % 3)]))!;
    });
    const cotangents = tf.reshape(cornerAngles(vertices, topology).halfCotangents, [-1, 1]) as tf.Tensor2D;
    return tf.reshape(sumRows(cotangents, tf.tensor1d(opposite, 'int32'), edges.length / 2), [-1]);
  });
}

/** Half the cotangent at each corner [*, F, 3], and the faces' areas [*, F, 1]. */
function cornerAngles(vertices: tf.Tensor, topology: MeshTopology): { halfCotangents: tf.Tensor; areas: tf.Tensor } {
  const [a, b, c] = tf.split(gatherFaces(vertices, topology), 3, -2).map((corner) => tf.squeeze(corner, [corner.rank - 2]));
  const [ab, bc, ca] = [tf.sub(b, a), tf.sub(c, b), tf.sub(a, c)];
  const normal = cross(ab, bc);
  const squared = dot(normal, normal);
  const solid = indicator(() => tf.greater(squared, minSquaredArea()));
  const doubleArea = tf.mul(solid, tf.sqrt(tf.add(tf.mul(solid, squared), tf.sub(1, solid))));
  const dots = tf.concat([dot(ab, ca), dot(bc, ab), dot(ca, bc)], -1);
  const halfCotangents = tf.div(tf.mul(solid, dots), tf.mul(-2, tf.add(doubleArea, tf.sub(1, solid))));
  return { halfCotangents, areas: tf.div(doubleArea, 2) };
}

/** @param corners [*, F, 3, C] @returns [*, V, C] */
function sumOverFaces(corners: tf.Tensor, topology: MeshTopology): tf.Tensor {
  const channels = corners.shape[corners.rank - 1];
  const sums = sumCorners(tf.reshape(corners, [-1, topology.faceCount, 3, channels]) as tf.Tensor4D, topology);
  return tf.reshape(sums, [...corners.shape.slice(0, -3), topology.vertexCount, channels]);
}
