import * as tf from '../../tf';
import { checkShape } from '../../shape';
import { unbroadcast } from '../unbroadcast';

export const BROADCAST_MAT_MUL = 'DioramaBroadcastMatMul';

/**
 * Batched matrix product with either batch broadcast from 1. tf.matMul computes it too, but its gradient forgets to sum over the
 * broadcast batch; and only the gradients that are asked for are computed.
 *
 * @param a [B or 1, M, K]
 * @param b [B or 1, K, N], or [B or 1, N, K] with `transposeB`.
 * @returns [B, M, N]
 * @throws Error that names the argument, axis and shape.
 */
export function broadcastMatMul(a: tf.Tensor3D, b: tf.Tensor3D, transposeB = false): tf.Tensor3D {
  checkShape('a', a, [null, null, null]);
  checkShape('b', b, [a.shape[0] === 1 || b.shape[0] === 1 ? null : a.shape[0], transposeB ? null : a.shape[2], transposeB ? a.shape[2] : null]);
  return tf.engine().runKernel(BROADCAST_MAT_MUL, { a, b }, { transposeA: false, transposeB }) as tf.Tensor3D;
}

tf.registerGradient({
  kernelName: BROADCAST_MAT_MUL,
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b], attrs) => {
    const transposeB = attrs['transposeB'] as boolean;
    return {
      a: () => unbroadcast(tf.matMul(dy as tf.Tensor, b, false, !transposeB), a),
      b: () => unbroadcast(transposeB ? tf.matMul(dy as tf.Tensor, a, true) : tf.matMul(a, dy as tf.Tensor, true), b),
    };
  },
});

/** The product itself is TensorFlow.js's own kernel, under a name whose gradient is ours. */
for (const backendName of ['cpu', 'webgl']) {
  tf.registerKernel({
    kernelName: BROADCAST_MAT_MUL,
    backendName,
    kernelFunc: (params) => {
      const kernel = tf.getKernel('BatchMatMul', backendName);
      return kernel.kernelFunc(params);
    },
  });
}
