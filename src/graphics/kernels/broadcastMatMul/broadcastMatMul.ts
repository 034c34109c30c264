import * as tf from '../../tf';
import { checkShape } from '../../shape';
import { unbroadcast } from '../unbroadcast';

export const BROADCAST_MAT_MUL = 'DioramaBroadcastMatMul';

interface Transposed { readonly transposeA: boolean; readonly transposeB: boolean }

const product = (a: tf.Tensor, b: tf.Tensor, transposed: Transposed): tf.Tensor =>
  tf.engine().runKernel(BROADCAST_MAT_MUL, { a, b }, { ...transposed }) as tf.Tensor;

/**
 * Batched matrix product with either batch broadcast from 1. tf.matMul computes it too, but its gradient forgets to sum over the
 * broadcast batch; and only the gradients that are asked for are computed. Differentiable to any order.
 *
 * @param a [B or 1, M, K], or [B or 1, K, M] with `transposeA`.
 * @param b [B or 1, K, N], or [B or 1, N, K] with `transposeB`.
 * @returns [B, M, N]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * broadcastMatMul(tf.tensor3d([[[1, 2]]]), tf.tensor3d([[[3], [4]], [[5], [6]]])); // → [[[11]], [[17]]]
 * ```
 */
export function broadcastMatMul(a: tf.Tensor, b: tf.Tensor, transposeB = false, transposeA = false): tf.Tensor3D {
  checkShape('a', a, [null, null, null]);
  const shared = a.shape[transposeA ? 1 : 2]!;
  checkShape('b', b, [a.shape[0] === 1 || b.shape[0] === 1 ? null : a.shape[0], transposeB ? null : shared, transposeB ? shared : null]);
  return product(a, b, { transposeA, transposeB }) as tf.Tensor3D;
}

tf.registerGradient({
  kernelName: BROADCAST_MAT_MUL,
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b], attrs) => {
    const { transposeA, transposeB } = attrs as unknown as Transposed;
    const g = dy as tf.Tensor;
    return {
      a: () => unbroadcast(transposeA ? product(b, g, { transposeA: transposeB, transposeB: true }) : product(g, b, { transposeA: false, transposeB: !transposeB }), a),
      b: () => unbroadcast(transposeB ? product(g, a, { transposeA: true, transposeB: transposeA }) : product(a, g, { transposeA: !transposeA, transposeB: false }), b),
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
