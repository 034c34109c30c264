import type { MeshTopology } from '../geometry/representation/mesh/topology';
import { rasterize as rasterizeNearest, type ImageSize } from '../kernels';
import { rasterizeLoops } from '../kernels/rasterize/rasterize.cpu';
import { untaped } from '../kernels/untaped';
import { checkShape } from '../shape';
import * as tf from '../tf';
import { Framebuffer, RasterizedAttribute } from './framebuffer';
import { transformHomogeneous } from './transformHomogeneous';
import { toTopology, type Triangles } from './triangles';

/**
 * OPENGL is the kernel `rasterize`: the GPU's own rasterizer on the webgl backend, fast, one layer; a triangle's edge lies where the GPU's
 * sub-pixel grid puts it. CPU is plain loops in float64: any number of layers, the same image on every device, for which the clip
 * coordinates are read back.
 */
export const RasterizationBackends = { OPENGL: 'opengl', CPU: 'cpu' } as const;
export type RasterizationBackend = (typeof RasterizationBackends)[keyof typeof RasterizationBackends];

export interface RasterizeOptions {
  /** Leaves out triangles that the viewer sees clockwise. True by default. */
  readonly enableCullFace?: boolean;
  /** How many surfaces behind each other each pixel keeps, the nearest first. 1 by default; more need the backend CPU. */
  readonly numLayers?: number;
  /** OPENGL by default. */
  readonly backend?: RasterizationBackend;
}

/**
 * Which triangles are seen through each pixel's centre, and where on them.
 *
 * Everything in the result is a constant to gradients; `barycentrics.differentiableBarycentrics` makes them flow to the vertices.
 * In TensorFlow Graphics row 0 is at the bottom and image_size is (width, height).
 *
 * @param vertices [B or 1, V, 3]
 * @param triangles [T, 3] int32.
 * @param viewProjectionMatrices [B or 1, 4, 4]: model to clip coordinates.
 * @param imageSize height and width, in pixels.
 * @returns a framebuffer of [B, H, W, C], or [B, L, H, W, C] with L > 1 layers.
 * @throws Error that names the argument, axis and shape; for several layers from OPENGL.
 * @example
 * ```ts
 * const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * const vertices = tf.tensor3d([[[-1, -1, 0], [3, -1, 0], [-1, 3, 0]]]);
 * const framebuffer = rendering.rasterizationBackend.rasterize(vertices, triangle, tf.reshape(tf.eye(4), [1, 4, 4]), { height: 1, width: 2 });
 * framebuffer.foregroundMask; // → [[[[1], [1]]]]
 * ```
 */
export function rasterize(
  vertices: tf.Tensor, triangles: Triangles, viewProjectionMatrices: tf.Tensor, imageSize: ImageSize,
  { enableCullFace = true, numLayers = 1, backend = RasterizationBackends.OPENGL }: RasterizeOptions = {},
): Framebuffer {
  checkShape('vertices', vertices, [null, null, 3]);
  const [[batch, vertexCount], [matrices]] = [vertices.shape as [number, number], viewProjectionMatrices.shape];
  checkShape('viewProjectionMatrices', viewProjectionMatrices, [batch === 1 || matrices === 1 ? null : batch, 4, 4]);
  checkSize(imageSize);
  if (!Number.isInteger(numLayers) || numLayers < 1) throw new Error(`numLayers must be a positive whole number, but it is ${numLayers}`);
  if (!Object.values(RasterizationBackends).includes(backend)) throw new Error(`Backend is not supported: '${String(backend)}'`);
  if (numLayers > 1 && backend === RasterizationBackends.OPENGL) throw new Error('OpenGL rasterizer only supports single layer.');
  const parts = untaped(() => tf.tidy((): FramebufferTensors => {
    const topology = { ...toTopology(triangles, vertexCount) };
    const clipVertices = transformHomogeneous(viewProjectionMatrices, vertices);
    const raster = backend === RasterizationBackends.CPU
      ? drawLayers(clipVertices, topology.faces, imageSize, numLayers, enableCullFace)
      : rasterizeNearest(clipVertices, topology.faces, imageSize, { cullBack: enableCullFace });
    return { ...readRaster(raster, topology.faces), mesh: { topology, ownsTopology: triangles instanceof tf.Tensor, clipVertices, raster } };
  }));
  return new Framebuffer({ ...parts, barycentrics: new RasterizedAttribute(parts.barycentrics) });
}

function checkSize(size: ImageSize): void {
  for (const side of ['height', 'width'] as const) {
    if (!Number.isInteger(size[side]) || size[side] < 1) throw new Error(`imageSize.${side} must be a positive whole number of pixels, but it is ${size[side]}`);
  }
}

/** A framebuffer's tensors in a plain object, which tf.tidy can look through. */
type FramebufferTensors = {
  readonly barycentrics: tf.Tensor; readonly triangleId: tf.Tensor; readonly vertexIds: tf.Tensor; readonly foregroundMask: tf.Tensor;
  readonly mesh: { readonly topology: { readonly [K in keyof MeshTopology]: MeshTopology[K] }; readonly ownsTopology: boolean; readonly clipVertices: tf.Tensor3D; readonly raster: tf.Tensor };
};

/** [B, H, W, 4], or [B, L, H, W, 4] with several layers. As in TensorFlow Graphics, a pixel's centre exactly on an edge belongs to both sides. */
function drawLayers(clipVertices: tf.Tensor3D, faces: tf.Tensor2D, imageSize: ImageSize, numLayers: number, cullBack: boolean): tf.Tensor {
  const [batch] = clipVertices.shape;
  const clip = clipVertices.dataSync() as Float32Array;
  const layers = rasterizeLoops(clip, faces.dataSync() as Int32Array, batch, imageSize, { numLayers, cullBack, sharedEdges: true });
  return tf.tensor(layers, [batch, ...(numLayers > 1 ? [numLayers] : []), imageSize.height, imageSize.width, 4]);
}

/** What a raster [..., 4] says, in TensorFlow Graphics' terms. */
function readRaster(raster: tf.Tensor, faces: tf.Tensor2D) {
  const [u, v, , id] = tf.split(raster, 4, -1);
  const foregroundMask = tf.step(id);
  const triangleId = tf.cast(tf.relu(tf.sub(id, 1)), 'int32');
  const vertexIds = tf.gather(faces, tf.reshape(triangleId, [-1]));
  return {
    barycentrics: tf.mul(tf.concat([u, v, tf.sub(tf.sub(1, u), v)], -1), foregroundMask),
    triangleId, foregroundMask,
    vertexIds: tf.reshape(vertexIds, [...raster.shape.slice(0, -1), 3]),
  };
}
