import { asFloat } from '../../../asFloat';
import { checkShape } from '../../../shape';
import * as tf from '../../../tf';
import { gatherFaces } from './normals';
import { TriangleTree } from './triangleTree';

/**
 * Distances of points from a triangle mesh. The nearest places are searched in a tree on the CPU, for which points and mesh are read back
 * (that waits for the device), and are constants on their faces to gradients, which makes the gradients of the squared distances exact: to
 * points and vertices alike. One mesh at a time: there are no batch axes.
 *
 * @param points [N, 3]
 * @param vertices [V, 3]
 * @param faces [F, 3] int32
 * @returns squaredDistances [N]; closestPoints [N, 3] on the mesh; the faceIndices [N] (int32) they lie on and their barycentric
 *   coordinates there [N, 3].
 * @throws Error that names the argument, axis and shape, for a mesh without faces, or for numbers that are not finite.
 * @example
 * ```ts
 * const [vertices, faces] = [tf.tensor2d([[0, 0, 0], [4, 0, 0], [0, 4, 0]]), tf.tensor2d([[0, 1, 2]], [1, 3], 'int32')];
 * const nearest = geometry.representation.mesh.distance.pointsToMesh(tf.tensor2d([[1, 1, 3]]), vertices, faces);
 * nearest.squaredDistances; // → [9]
 * nearest.closestPoints; // → [[1, 1, 0]]
 * nearest.barycentrics; // → [[0.5, 0.25, 0.25]]
 * ```
 */
export function pointsToMesh(points: tf.Tensor, vertices: tf.Tensor, faces: tf.Tensor): {
  squaredDistances: tf.Tensor; closestPoints: tf.Tensor; faceIndices: tf.Tensor; barycentrics: tf.Tensor;
} {
  checkShape('points', points, [null, 3]);
  checkShape('vertices', vertices, [null, 3]);
  checkShape('faces', faces, [null, 3]);
  if (faces.shape[0] === 0) throw new Error('faces must have greater than 0 dimensions in axis 0, but it has shape [0, 3]');
  const [queries, corners] = [points.dataSync(), faces.dataSync()];
  const tree = new TriangleTree(vertices.dataSync(), corners);
  const count = points.shape[0];
  const found = Array.from({ length: count }, (_, i) => tree.nearest(queries.subarray(3 * i, 3 * i + 3)));
  const lost = found.findIndex(({ face }) => face < 0);
  if (lost >= 0) throw new Error(`points and vertices must be finite, and faces name vertices that exist: nothing is nearest to point ${lost}`);
  return tf.tidy(() => {
    const faceIndices = tf.tensor1d(Int32Array.from(found, ({ face }) => face), 'int32');
    const barycentrics = tf.tensor2d(found.flatMap(({ shares }) => Array.from(shares)), [count, 3]);
    const nearestFaces = tf.tensor2d(found.flatMap(({ face }) => [0, 1, 2].map((k) => corners[3 * face + k])), [count, 3], 'int32');
    const closestPoints = tf.sum(tf.mul(gatherFaces(vertices, nearestFaces), tf.expandDims(barycentrics, -1)), 1);
    const squaredDistances = tf.sum(tf.squaredDifference(asFloat(points), closestPoints), 1);
    return { squaredDistances, closestPoints, faceIndices, barycentrics };
  });
}
