import * as tf from '../../tf';
import { checkShape } from '../../shape';
import { im2col, type Windows } from '../../kernels';
import { windowCount } from '../../kernels/im2col/im2col';

/**
 * A convolution as a matrix product of the image's windows, differentiable in image, filter and bias, of any order.
 *
 * @param x [B, H, W, C]
 * @param filter [size · size · C, D]: rows run over window rows, columns, then channels.
 * @param bias [D]
 * @param windows side, stride and margin of zeros, in pixels.
 * @returns [B, H′, W′, D]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Nine ones and the bias.
 * const windows = { size: 3, stride: 1, padding: 0 };
 * nn.layer.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([9, 1]), tf.tensor1d([0.5]), windows); // → [[[[9.5]]]]
 * ```
 */
export function conv2d(x: tf.Tensor4D, filter: tf.Tensor2D, bias: tf.Tensor1D, windows: Windows): tf.Tensor4D {
  checkShape('x', x, [null, null, null, null]);
  const [batch, height, width, channels] = x.shape;
  checkShape('filter', filter, [windows.size * windows.size * channels, null]);
  checkShape('bias', bias, [filter.shape[1]]);
  const rows = tf.add(tf.matMul(im2col(x, windows), filter), bias);
  return tf.reshape(rows, [batch, windowCount(height, windows), windowCount(width, windows), filter.shape[1]]);
}
