import * as tf from './tf';

/** The tensor itself if it is float32, else a float32 copy: TensorFlow.js truncates the sines, quotients and roots of int32 tensors. */
export const asFloat = (tensor: tf.Tensor): tf.Tensor => (tensor.dtype === 'float32' ? tensor : tf.cast(tensor, 'float32'));
