import * as tf from '../../tf';
import { checkShape } from '../../shape';
import type { MeshTopology } from '../../geometry/representation/mesh/topology';
import { SUM_CORNERS } from '../sumCorners/names';
import '../sumCorners/sumCorners';
import './gatherFaces.cpu';
import './gatherFaces.webgl';
import { GATHER_FACES } from './names';

export { GATHER_FACES } from './names';

/**
 * Each face's three vertex values. Its gradient sums over a vertex → corner table, O(corners), where tf.gather's is O(vertices × corners).
 *
 * @param values [B, V, C]
 * @returns [B, F, 3, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const { buildTopology, createTopology } = geometry.representation.mesh;
 * const triangle = { positions: Float32Array.from([-1, -1, 0, 3, -1, 0, -1, 3, 0]), faces: Uint32Array.from([0, 1, 2]) };
 * const topology = createTopology(buildTopology(triangle));
 * gatherFaces(tf.tensor3d([[[5], [6], [7]]]), topology); // → [[[[5], [6], [7]]]]
 * ```
 */
export function gatherFaces(values: tf.Tensor3D, topology: MeshTopology): tf.Tensor4D {
  const { faces, cornerOffsets, corners, vertexCount } = topology;
  checkShape('values', values, [null, vertexCount, null]);
  return tf.engine().runKernel(GATHER_FACES, { values, faces, cornerOffsets, corners }) as tf.Tensor4D;
}

tf.registerGradient({
  kernelName: GATHER_FACES,
  inputsToSave: ['faces', 'cornerOffsets', 'corners'],
  gradFunc: (dy, [faces, cornerOffsets, corners]) => ({
    // Not the op: it would need the topology back. `faces` rides along for the second derivative.
    values: () => tf.engine().runKernel(SUM_CORNERS, { values: dy as tf.Tensor, faces, cornerOffsets, corners }) as tf.Tensor,
  }),
});
