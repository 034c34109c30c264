import { asFloat } from '../asFloat';
import type { ImageSize } from '../kernels';
import { checkShape } from '../shape';
import * as tf from '../tf';
import { restoreBatchDims } from './batchDims';
import type { Framebuffer } from './framebuffer';
import { interpolateVertexAttribute } from './interpolate';
import { mergeScenes } from './mergeScenes';
import { RasterizationBackends, rasterize, type RasterizationBackend } from './rasterizationBackend';
import { slicesAlong } from './slices';
import { splatLayers, type SplatImages } from './splatLayers';
import { transformHomogeneous } from './transformHomogeneous';
import type { Triangles } from './triangles';

/**
 * Spreads every pixel of a layered image over its 3 × 3 neighbours with a Gaussian of variance 1/4, and composites the layers back to front.
 * The kernel is centred on the pixel, but its weights come from the sample's place: so the image is that of samples at the pixels'
 * centres, while gradients reach places and colours.
 *
 * @param xyzRgba xyz [L, H, W, 3]: places in pixels (x right, y down) and depths in 0…1; rgba [L, H, W, 4]. Nearest layer first.
 * @returns rgba [H, W, 4]; accumulated and normalized [3, H, W, 4]: before, on and behind the nearest surface.
 * @throws Error that names the argument, axis and shape.
 * Source: Cole et al. 2021, "Differentiable Surface Rendering via Non-Differentiable Sampling", §3.
 * @example
 * ```ts
 * rendering.splat.splatAtPixelCenters([tf.zeros([1, 2, 2, 3]), tf.zeros([1, 2, 2, 4])]).rgba.shape; // → [2, 2, 4]
 * ```
 */
export const splatAtPixelCenters = (xyzRgba: readonly [xyz: tf.Tensor, rgba: tf.Tensor]): SplatImages => tf.tidy(() => {
  const [xyz, rgba] = xyzRgba;
  checkShape('xyz', xyz, [null, null, null, 3]);
  checkShape('rgba', rgba, [...xyz.shape.slice(0, 3), 4]);
  const images = splatLayers(tf.expandDims(asFloat(xyz), 0), tf.expandDims(asFloat(rgba), 0));
  return { rgba: tf.squeeze(images.rgba, [0]), accumulated: tf.squeeze(images.accumulated, [0]), normalized: tf.squeeze(images.normalized, [0]) };
});

/** Turns interpolated attributes [H, W, K] of one image into colours [H, W, 4]; what it gives on the background is not used. */
export type ShadingFunction<Name extends string> = (attributes: Readonly<Record<Name, tf.Tensor>>) => tf.Tensor;

export interface RasterizeThenSplatOptions {
  /** How many surfaces behind each other are drawn. 1 by default; what appears where a surface moves away needs 2. */
  readonly numLayers?: number;
  /** Returns the layers as well, as {@link splatAtPixelCenters} does. */
  readonly returnExtraBuffers?: boolean;
  /** CPU by default; OPENGL is faster on a GPU and draws one layer. See `rasterizationBackend.RasterizationBackends`. */
  readonly backend?: RasterizationBackend;
}

/**
 * Draws meshes with gradients through visibility: rasterizes, shades each sample, and splats the samples at their places, which depend on
 * the vertices. The image is slightly blurred. Triangles that the viewer sees clockwise are left out. Gradients: to vertices (at silhouettes
 * too), matrices, attributes, and what the shading function uses.
 *
 * @param vertices [*, V, 3]
 * @param triangles [T, 3] int32.
 * @param attributes by name, each [*, V, K].
 * @param viewProjectionMatrix [*, 4, 4]: model to clip coordinates. Batches broadcast.
 * @param imageSize height and width, in pixels.
 * @param shadingFunction called once for each image and layer.
 * @param options layers behind each other, the rasterizer, and whether the buffers come too.
 * @returns [*, H, W, 4], row 0 at the top; with `returnExtraBuffers` also accumulated and normalized, [*, 3, H, W, 4].
 * @throws Error that names the argument, axis and shape.
 * Source: Cole et al. 2021, "Differentiable Surface Rendering via Non-Differentiable Sampling".
 * @example
 * ```ts
 * const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * const vertices = tf.tensor2d([[-1, -1, 0], [3, -1, 0], [-1, 3, 0]]);
 * const attributes = { color: tf.ones([3, 4]) };
 * const drawn = rendering.splat.rasterizeThenSplat(vertices, triangle, attributes, tf.eye(4), { height: 3, width: 3 }, ({ color }) => color);
 * tf.slice(drawn, [1, 1, 0], [1, 1, 4]); // → [[[1, 1, 1, 1]]]
 * ```
 */
export function rasterizeThenSplat<Name extends string>(
  vertices: tf.Tensor, triangles: Triangles, attributes: Readonly<Record<Name, tf.Tensor>>, viewProjectionMatrix: tf.Tensor,
  imageSize: ImageSize, shadingFunction: ShadingFunction<Name>, options: RasterizeThenSplatOptions & { returnExtraBuffers: true },
): SplatImages;
export function rasterizeThenSplat<Name extends string>(
  vertices: tf.Tensor, triangles: Triangles, attributes: Readonly<Record<Name, tf.Tensor>>, viewProjectionMatrix: tf.Tensor,
  imageSize: ImageSize, shadingFunction: ShadingFunction<Name>, options?: RasterizeThenSplatOptions,
): tf.Tensor;
export function rasterizeThenSplat<Name extends string>(
  vertices: tf.Tensor, triangles: Triangles, attributes: Readonly<Record<Name, tf.Tensor>>, viewProjectionMatrix: tf.Tensor,
  imageSize: ImageSize, shadingFunction: ShadingFunction<Name>,
  { numLayers = 1, returnExtraBuffers = false, backend = RasterizationBackends.CPU }: RasterizeThenSplatOptions = {},
): tf.Tensor | SplatImages {
  return tf.tidy(() => {
    const scenes = mergeScenes(asFloat(vertices), attributes, viewProjectionMatrix);
    const framebuffer = rasterize(scenes.vertices, triangles, scenes.matrices, imageSize, { numLayers, backend });
    const images = Object.entries<tf.Tensor>(scenes.attributes)
      .map(([name, attribute]) => [name, interpolateVertexAttribute(attribute, framebuffer).value] as const);
    const rgba = shadeImages(framebuffer, images, shadingFunction as ShadingFunction<string>);
    const xyz = samplePlaces(framebuffer, transformHomogeneous(scenes.matrices, scenes.vertices));
    const splatted = splatLayers(xyz, rgba);
    const [whole, accumulated, normalized] = [splatted.rgba, splatted.accumulated, splatted.normalized].map((image) => restoreBatchDims(image, scenes.batch));
    return returnExtraBuffers ? { rgba: whole, accumulated, normalized } : whole;
  });
}

/** [B, L, H, W, C], also of a framebuffer without layers. */
const withLayers = (image: tf.Tensor): tf.Tensor => (image.rank === 5 ? image : tf.expandDims(image, 1));

/** Shades every image of every layer; 0 on the background. @returns [B, L, H, W, 4] */
function shadeImages({ batchSize, numLayers, height, width, foregroundMask }: Framebuffer, images: (readonly [string, tf.Tensor])[], shade: ShadingFunction<string>): tf.Tensor {
  const single = images.map(([name, image]) => [name, slicesAlong(tf.reshape(image, [batchSize * numLayers, height, width, image.shape[image.rank - 1]!]), 0)] as const);
  const colors = Array.from({ length: batchSize * numLayers }, (_, i) => {
    const color = shade(Object.fromEntries(single.map(([name, parts]) => [name, parts[i]])));
    checkShape("the shading function's result", color, [height, width, 4]);
    return color;
  });
  return tf.mul(tf.reshape(tf.stack(colors), [batchSize, numLayers, height, width, 4]), withLayers(foregroundMask));
}

/**
 * Where each sample lies, [B, L, H, W, 3]: column and row in pixels, depth in 0…1 (1 on the background). The barycentrics are constants:
 * a sample stays where it is on its triangle and moves with it.
 */
function samplePlaces(framebuffer: Framebuffer, clipVertices: tf.Tensor): tf.Tensor {
  const { height, width } = framebuffer;
  const clip = withLayers(interpolateVertexAttribute(clipVertices, framebuffer, { backgroundValue: [0, 0, 1, 1] }).value);
  const [xyz, w] = tf.split(clip, [3, 1], 4) as [tf.Tensor, tf.Tensor];
  // y points up in NDC, rows go down.
  return tf.mul(tf.add(tf.mul(tf.div(xyz, w), tf.tensor1d([1, -1, 1])), 1), tf.tensor1d([width / 2, height / 2, 0.5]));
}
