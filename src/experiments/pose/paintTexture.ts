import { sampleTexture } from '../../graphics/kernels';
import * as tf from '../../graphics/tf';
import type { DecoderMesh } from './decoderMesh';

/**
 * Interpolated attributes as an image: themselves, or, where the mesh has a texture, its colours sampled pixel by pixel (bilinear,
 * repeating beyond 0…1) under the light that reaches them. Differentiable in the attributes, through shading and texture coordinates.
 * @param attributes [B, H, W, 4]; with a texture: light, coverage, u, v. @returns [B, H, W, 4]: linear RGB less the backdrop's, and coverage.
 */
export function paintTexture({ texture, backdrop }: DecoderMesh, attributes: tf.Tensor4D): tf.Tensor4D {
  if (!texture) return attributes;
  const [light, coverage, uvs] = tf.split(attributes, [1, 1, 2], 3);
  const albedo = sampleAt(texture, uvs);
  const color = tf.sub(tf.mul(light, albedo), tf.mul(coverage, tf.tensor1d([...backdrop])));
  return tf.concat([color, coverage], 3) as tf.Tensor4D;
}

/** Brightness of what each pixel shows, [B, H, W, 1]. @param uvs [B, H, W, 2] */
export const textureBrightness = (texture: tf.Tensor3D, uvs: tf.Tensor4D): tf.Tensor => tf.mean(sampleAt(texture, uvs), 3, true);

function sampleAt(texture: tf.Tensor3D, uvs: tf.Tensor): tf.Tensor {
  const [batch, height, width] = uvs.shape;
  const sampled = sampleTexture(tf.reshape(uvs, [batch * height * width, 2]), texture, { tiling: true });
  return tf.reshape(sampled, [batch, height, width, 3]);
}
