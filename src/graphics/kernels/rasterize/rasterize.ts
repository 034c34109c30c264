import * as tf from '../../tf';
import { checkShape } from '../../shape';

export const RASTERIZE = 'DioramaRasterize';

export interface ImageSize { readonly height: number; readonly width: number }

/**
 * Which triangle is seen through each pixel's centre, and where on it.
 *
 * No gradient: what is seen is piecewise constant. Positions get theirs through `interpolate` (inside a face)
 * and `antialias` (at silhouettes).
 *
 * @param clipVertices [B, V, 4] OpenGL clip coordinates.
 * @param faces [F, 3] int32.
 * @returns [B, H, W, 4], row 0 at the top: barycentrics of corners 0 and 1 (perspective-correct), depth z/w, triangle id + 1; all 0 on the background.
 * @throws Error that names the argument, axis and shape.
 * Source: Laine et al. 2020, §3.3.
 */
export function rasterize(clipVertices: tf.Tensor3D, faces: tf.Tensor2D, size: ImageSize): tf.Tensor4D {
  checkShape('clipVertices', clipVertices, [null, null, 4]);
  checkShape('faces', faces, [null, 3]);
  return tf.engine().runKernel(RASTERIZE, { clipVertices, faces }, { height: size.height, width: size.width }) as tf.Tensor4D;
}

tf.registerGradient({
  kernelName: RASTERIZE,
  inputsToSave: ['clipVertices', 'faces'],
  gradFunc: (_dy, [clipVertices, faces]) => ({ clipVertices: () => tf.zerosLike(clipVertices), faces: () => tf.zerosLike(faces) }),
});
