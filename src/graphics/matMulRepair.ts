import * as tf from './tf';

/**
 * On the GPU a matrix lies in blocks of 2 × 2, and one of odd size has a last row or column that is not its own. TensorFlow.js's
 * operations leave anything there (x + 1 leaves 1), and its matrix product reads it where the shared axis is odd: two computed 3 × 3
 * matrices have a wrong product. Unpacking a factor and packing it again puts zeros there.
 */
function clean(factor: tf.TensorInfo, backend: tf.MathBackendWebGL): tf.TensorInfo | undefined {
  const { texture, isPacked } = backend.texData.get(factor.dataId);
  return texture && isPacked ? backend.unpackTensor(factor) : undefined;
}

/** Makes the webgl backend's matrix product right for all sizes. */
export function repairMatMul(): void {
  for (const kernelName of [tf.BatchMatMul, tf._FusedMatMul]) {
    const stock = tf.getKernel(kernelName, 'webgl');
    tf.unregisterKernel(kernelName, 'webgl');
    tf.registerKernel({
      ...stock,
      kernelFunc: (params) => {
        const { a, b } = params.inputs as Record<'a' | 'b', tf.TensorInfo>;
        const shared = a.shape[a.shape.length - (params.attrs?.['transposeA'] ? 2 : 1)];
        if (shared % 2 === 0) return stock.kernelFunc(params);
        const backend = params.backend as tf.MathBackendWebGL;
        const cleaned = { a: clean(a, backend), b: clean(b, backend) };
        try {
          return stock.kernelFunc({ ...params, inputs: { ...params.inputs, a: cleaned.a ?? a, b: cleaned.b ?? b } });
        } finally {
          for (const info of [cleaned.a, cleaned.b]) if (info) backend.disposeIntermediateTensorInfo(info);
        }
      },
    });
  }
}
