import { gatherFaces, sumCorners } from '../../../kernels';
import { cross, normalize } from '../../../math/vector';
import { checkShape } from '../../../shape';
import * as tf from '../../../tf';
import type { MeshTopology } from './topology';

export { gatherFaces };

/**
 * Normals of triangles; counter-clockwise triangles have theirs towards the viewer.
 *
 * @param faces [*, 3, 3]: each triangle's three points, as from `gatherFaces`.
 * @param options.clockwise kept from TensorFlow Graphics, where true (the default) gives the right-handed normal of
 *   counter-clockwise triangles and false its opposite.
 * @param options.normalize unit length; else twice the triangle's area.
 * @returns [*, 3]; a triangle without area has a zero normal.
 * @throws Error that names the argument, axis and shape.
 */
export function faceNormals(faces: tf.Tensor, options: { clockwise?: boolean; normalize?: boolean } = {}): tf.Tensor {
  checkShape('faces', faces, [...faces.shape.slice(0, -2).map(() => null), null, 3]);
  return tf.tidy(() => {
    const [p0, p1, p2] = [0, 1, 2].map((corner) => tf.squeeze(tf.slice(faces, corner3(faces, corner), cornerSize(faces)), [faces.rank - 2]));
    const [edge1, edge2] = [tf.sub(p1, p0), tf.sub(p2, p0)];
    const normals = options.clockwise ?? true ? cross(edge1, edge2) : cross(edge2, edge1);
    return options.normalize ?? true ? normalize(normals) : normals;
  });
}

const corner3 = (faces: tf.Tensor, corner: number): number[] => [...faces.shape.slice(0, -2).map(() => 0), corner, 0];
const cornerSize = (faces: tf.Tensor): number[] => [...faces.shape.slice(0, -2), 1, 3];

/**
 * Vertex normals: the mean of the faces around each vertex, weighted by area. Differentiable in the vertices.
 *
 * @param vertices [B, V, 3] or [V, 3]
 * @returns the vertices' shape; unit length, 0 where no face with area touches the vertex.
 * @throws Error that names the argument, axis and shape.
 */
export function vertexNormals<T extends tf.Tensor>(vertices: T, topology: MeshTopology): T {
  checkShape('vertices', vertices, [...vertices.shape.slice(0, -2).map(() => null), topology.vertexCount, 3]);
  return tf.tidy(() => {
    const batched = tf.reshape(vertices, [-1, topology.vertexCount, 3]) as tf.Tensor3D;
    const areaNormals = faceNormals(gatherFaces(batched, topology), { normalize: false });
    const perCorner = tf.tile(tf.expandDims(areaNormals, 2), [1, 1, 3, 1]) as tf.Tensor4D;
    return tf.reshape(normalize(sumCorners(perCorner, topology)), vertices.shape) as T;
  });
}
