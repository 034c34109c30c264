import * as tf from './tf';

interface CpuBackend {
  readSync(dataId: tf.DataId): tf.BackendValues;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.TypedArray): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

/** Below so many results the cost of a call outweighs that of its elements. */
const LEAST_RESULTS = 256;

/** In a function: tf.ts imports this file before it has any names. */
const binaryKernels = (): readonly string[] => [
  tf.Add, tf.Sub, tf.Multiply, tf.RealDiv, tf.SquaredDifference, tf.Maximum, tf.Minimum, tf.Pow, tf.Equal, tf.NotEqual, tf.Greater, tf.GreaterEqual, tf.Less, tf.LessEqual,
];

/** Does the shape have an axis of size 1 where the results' has another? Missing leading axes are no matter to TensorFlow.js. */
const hasStretchedAxis = (shape: readonly number[], results: readonly number[]): boolean =>
  shape.some((size, axis) => size === 1 && results[results.length - shape.length + axis] > 1);

/** The values repeated along every axis of size 1, so that they are as many as the results. */
function stretched({ dataId, shape, dtype }: tf.TensorInfo, results: number[], cpu: CpuBackend): tf.TensorInfo {
  const values = cpu.readSync(dataId) as tf.TypedArray;
  const full = tf.util.getTypedArrayFromDType(dtype as 'float32', tf.util.sizeFromShape(results));
  const rank = results.length;
  const own = [...Array.from({ length: rank - shape.length }, () => 1), ...shape];
  // How far each axis moves on in the values: not at all along axes that repeat.
  const steps = own.map((size, axis) => (size === 1 ? 0 : tf.util.sizeFromShape(own.slice(axis + 1))));
  const last = results[rank - 1];
  const index = new Int32Array(rank);
  let from = 0;
  for (let to = 0; to < full.length; to += last) {
    if (steps[rank - 1] === 0) full.fill(values[from], to, to + last);
    else full.set(values.subarray(from, from + last), to);
    for (let axis = rank - 2; axis >= 0; axis--) {
      from += steps[axis];
      if (++index[axis] < results[axis]) break;
      index[axis] = 0;
      from -= steps[axis] * results[axis];
    }
  }
  return cpu.makeTensorInfo(results, dtype, full);
}

type Loop = (a: Float32Array, b: Float32Array, results: Float32Array) => void;

/** One loop for each of the four that training is made of: TensorFlow.js has one for all operations, which calls a function for every element. */
const loops = (): Readonly<Record<string, Loop>> => ({
  [tf.Add]: (a, b, results) => { for (let i = 0; i < results.length; i++) results[i] = a[i] + b[i]; },
  [tf.Sub]: (a, b, results) => { for (let i = 0; i < results.length; i++) results[i] = a[i] - b[i]; },
  [tf.Multiply]: (a, b, results) => { for (let i = 0; i < results.length; i++) results[i] = a[i] * b[i]; },
  [tf.RealDiv]: (a, b, results) => { for (let i = 0; i < results.length; i++) results[i] = a[i] / b[i]; },
});

/**
 * Makes the cpu backend's elementwise operations of two tensors many times faster, most of all where one is repeated along an axis of size 1:
 * TensorFlow.js computes the place of every element anew then, in three arrays. Here the smaller side is repeated first, and the same
 * operation then runs on sides of one size, so that results agree to the bit.
 */
export function speedUpBroadcasting(): void {
  const own = loops();
  for (const kernelName of binaryKernels()) {
    const stock = tf.getKernel(kernelName, 'cpu');
    const loop = own[kernelName] as Loop | undefined;
    tf.unregisterKernel(kernelName, 'cpu');
    tf.registerKernel({
      ...stock,
      kernelFunc: (params) => {
        const { a, b } = params.inputs as Record<'a' | 'b', tf.TensorInfo>;
        const results = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
        const count = tf.util.sizeFromShape(results);
        const sides = [a, b];
        const isPlain = sides.every(({ dtype }) => dtype !== 'string' && dtype !== 'complex64');
        if (!isPlain || count < LEAST_RESULTS || !tf.env().getBool('DIORAMA_FAST_CPU')) return stock.kernelFunc(params);
        const isFloat = loop !== undefined && a.dtype === 'float32' && b.dtype === 'float32';
        const repeats = sides.map(({ shape }) => (isFloat ? tf.util.sizeFromShape(shape) < count : hasStretchedAxis(shape, results)));
        if (!isFloat && !repeats.includes(true)) return stock.kernelFunc(params);
        const cpu = params.backend as unknown as CpuBackend;
        const full = sides.map((side, i) => (repeats[i] ? stretched(side, results, cpu) : side));
        const result = isFloat ? runLoop(loop, full, results, cpu) : stock.kernelFunc({ ...params, inputs: { a: full[0], b: full[1] } });
        full.forEach((side, i) => { if (repeats[i]) cpu.disposeIntermediateTensorInfo(side); });
        return result;
      },
    });
  }
}

function runLoop(loop: Loop, [a, b]: readonly tf.TensorInfo[], shape: number[], cpu: CpuBackend): tf.TensorInfo {
  const results = new Float32Array(tf.util.sizeFromShape(shape));
  loop(cpu.readSync(a.dataId) as Float32Array, cpu.readSync(b.dataId) as Float32Array, results);
  return cpu.makeTensorInfo(shape, 'float32', results);
}
