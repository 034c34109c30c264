import { vertexNormals } from '../geometry/representation/mesh/normals';
import type { MeshTopology } from '../geometry/representation/mesh/topology';
import { checkShape } from '../shape';
import * as tf from '../tf';
import type { RenderScene } from './render';

/** @returns [1 or B, V, 3 or 4] */
export function batchedVertices({ vertices, topology: { vertexCount } }: RenderScene): tf.Tensor3D {
  const columns = vertices.shape[vertices.rank - 1] === 4 ? 4 : 3;
  checkShape('vertices', vertices, [...(vertices.rank === 3 ? [null] : []), vertexCount, columns]);
  return tf.reshape(vertices, [-1, vertexCount, columns]);
}

/** @returns [1 or B, V, C] */
export function batchedAttribute(name: string, values: tf.Tensor, { vertexCount }: MeshTopology, channels: number): tf.Tensor3D {
  checkShape(name, values, [...(values.rank === 3 ? [null] : []), vertexCount, channels]);
  return tf.reshape(values, [-1, vertexCount, channels]);
}

/** @returns [1 or B, V, 3] */
export const scenePositions = ({ vertices, topology }: RenderScene): tf.Tensor3D =>
  tf.slice(tf.reshape(vertices, [-1, topology.vertexCount, vertices.shape[vertices.rank - 1]]), [0, 0, 0], [-1, -1, 3]) as tf.Tensor3D;

/** The scene's normals, or those of its faces: [1 or B, V, 3]. */
export const sceneNormals = (scene: RenderScene): tf.Tensor3D =>
  scene.normals ? batchedAttribute('normals', scene.normals, scene.topology, 3) : vertexNormals(scenePositions(scene), scene.topology) as tf.Tensor3D;

/** Appends a channel of ones, whose interpolation is the coverage. */
export const withOnes = (values: tf.Tensor): tf.Tensor => tf.concat([values, tf.ones([...values.shape.slice(0, -1), 1])], -1);

/** Joins [1 or B, V, C] along the channels. */
export function concatAttributes(parts: readonly tf.Tensor[]): tf.Tensor {
  const batch = Math.max(...parts.map((part) => part.shape[0]));
  return tf.concat(parts.map((part) => (part.shape[0] === batch ? part : tf.tile(part, [batch, 1, 1]))), -1);
}
