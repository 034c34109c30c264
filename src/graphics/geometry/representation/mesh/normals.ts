import { asFloat } from '../../../asFloat';
import { gatherFaces as gatherTriangles, sumCorners } from '../../../kernels';
import { sumRows } from '../../../math/lookUpRows';
import { cross, normalize as normalizeVector } from '../../../math/vector';
import { broadcastBatches, checkLastAxis, checkMinimumRank, checkShape } from '../../../shape';
import * as tf from '../../../tf';
import { flatIndices, gatherBatchRows } from './rows';
import type { MeshTopology } from './topology';

// Faces are given as indices [*, F, M], M corners each, or as a topology of triangles, which is the fast way: its vertex → corner table
// is made once, while that of plain indices is made anew for every gradient.

/** The corners of all faces, one after the other. @param indices [*, F, M] @returns [*, F · M] */
const cornersOf = (indices: tf.Tensor): tf.Tensor => tf.reshape(indices, [...indices.shape.slice(0, -2), -1]);

/**
 * The vertices of each face. Differentiable in the vertices; the gradient reads plain indices back, which waits for the device, a topology
 * not.
 *
 * @param vertices [*, V, D]
 * @param indices [*, F, M] int32, M corners a face, their batch broadcast with the vertices'; or a topology of triangles.
 * @returns [*, F, M, D]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const colors = tf.tensor2d([[10], [20], [30]]);
 * geometry.representation.mesh.normals.gatherFaces(colors, tf.tensor2d([[2, 0, 1]], [1, 3], 'int32')); // → [[[30], [10], [20]]]
 * ```
 */
export function gatherFaces(vertices: tf.Tensor, indices: tf.Tensor | MeshTopology): tf.Tensor {
  checkMinimumRank('vertices', vertices, 2);
  const [count, channels] = vertices.shape.slice(-2);
  if (!(indices instanceof tf.Tensor)) {
    const { faceCount, vertexCount } = indices;
    const batch = vertices.shape.slice(0, -2);
    checkShape('vertices', vertices, [...batch.map(() => null), vertexCount, null]);
    return tf.tidy(() => {
      const flat = tf.reshape(asFloat(vertices), [-1, count, channels]) as tf.Tensor3D;
      return tf.reshape(gatherTriangles(flat, indices), [...batch, faceCount, 3, channels]);
    });
  }
  checkMinimumRank('indices', indices, 2);
  const batch = broadcastBatches(['vertices', vertices, 2], ['indices', indices, 2]);
  return tf.tidy(() => {
    const gathered = gatherBatchRows(asFloat(vertices), cornersOf(indices), batch);
    return tf.reshape(gathered, [...batch, ...indices.shape.slice(-2), channels]);
  });
}

/**
 * Normals of planar faces, from their first three corners. Differentiable; a face without area has a zero normal and a finite gradient.
 *
 * @param faces [*, M, 3]: each face's points, M of at least 3, as from `gatherFaces`.
 * @param options.clockwise kept from TensorFlow Graphics, where true (the default) gives the right-handed normal, towards a viewer who
 *   sees the corners counter-clockwise, and false its opposite.
 * @param options.normalize unit length; else twice the area of the first three corners' triangle.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const faces = tf.tensor2d([[0, 0, 0], [2, 0, 0], [0, 2, 0]]);
 * geometry.representation.mesh.normals.faceNormals(faces); // → [0, 0, 1]
 * geometry.representation.mesh.normals.faceNormals(faces, { clockwise: false, normalize: false }); // → [0, 0, -4]
 * ```
 */
export function faceNormals(faces: tf.Tensor, { clockwise = true, normalize = true } = {}): tf.Tensor {
  checkMinimumRank('faces', faces, 2);
  checkLastAxis('faces', faces, 3);
  if (faces.shape[faces.rank - 2] < 3) throw new Error(`faces must have greater than 2 dimensions in axis -2, but it has shape [${faces.shape.join(', ')}]`);
  return tf.tidy(() => {
    const corner = (k: number) => tf.squeeze(tf.slice(asFloat(faces), [...faces.shape.slice(0, -2).map(() => 0), k, 0], [...faces.shape.slice(0, -2), 1, 3]), [faces.rank - 2]);
    const [p0, p1, p2] = [corner(0), corner(1), corner(2)];
    const [edge1, edge2] = [tf.sub(p1, p0), tf.sub(p2, p0)];
    const normals = clockwise ? cross(edge1, edge2) : cross(edge2, edge1);
    return normalize ? normalizeVector(normals) : normals;
  });
}

/**
 * Vertex normals: the mean of the normals of the faces around each vertex, weighted by area. Differentiable in the vertices. Plain
 * indices are read back, which waits for the device; a topology is not.
 *
 * @param vertices [*, V, 3]
 * @param indices [*, F, M] int32, M corners a face, their batch broadcast with the vertices'; or a topology of triangles.
 * @param options.clockwise as for {@link faceNormals}.
 * @returns [*, V, 3]; unit length, 0 where no face with area touches the vertex.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const vertices = tf.tensor2d([[0, 0, 0], [2, 0, 0], [0, 2, 0], [5, 5, 5]]);
 * const faces = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * // No face touches the last vertex.
 * geometry.representation.mesh.normals.vertexNormals(vertices, faces); // → [[0, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 0]]
 * ```
 */
export function vertexNormals(vertices: tf.Tensor, indices: tf.Tensor | MeshTopology, { clockwise = true } = {}): tf.Tensor {
  checkMinimumRank('vertices', vertices, 2);
  checkLastAxis('vertices', vertices, 3);
  return tf.tidy(() => {
    const areaNormals = faceNormals(gatherFaces(vertices, indices), { clockwise, normalize: false });
    const [faceCount, corners] = indices instanceof tf.Tensor ? indices.shape.slice(-2) : [indices.faceCount, 3];
    const batch = areaNormals.shape.slice(0, -2);
    const perCorner = tf.tile(tf.reshape(areaNormals, [-1, faceCount, 1, 3]), [1, 1, corners, 1]) as tf.Tensor4D;
    const count = vertices.shape[vertices.rank - 2];
    const sums = indices instanceof tf.Tensor ? sumPolygons(perCorner, indices, batch, count) : sumCorners(perCorner, indices);
    return tf.reshape(normalizeVector(sums), [...batch, count, 3]);
  });
}

/** @param values [B, F, M, 3] @returns [B · V, 3] */
function sumPolygons(values: tf.Tensor4D, indices: tf.Tensor, batch: readonly number[], count: number): tf.Tensor {
  const corners = cornersOf(indices);
  const size = corners.shape[corners.rank - 1];
  const rows = tf.reshape(tf.broadcastTo(tf.cast(corners, 'int32'), [...batch, size]), [-1, size]) as tf.Tensor2D;
  return sumRows(tf.reshape(values, [-1, 3]), flatIndices(rows, count), values.shape[0] * count);
}
