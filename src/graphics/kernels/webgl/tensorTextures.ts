import * as tf from '../../tf';
import { glResources, type Target } from './resources';
import type { Layout } from './readers';

/** A tensor's texture as shaders read it: [M, rows, columns]. */
export interface View {
  readonly texture: WebGLTexture; readonly layout: Layout;
  /** Of the texture, in texels. */ readonly width: number;
  /** Of value 0, for slices that share a texture. */ readonly offset: number;
  readonly rows: number; readonly columns: number;
}

/** A texture for the duration of a call, from TensorFlow.js's own pool: RGBA32F, value quads in row-major order. */
export interface Scratch extends View, Target { readonly release: () => void }

export interface Output { readonly info: tf.TensorInfo; readonly target: Target; readonly view: View }

/** TensorFlow.js's TextureUsage.RENDER, which it does not export. */
const RENDER = 0;

const maxTextureSize = (): number => tf.env().getNumber('WEBGL_MAX_TEXTURE_SIZE');

/**
 * Width and height in texels of a texture that holds `texels` in linear order: lines of `line` texels where they fit (several side by side
 * if there are too many for the height), else 2ⁿ wide (see readers.ts) and nearly square.
 */
export function textureSize(texels: number, line?: number): [width: number, height: number] {
  const max = maxTextureSize();
  let width = line ?? Infinity;
  if (width <= max) width *= Math.ceil(texels / width / max);
  if (!(width <= max)) width = Math.min(max, 2 ** Math.ceil(Math.log2(Math.max(1, texels)) / 2));
  const height = Math.max(1, Math.ceil(texels / width));
  if (height > max) throw new Error(`A tensor of ${texels * 4} values does not fit the largest texture of this device (${max} × ${max}).`);
  return [width, height];
}

/** Opens the tensor for reading as [M, rows, columns], uploading it if it is not on the GPU. `temporaries` receives what to dispose after the call. */
export function viewOf(backend: tf.MathBackendWebGL, info: tf.TensorInfo, rows: number, columns: number, temporaries: tf.TensorInfo[]): View {
  if (tf.util.sizeFromShape(info.shape) === 0) {
    return { texture: glResources(backend).emptyTexture, layout: 'flat', width: 1, offset: 0, rows, columns };
  }
  backend.uploadToGPU(info.dataId);
  const { texture, texShape, isPacked, shape, slice } = backend.getDataInfo(info.dataId);
  const offset = slice?.flatOffset ?? 0;
  if (!isPacked) return { texture: texture!.texture, layout: 'flat', width: texShape![1], offset, rows, columns };
  const width = Math.ceil(texShape![1] / 2);
  const packedRows = shape.length > 1 ? shape[shape.length - 2] : 1;
  const packedColumns = shape.length > 0 ? shape[shape.length - 1] : 1;
  if (packedColumns === columns && (packedRows === rows || (packedRows % 2 === 0 && rows % 2 === 0))) {
    return { texture: texture!.texture, layout: 'packed', width, offset, rows, columns };
  }
  if (packedRows === 2 && packedColumns === 2) return { texture: texture!.texture, layout: columns === 4 ? 'dense' : 'denseAny', width, offset, rows, columns };
  const unpacked = backend.unpackTensor({ dataId: info.dataId, shape, dtype: info.dtype });
  temporaries.push(unpacked);
  return viewOf(backend, unpacked, rows, columns, temporaries);
}

/** A new float32 tensor in TensorFlow.js's packed layout. Its texture's lines are the rows of an image, unless `textureWidth` (in texels) says otherwise. */
export function packedOutput(backend: tf.MathBackendWebGL, shape: number[], textureWidth?: number): Output {
  const [rows, columns] = [1, 1, ...shape].slice(-2);
  const line = Math.ceil(rows / 2) * Math.ceil(columns / 2);
  const isImage = shape.length === 4;
  const texels = tf.util.sizeFromShape(shape.slice(0, -2)) * line;
  return allocate(backend, shape, shape, 'packed', textureSize(texels, textureWidth ?? (isImage ? line : undefined)));
}

/**
 * A new float32 tensor [..., 4] with one quad a texel. Lying about its shape ([N, 2, 2]) makes that a layout which TensorFlow.js understands
 * and repacks when one of its own ops reads it.
 */
export function denseOutput(backend: tf.MathBackendWebGL, shape: number[], line?: number): Output {
  const quads = tf.util.sizeFromShape(shape) / 4;
  return allocate(backend, shape, [quads, 2, 2], 'dense', textureSize(quads, line));
}

function allocate(backend: tf.MathBackendWebGL, shape: number[], storedShape: number[], layout: Layout, [width, height]: [number, number]): Output {
  const info = backend.makeTensorInfo(shape, 'float32');
  const data = backend.getDataInfo(info.dataId);
  data.shape = storedShape;
  data.isPacked = true;
  data.texShape = [2 * height, 2 * width];
  backend.uploadToGPU(info.dataId);
  const { texture } = data.texture!;
  const [rows, columns] = [1, 1, ...shape].slice(-2);
  return { info, target: { texture, width, height }, view: { texture, layout, width, offset: 0, rows, columns } };
}

/** `rows` is how many quads make a row of the view. */
export function scratch(backend: tf.MathBackendWebGL, quads: number, rows = 1, line?: number): Scratch {
  const [width, height] = textureSize(quads, line);
  const manager = backend.getTextureManager();
  const shape: [number, number] = [2 * height, 2 * width];
  const acquired = manager.acquireTexture(shape, RENDER, true);
  return {
    texture: acquired.texture, layout: 'dense', width, height, offset: 0, rows, columns: 4,
    release: () => manager.releaseTexture(acquired, shape, RENDER, true),
  };
}
