import * as tf from '../tf';

/** The slices along an axis, as tf.unstack gives them; but that one's gradient fails where there is a single slice. */
export const slicesAlong = (tensor: tf.Tensor, axis: number): tf.Tensor[] =>
  (tensor.shape[axis] === 1 ? [tf.squeeze(tensor, [axis])] : tf.unstack(tensor, axis));
