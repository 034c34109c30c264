import * as tf from '../../tf';
import { checkShape } from '../../shape';
import '../matMul/fastMatMul';
import './im2col.cpu';
import './im2col.webgl';
import { IM2COL, COL2IM } from './names';

export { IM2COL, COL2IM } from './names';

/** Square windows over an image. */
export interface Windows {
  /** Side of the window, pixels. */
  readonly size: number;
  readonly stride: number;
  /** Rows and columns of zeros imagined around the image. */
  readonly padding: number;
}

/** What both kernels are told: the image's shape and the windows over it. */
export interface WindowAttrs extends Windows {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export const windowCount = (extent: number, { size, stride, padding }: Windows): number =>
  Math.floor((extent + 2 * padding - size) / stride) + 1;

export const rowShape = (attrs: WindowAttrs): [number, number] =>
  [attrs.batch * windowCount(attrs.height, attrs) * windowCount(attrs.width, attrs), attrs.size * attrs.size * attrs.channels];

/**
 * Every window of an image as a row, so that a convolution is one matrix product forwards and two backwards.
 * (TensorFlow.js's own filter gradient on WebGL loops over the whole batch in every weight's fragment.)
 *
 * @param x [B, H, W, C]
 * @returns [B · H′ · W′, size · size · C], H′ and W′ windows down and across; a row runs over window rows, columns, then channels.
 * @throws Error that names the argument, axis and shape; RangeError where no window fits.
 * Source: Chellapilla, Puri and Simard, "High Performance Convolutional Neural Networks for Document Processing", 2006.
 * @example
 * ```ts
 * const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
 * im2col(x, { size: 2, stride: 1, padding: 0 }); // → [[1, 2, 4, 5], [2, 3, 5, 6]]
 * ```
 */
export function im2col(x: tf.Tensor4D, windows: Windows): tf.Tensor2D {
  checkShape('x', x, [null, null, null, null]);
  const [batch, height, width, channels] = x.shape;
  if (windowCount(height, windows) < 1 || windowCount(width, windows) < 1) {
    throw new RangeError(`x of ${height} by ${width} pixels is smaller than a window of ${windows.size}`);
  }
  const attrs: WindowAttrs = { ...windows, batch, height, width, channels };
  return tf.engine().runKernel(IM2COL, { x }, { ...attrs }) as tf.Tensor2D;
}

tf.registerGradient({
  kernelName: IM2COL,
  gradFunc: (dy, _saved, attrs) => ({ x: () => tf.engine().runKernel(COL2IM, { dy: dy as tf.Tensor }, attrs) as tf.Tensor }),
});

// Each is the other's transpose.
tf.registerGradient({
  kernelName: COL2IM,
  gradFunc: (dy, _saved, attrs) => ({ dy: () => tf.engine().runKernel(IM2COL, { x: dy as tf.Tensor }, attrs) as tf.Tensor }),
});
