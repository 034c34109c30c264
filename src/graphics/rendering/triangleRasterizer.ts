import { asFloat } from '../asFloat';
import type { ImageSize } from '../kernels';
import * as tf from '../tf';
import { differentiableBarycentrics } from './barycentrics';
import { restoreBatchDims } from './batchDims';
import { interpolateVertexAttribute } from './interpolate';
import { mergeScenes } from './mergeScenes';
import { RasterizationBackends, rasterize as rasterizeMesh, type RasterizationBackend } from './rasterizationBackend';
import { transformHomogeneous } from './transformHomogeneous';
import type { Triangles } from './triangles';

/**
 * mask [*, H, W, 1]: 1 where a triangle is seen; triangleIndices [*, H, W, 1], int32; barycentrics [*, H, W, 3]; and each attribute,
 * [*, H, W, K]. All are 0 on the background.
 */
export type RasterizedScene<Name extends string> = { readonly [K in Name | 'mask' | 'triangleIndices' | 'barycentrics']: tf.Tensor };

/**
 * Draws meshes and interpolates their vertex attributes, perspective-correct. Gradients: to the attributes, and to vertices and matrices
 * through the barycentrics inside each triangle; none through visibility (`splat.rasterizeThenSplat` and `render` have those).
 *
 * @param vertices [*, V, 3]
 * @param triangles [T, 3] int32.
 * @param attributes by name, each [*, V, K].
 * @param viewProjectionMatrix [*, 4, 4]: model to clip coordinates. Batches broadcast.
 * @param imageSize height and width, in pixels.
 * @param options.enableCullFace leaves out triangles that the viewer sees clockwise.
 * @param options.backend see `rasterizationBackend.RasterizationBackends`.
 * @returns images with row 0 at the top, each attribute under its own name.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * const vertices = tf.tensor2d([[-1, -1, 0], [3, -1, 0], [-1, 3, 0]]);
 * const attributes = { height: tf.tensor2d([[1], [2], [3]]) };
 * rendering.triangleRasterizer.rasterize(vertices, triangle, attributes, tf.eye(4), { height: 1, width: 2 }).height; // → [[[1.625], [1.875]]]
 * ```
 */
export function rasterize<Name extends string>(
  vertices: tf.Tensor, triangles: Triangles, attributes: Readonly<Record<Name, tf.Tensor>>, viewProjectionMatrix: tf.Tensor,
  imageSize: ImageSize,
  { enableCullFace = true, backend = RasterizationBackends.OPENGL }: { enableCullFace?: boolean; backend?: RasterizationBackend } = {},
): RasterizedScene<Name> {
  return tf.tidy(() => {
    const scenes = mergeScenes(asFloat(vertices), attributes, viewProjectionMatrix);
    const rasterized = rasterizeMesh(scenes.vertices, triangles, scenes.matrices, imageSize, { enableCullFace, backend });
    const clipVertices = transformHomogeneous(scenes.matrices, scenes.vertices);
    const framebuffer = differentiableBarycentrics(rasterized, clipVertices, triangles);
    const images: Record<string, tf.Tensor> = {
      mask: framebuffer.foregroundMask,
      triangleIndices: framebuffer.triangleId,
      barycentrics: framebuffer.barycentrics.value,
    };
    for (const [name, attribute] of Object.entries<tf.Tensor>(scenes.attributes)) images[name] = interpolateVertexAttribute(attribute, framebuffer).value;
    return Object.fromEntries(Object.entries(images).map(([name, image]) => [name, restoreBatchDims(image, scenes.batch)])) as RasterizedScene<Name>;
  });
}
