import * as tf from '../../tf';

export type InputArrays = Readonly<Record<string, { readonly values: Float32Array | Int32Array; readonly shape: readonly number[] }>>;

/** Small tensors run on the GPU too, as everywhere in these tests: by default TensorFlow.js hands them to the CPU. */
export function keepOnGPU(): void {
  tf.env().set('WEBGL_CPU_FORWARD', false);
  tf.env().set('WEBGL_SIZE_UPLOAD_UNIFORM', 0);
}

/** Runs one kernel on a backend from plain arrays, and reads its result. `prepare` changes how float inputs lie on the GPU. */
export async function runOn(
  backend: 'cpu' | 'webgl', kernelName: string, inputs: InputArrays, attrs: object = {}, prepare: (x: tf.Tensor) => tf.Tensor = (x) => x,
): Promise<Float32Array> {
  await tf.setBackend(backend);
  const result = tf.tidy(() => {
    const tensors = Object.fromEntries(Object.entries(inputs).map(([name, { values, shape }]) => {
      const tensor = tf.tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32');
      return [name, backend === 'webgl' ? prepare(tensor) : tensor];
    }));
    return tf.engine().runKernel(kernelName, tensors, attrs as tf.NamedAttrMap) as tf.Tensor;
  });
  const values = await result.data<'float32'>();
  result.dispose();
  return values;
}

/** Largest difference over the largest magnitude expected; NaN if there is one anywhere. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values instead of ${expected.length}`);
  let [difference, magnitude] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const d = Math.abs(actual[i] - expected[i]);
    if (Number.isNaN(d)) return NaN;
    difference = Math.max(difference, d);
    magnitude = Math.max(magnitude, Math.abs(expected[i]));
  }
  return difference / Math.max(magnitude, 1e-30);
}

/** The two backends' results of one kernel. */
export async function compareBackends(
  kernelName: string, inputs: InputArrays, attrs: object = {}, prepare?: (x: tf.Tensor) => tf.Tensor,
): Promise<{ readonly error: number; readonly cpu: Float32Array; readonly webgl: Float32Array }> {
  const cpu = await runOn('cpu', kernelName, inputs, attrs);
  const webgl = await runOn('webgl', kernelName, inputs, attrs, prepare);
  return { error: relativeError(webgl, cpu), cpu, webgl };
}
