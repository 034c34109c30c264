import { asFloat } from '../asFloat';
import { checkShape } from '../shape';
import * as tf from '../tf';
import { RasterizedAttribute, type Framebuffer } from './framebuffer';
import { interpolateLayers } from './interpolateLayers';

/**
 * A vertex attribute as an image, perspective-correct, by the kernel `interpolate`. Gradients: to the attribute and the background; to the
 * vertices where the framebuffer's barycentrics are differentiable.
 *
 * @param attribute [V, C], or [B or 1, V, C].
 * @param options.backgroundValue [C], where no triangle is seen; 0 by default.
 * @param framebuffer as rasterized, or from `barycentrics.differentiableBarycentrics`.
 * @returns [B, H, W, C], or [B, L, H, W, C] for a framebuffer of L layers.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * const vertices = tf.tensor3d([[[-1, -1, 0], [3, -1, 0], [-1, 3, 0]]]);
 * const framebuffer = rendering.rasterizationBackend.rasterize(vertices, triangle, tf.reshape(tf.eye(4), [1, 4, 4]), { height: 1, width: 2 });
 * rendering.interpolate.interpolateVertexAttribute(tf.tensor2d([[1], [2], [3]]), framebuffer).value; // → [[[[1.625], [1.875]]]]
 * ```
 */
export function interpolateVertexAttribute(
  attribute: tf.Tensor, framebuffer: Framebuffer, { backgroundValue }: { backgroundValue?: tf.Tensor | readonly number[] } = {},
): RasterizedAttribute {
  const value = tf.tidy(() => {
    const { topology: { vertexCount } } = framebuffer.mesh;
    checkShape('attribute', attribute, [...(attribute.rank === 3 ? [attribute.shape[0] === 1 ? 1 : framebuffer.batchSize] : []), vertexCount, null]);
    const channels = attribute.shape[attribute.rank - 1];
    const batched = tf.reshape(asFloat(attribute), [-1, vertexCount, channels]) as tf.Tensor3D;
    const image = interpolateLayers(batched, framebuffer);
    if (backgroundValue === undefined) return image;
    const background = backgroundValue instanceof tf.Tensor ? backgroundValue : tf.tensor1d([...backgroundValue]);
    checkShape('backgroundValue', background, [channels]);
    return tf.add(image, tf.mul(framebuffer.backgroundMask, background));
  });
  return new RasterizedAttribute(value);
}
