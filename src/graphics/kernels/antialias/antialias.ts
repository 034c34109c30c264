import * as tf from '../../tf';
import { checkShape } from '../../shape';
import type { MeshTopology } from '../../geometry/representation/mesh/topology';
import './antialias.cpu';
import './antialias.webgl';
import './secondGradients';
import './antialiasGradPositions.webgl';
import { ANTIALIAS, ANTIALIAS_GRAD_COLOR, ANTIALIAS_GRAD_POSITIONS } from './names';

export { ANTIALIAS, ANTIALIAS_GRAD_COLOR, ANTIALIAS_GRAD_POSITIONS } from './names';

/**
 * Blends pixels across silhouette edges by where the edge passes between their centres. This is what makes an image
 * change, and so gives gradients, as silhouettes move. To be applied last, to the composited image.
 *
 * Gradients: to the colour (exact) and to the clip vertices (x, y and w; never z). They reach one pixel from an edge; none where
 * triangles intersect or at edges that the topology joins. The image is only piecewise continuous in the vertices: it jumps
 * where an edge passes a pixel's centre line or turns through 45°.
 *
 * @param color [B, H, W, C]
 * @param raster [B, H, W, 4] from `rasterize`.
 * @param clipVertices [B, V, 4], those that were rasterized.
 * @returns [B, H, W, C]; up to four blends add in a pixel, so values can leave the range of the colours.
 * @throws Error that names the argument, axis and shape.
 * Source: Laine et al. 2020, §3.6.
 * @example
 * ```ts
 * const { buildTopology, createTopology } = geometry.representation.mesh;
 * const triangle = { positions: Float32Array.from([-1, -1, 0, 3, -1, 0, -1, 3, 0]), faces: Uint32Array.from([0, 1, 2]) };
 * const topology = createTopology(buildTopology(triangle));
 * // It ends a quarter of the way from the left pixel's centre to the right one's.
 * const clip = tf.tensor3d([[[-3, -9, 0, 1], [-0.25, -9, 0, 1], [-0.25, 9, 0, 1]]]);
 * const raster = rasterize(clip, topology.faces, { height: 1, width: 2 });
 * const color = tf.slice(raster, [0, 0, 0, 3], [-1, -1, -1, 1]) as tf.Tensor4D;
 * color; // → [[[[1], [0]]]]
 * antialias(color, raster, clip, topology); // → [[[[0.75], [0]]]]
 * ```
 */
export function antialias(color: tf.Tensor4D, raster: tf.Tensor4D, clipVertices: tf.Tensor3D, topology: MeshTopology): tf.Tensor4D {
  const { faces, opposites, cornerOffsets, corners, vertexCount } = topology;
  checkShape('raster', raster, [null, null, null, 4]);
  const [batch, height, width] = raster.shape;
  checkShape('color', color, [batch, height, width, null]);
  checkShape('clipVertices', clipVertices, [batch, vertexCount, 4]);
  return tf.engine().runKernel(ANTIALIAS, { color, raster, clipVertices, faces, opposites, cornerOffsets, corners }) as tf.Tensor4D;
}

tf.registerGradient({
  kernelName: ANTIALIAS,
  inputsToSave: ['color', 'raster', 'clipVertices', 'faces', 'opposites', 'cornerOffsets', 'corners'],
  gradFunc: (dy, [color, raster, clipVertices, faces, opposites, cornerOffsets, corners]) => {
    const inputs = { dy: dy as tf.Tensor, color, raster, clipVertices, faces, opposites };
    return {
      color: () => tf.engine().runKernel(ANTIALIAS_GRAD_COLOR, inputs) as tf.Tensor,
      clipVertices: () => tf.engine().runKernel(ANTIALIAS_GRAD_POSITIONS, { ...inputs, cornerOffsets, corners }) as tf.Tensor,
    };
  },
});
