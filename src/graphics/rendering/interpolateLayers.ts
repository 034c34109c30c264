import { interpolate } from '../kernels';
import * as tf from '../tf';
import type { Framebuffer } from './framebuffer';

/** All layers, each seen as a raster of its own. */
export function interpolateLayers(attribute: tf.Tensor3D, { mesh: { topology, clipVertices, raster }, isMultiLayer }: Framebuffer): tf.Tensor {
  if (!isMultiLayer) return interpolate(attribute, clipVertices, topology, raster as tf.Tensor4D);
  return tf.stack(tf.unstack(raster, 1).map((layer) => interpolate(attribute, clipVertices, topology, layer as tf.Tensor4D)), 1);
}
