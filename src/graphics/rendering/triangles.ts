import { buildTopology } from '../../scene/topology';
import type { MeshTopology } from '../geometry/representation/mesh/topology';
import { checkShape } from '../shape';
import * as tf from '../tf';

/** Which vertices each triangle joins: [T, 3] int32, or a mesh's topology, which saves reading the triangles back at every call. */
export type Triangles = tf.Tensor | MeshTopology;

/**
 * The topology of triangles over `vertexCount` vertices, without what only silhouettes need. Its tensors are ordinary ones: a tidy
 * around disposes them.
 * @throws Error that names the argument and shape; for a vertex that does not exist.
 */
export function toTopology(triangles: Triangles, vertexCount: number): MeshTopology {
  if (!(triangles instanceof tf.Tensor)) {
    if (triangles.vertexCount !== vertexCount) {
      throw new Error(`triangles is the topology of ${triangles.vertexCount} vertices, but there are ${vertexCount}`);
    }
    return triangles;
  }
  checkShape('triangles', triangles, [null, 3]);
  // Where the vertices are matters to silhouettes alone.
  const mesh = { positions: new Float32Array(3 * vertexCount), faces: Uint32Array.from(triangles.dataSync()) };
  const { faces, opposites, cornerOffsets, corners } = buildTopology(mesh);
  const faceCount = faces.length / 3;
  return {
    vertexCount, faceCount,
    faces: tf.tensor2d(faces, [faceCount, 3], 'int32'),
    opposites: tf.tensor2d(opposites, [faceCount, 3], 'int32'),
    cornerOffsets: tf.tensor1d(cornerOffsets, 'int32'),
    corners: tf.tensor1d(corners, 'int32'),
  };
}
