import * as tf from '../../tf';
import { checkShape } from '../../shape';
import type { MeshTopology } from '../../geometry/representation/mesh/topology';
import './interpolate.cpu';
import './interpolate.webgl';
import './secondGradients';
import './interpolateGrad.webgl';
import { INTERPOLATE, INTERPOLATE_GRAD_ATTRIBUTES, INTERPOLATE_GRAD_POSITIONS } from './names';

export { INTERPOLATE, INTERPOLATE_GRAD_ATTRIBUTES, INTERPOLATE_GRAD_POSITIONS } from './names';

export interface InterpolateAttrs { readonly dense?: boolean }

/**
 * Vertex attributes as an image: u·A0 + v·A1 + (1 − u − v)·A2 of the triangle seen in each pixel, perspective-correct; 0 on the background.
 *
 * Gradients: to the attributes, and to the clip vertices (x, y and w; never z) through the barycentrics inside each face.
 * None through visibility: that is `antialias`.
 *
 * @param attributes [B or 1, V, C] of one mesh in B poses.
 * @param clipVertices [B, V, 4], those that were rasterized.
 * @param raster [B, H, W, 4] from `rasterize`.
 * @param options.dense where only `antialias` reads the image: on WebGL four channels are then kept as both want them, and not as TensorFlow.js does,
 * whose ops would convert them each time.
 * @returns [B, H, W, C].
 * @throws Error that names the argument, axis and shape.
 * Source: Laine et al. 2020, §3.4.
 * @example
 * ```ts
 * const { buildTopology, createTopology } = geometry.representation.mesh;
 * const triangle = { positions: Float32Array.from([-1, -1, 0, 3, -1, 0, -1, 3, 0]), faces: Uint32Array.from([0, 1, 2]) };
 * const topology = createTopology(buildTopology(triangle));
 * const clip = tf.tensor3d([[[-1, -1, 0, 1], [3, -1, 0, 1], [-1, 3, 0, 1]]]);
 * const raster = rasterize(clip, topology.faces, { height: 1, width: 1 });
 * interpolate(tf.tensor3d([[[0], [4], [8]]]), clip, topology, raster); // → [[[[3]]]]
 * ```
 */
export function interpolate(attributes: tf.Tensor3D, clipVertices: tf.Tensor3D, topology: MeshTopology, raster: tf.Tensor4D, { dense = false }: InterpolateAttrs = {}): tf.Tensor4D {
  const { faces, cornerOffsets, corners, vertexCount } = topology;
  const batch = raster.shape[0];
  checkShape('raster', raster, [null, null, null, 4]);
  checkShape('clipVertices', clipVertices, [batch, vertexCount, 4]);
  checkShape('attributes', attributes, [attributes.shape[0] === 1 ? 1 : batch, vertexCount, null]);
  return tf.engine().runKernel(INTERPOLATE, { attributes, clipVertices, faces, raster, cornerOffsets, corners }, { dense }) as tf.Tensor4D;
}

tf.registerGradient({
  kernelName: INTERPOLATE,
  inputsToSave: ['attributes', 'clipVertices', 'faces', 'raster', 'cornerOffsets', 'corners'],
  gradFunc: (dy, [attributes, clipVertices, faces, raster, cornerOffsets, corners]) => {
    const [batch, vertexCount] = attributes.shape;
    return {
      attributes: () => tf.engine().runKernel(
        INTERPOLATE_GRAD_ATTRIBUTES, { dy: dy as tf.Tensor, clipVertices, faces, raster, cornerOffsets, corners }, { batch, vertexCount },
      ) as tf.Tensor,
      clipVertices: () => tf.engine().runKernel(
        INTERPOLATE_GRAD_POSITIONS, { dy: dy as tf.Tensor, attributes, clipVertices, faces, raster, cornerOffsets, corners },
      ) as tf.Tensor,
    };
  },
});
