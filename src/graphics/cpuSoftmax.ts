import * as tf from './tf';

interface CpuBackend {
  readSync(dataId: tf.DataId): tf.BackendValues;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.TypedArray): tf.TensorInfo;
}

/** The cpu backend's softmax is made of slow broadcasts (see cpuBroadcast), which it does not look up by name. Here it is one loop, with the same roundings. */
export function speedUpSoftmax(): void {
  const stock = tf.getKernel(tf.Softmax, 'cpu');
  tf.unregisterKernel(tf.Softmax, 'cpu');
  tf.registerKernel({
    ...stock,
    kernelFunc: (params) => {
      const logits = params.inputs['logits'] as tf.TensorInfo;
      const dim = params.attrs?.['dim'] as number;
      if (logits.dtype !== 'float32' || !tf.env().getBool('DIORAMA_FAST_CPU') || (dim !== -1 && dim !== logits.shape.length - 1)) return stock.kernelFunc(params);
      const cpu = params.backend as unknown as CpuBackend;
      return cpu.makeTensorInfo([...logits.shape], 'float32', softmaxRows(cpu.readSync(logits.dataId) as Float32Array, logits.shape[logits.shape.length - 1]));
    },
  });
}

function softmaxRows(logits: Float32Array, width: number): Float32Array {
  const shares = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += width) {
    let largest = -Infinity;
    for (let i = row; i < row + width; i++) if (!(logits[i] <= largest)) largest = logits[i];
    let sum = 0;
    for (let i = row; i < row + width; i++) {
      shares[i] = Math.exp(Math.fround(logits[i] - largest));
      sum += shares[i];
    }
    sum = Math.fround(sum);
    for (let i = row; i < row + width; i++) shares[i] /= sum;
  }
  return shares;
}
