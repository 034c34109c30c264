import * as tf from '../tf';

/** The reference loops run on either precision: float32 as kernels, float64 under finite-difference tests. */
export type Reals = Float32Array | Float64Array;
export type Indices = Int32Array;

/** A zeroed array of the same precision. */
export const realsLike = (like: Reals, length: number): Reals =>
  like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);

/** Sums kept in float64, rounded once into the precision of `like`. */
export function roundLike(like: Reals, sums: Float64Array): Reals {
  if (like instanceof Float64Array) return sums;
  return Float32Array.from(sums);
}

export interface CpuInput { readonly shape: readonly number[]; readonly reals: Reals; readonly indices: Indices }
export interface CpuOutput { readonly shape: readonly number[]; readonly values: Reals }

interface CpuBackend {
  readSync(dataId: tf.DataId): tf.BackendValues;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.TypedArray): tf.TensorInfo;
}

/** Registers plain loops as a kernel of the cpu backend with one float32 output. */
export function registerCpuKernel<Name extends string, Attrs extends object>(
  kernelName: string,
  inputNames: readonly Name[],
  run: (inputs: Record<Name, CpuInput>, attrs: Attrs) => CpuOutput,
): void {
  tf.registerKernel({
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const cpu = backend as CpuBackend;
      const read = (name: Name): [Name, CpuInput] => {
        const info = inputs[name] as tf.TensorInfo;
        const values = cpu.readSync(info.dataId);
        return [name, { shape: info.shape, reals: values as Float32Array, indices: values as Int32Array }];
      };
      const named = Object.fromEntries(inputNames.map(read)) as Record<Name, CpuInput>;
      const output = run(named, attrs as unknown as Attrs);
      return cpu.makeTensorInfo([...output.shape], 'float32', output.values as Float32Array);
    },
  });
}
