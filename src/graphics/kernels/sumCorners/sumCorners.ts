import * as tf from '../../tf';
import { checkShape } from '../../shape';
import type { MeshTopology } from '../../geometry/representation/mesh/topology';
import { GATHER_FACES } from '../gatherFaces/names';
import '../gatherFaces/gatherFaces';
import './sumCorners.cpu';
import './sumCorners.webgl';
import { SUM_CORNERS } from './names';

export { SUM_CORNERS } from './names';

/**
 * Sums what the faces' corners hold into their vertices: the transpose of `gatherFaces`. Vertices without a face receive 0.
 *
 * @param values [B, F, 3, C]
 * @returns [B, V, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const { buildTopology, createTopology } = geometry.representation.mesh;
 * const square = { positions: Float32Array.from([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]), faces: Uint32Array.from([0, 1, 2, 0, 2, 3]) };
 * const topology = createTopology(buildTopology(square));
 * // How many triangles each corner of the square belongs to.
 * sumCorners(tf.ones([1, 2, 3, 1]), topology); // → [[[2], [1], [2], [1]]]
 * ```
 */
export function sumCorners(values: tf.Tensor4D, topology: MeshTopology): tf.Tensor3D {
  const { faces, cornerOffsets, corners, faceCount } = topology;
  checkShape('values', values, [null, faceCount, 3, null]);
  return tf.engine().runKernel(SUM_CORNERS, { values, faces, cornerOffsets, corners }) as tf.Tensor3D;
}

tf.registerGradient({
  kernelName: SUM_CORNERS,
  inputsToSave: ['faces', 'cornerOffsets', 'corners'],
  gradFunc: (dy, [faces, cornerOffsets, corners]) => ({
    values: () => tf.engine().runKernel(GATHER_FACES, { values: dy as tf.Tensor, faces, cornerOffsets, corners }) as tf.Tensor,
  }),
});
