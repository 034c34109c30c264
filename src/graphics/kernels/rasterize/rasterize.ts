import * as tf from '../../tf';
import { checkShape } from '../../shape';
import { untaped } from '../untaped';
import './rasterize.cpu';
import './rasterize.webgl';
import { RASTERIZE } from './names';

export { RASTERIZE } from './names';

export interface ImageSize { readonly height: number; readonly width: number }

export interface RasterizeAttrs extends ImageSize { readonly cullBack?: boolean }

/**
 * Which triangle is seen through each pixel's centre, and where on it.
 *
 * No gradient: what is seen is piecewise constant, so the result counts as a constant. Positions get their gradients
 * through `interpolate` (inside a face) and `antialias` (at silhouettes).
 *
 * @param clipVertices [B, V, 4] OpenGL clip coordinates; w may be zero or negative.
 * @param faces [F, 3] int32.
 * @param size of the image, in pixels.
 * @param options.cullBack leaves out faces that the viewer sees clockwise; both windings are drawn by default.
 * @returns [B, H, W, 4], row 0 at the top: barycentrics of corners 0 and 1 (perspective-correct), depth z/w, triangle id + 1; all 0 on the background.
 * @throws Error that names the argument, axis and shape.
 * Source: Laine et al. 2020, §3.3; Olano and Greer 1997, "Triangle Scan Conversion using 2D Homogeneous Coordinates".
 * @example
 * ```ts
 * // A triangle whose first corner is the image's lower left, and whose others lie twice as far as its upper left and lower right.
 * const clip = tf.tensor3d([[[-1, -1, 0, 1], [3, -1, 0, 1], [-1, 3, 0, 1]]]);
 * const raster = rasterize(clip, tf.tensor2d([[0, 1, 2]], [1, 3], 'int32'), { height: 1, width: 1 });
 * // The image's centre is half corner 0, a quarter corner 1; depth 0; triangle 0.
 * raster; // → [[[[0.5, 0.25, 0, 1]]]]
 * ```
 */
export function rasterize(clipVertices: tf.Tensor3D, faces: tf.Tensor2D, size: ImageSize, { cullBack = false } = {}): tf.Tensor4D {
  checkShape('clipVertices', clipVertices, [null, null, 4]);
  checkShape('faces', faces, [null, 3]);
  for (const side of ['height', 'width'] as const) {
    if (!Number.isInteger(size[side]) || size[side] < 1) throw new Error(`size.${side} must be a positive whole number of pixels, but it is ${size[side]}`);
  }
  const { height, width } = size;
  return untaped(() => tf.engine().runKernel(RASTERIZE, { clipVertices, faces }, { height, width, cullBack }) as tf.Tensor4D);
}
