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
  const { opposites, cornerOffsets, corners } = builtTopology(triangles, vertexCount);
  const faceCount = triangles.shape[0];
  return {
    vertexCount, faceCount,
    // The same data, which the kernels have on the GPU already if it was drawn before.
    faces: tf.clone(triangles.dtype === 'int32' ? triangles : tf.cast(triangles, 'int32')) as tf.Tensor2D,
    opposites: tf.tensor2d(opposites, [faceCount, 3], 'int32'),
    cornerOffsets: tf.tensor1d(cornerOffsets, 'int32'),
    corners: tf.tensor1d(corners, 'int32'),
  };
}

/** What was built of triangles that were read back before. */
const built = new WeakMap<tf.DataId, { readonly vertexCount: number; readonly topology: ReturnType<typeof buildTopology> }>();

function builtTopology(triangles: tf.Tensor, vertexCount: number): ReturnType<typeof buildTopology> {
  const known = built.get(triangles.dataId);
  if (known?.vertexCount === vertexCount) return known.topology;
  // Where the vertices are matters to silhouettes alone.
  const topology = buildTopology({ positions: new Float32Array(3 * vertexCount), faces: Uint32Array.from(triangles.dataSync()) });
  built.set(triangles.dataId, { vertexCount, topology });
  return topology;
}
