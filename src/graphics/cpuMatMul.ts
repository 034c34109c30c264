import { hasVectorProduct, productBlocks, type Matrix } from './kernels/matMul/product';
import * as tf from './tf';

interface CpuBackend {
  readSync(dataId: tf.DataId): tf.BackendValues;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.TypedArray): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

/**
 * From so many multiplications on, products are made of blocks: of 32 × 32 matrices and larger. Below, TensorFlow.js's loops stay, which sum in
 * float64: the many tiny products of rotations and cameras keep all their digits.
 */
const LEAST_PRODUCTS = 2 ** 15;

type KernelCall = Parameters<tf.KernelFunc>[0];

/** Kernels of activations without weights of their own. */
const ACTIVATIONS: Readonly<Record<string, string>> = { relu: tf.Relu, relu6: tf.Relu6, elu: tf.Elu, sigmoid: tf.Sigmoid, leakyrelu: tf.LeakyRelu };

interface Sides { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo; readonly transposeA: boolean; readonly transposeB: boolean }

/** [*, M, N] and how many numbers each of it sums. */
function sizes({ a, b, transposeA, transposeB }: Sides): { rows: number; columns: number; depth: number; batches: [number, number] } {
  const [height, width] = a.shape.slice(-2);
  const columns = b.shape[b.shape.length - (transposeB ? 2 : 1)];
  const count = ({ shape }: tf.TensorInfo) => tf.util.sizeFromShape(shape.slice(0, -2));
  return { rows: transposeA ? width : height, columns, depth: transposeA ? height : width, batches: [count(a), count(b)] };
}

/** The product by blocks, or undefined where it is too small for them. */
function blockProduct(sides: Sides, cpu: CpuBackend): tf.TensorInfo | undefined {
  const { a, b, transposeA, transposeB } = sides;
  const { rows, columns, depth, batches } = sizes(sides);
  const batch = Math.max(...batches);
  const isFloat = a.dtype === 'float32' && b.dtype === 'float32';
  if (!isFloat || rows * columns * depth < LEAST_PRODUCTS || Math.min(...batches) === 0 || !hasVectorProduct()) return undefined;
  const matrix = (info: tf.TensorInfo, transposed: boolean, element: number): Matrix => {
    const [height, width] = info.shape.slice(-2);
    const offset = element * height * width;
    const values = cpu.readSync(info.dataId) as Float32Array;
    return transposed ? { values, offset, rowStep: 1, columnStep: width } : { values, offset, rowStep: width, columnStep: 1 };
  };
  const product = new Float32Array(batch * rows * columns);
  for (let element = 0; element < batch; element++) {
    const [left, right] = [matrix(a, transposeA, element % batches[0]), matrix(b, transposeB, element % batches[1])];
    const to = element * rows * columns;
    productBlocks(left, right, { rows, columns, depth }, ({ firstRow, rowCount, firstColumn, columnCount, values, stride }) => {
      for (let i = 0; i < rowCount; i++) {
        product.set(values.subarray(i * stride, i * stride + columnCount), to + (firstRow + i) * columns + firstColumn);
      }
    });
  }
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return cpu.makeTensorInfo([...outer, rows, columns], 'float32', product);
}

/** Adds bias and activation with the backend's own kernels, as its fused product does. */
function finish(product: tf.TensorInfo, { inputs, attrs, backend }: KernelCall): tf.TensorInfo {
  const cpu = backend as unknown as CpuBackend;
  const bias = inputs['bias'] as tf.TensorInfo | undefined;
  if (bias) {
    const [values, sums] = [cpu.readSync(bias.dataId) as Float32Array, cpu.readSync(product.dataId) as Float32Array];
    for (let i = 0; i < sums.length; i += values.length) for (let j = 0; j < values.length; j++) sums[i + j] += values[j];
  }
  const activation = attrs?.['activation'] as string | undefined;
  if (!activation || activation === 'linear') return product;
  const kernel = tf.getKernel(ACTIVATIONS[activation], 'cpu');
  const activated = kernel.kernelFunc({ inputs: { x: product, features: product }, attrs: { alpha: attrs?.['leakyreluAlpha'] as number }, backend }) as tf.TensorInfo;
  cpu.disposeIntermediateTensorInfo(product);
  return activated;
}

/** What {@link finish} knows: a bias of one number a column, and activations without weights of their own. */
function isPlain({ inputs, attrs }: KernelCall): boolean {
  const [b, bias] = [inputs['b'] as tf.TensorInfo, inputs['bias'] as tf.TensorInfo | undefined];
  const activation = attrs?.['activation'] as string | undefined;
  const columns = b.shape[b.shape.length - (attrs?.['transposeB'] ? 2 : 1)];
  return (!bias || tf.util.sizeFromShape(bias.shape) === columns) && (!activation || activation === 'linear' || activation in ACTIVATIONS);
}

/**
 * Makes large matrix products of the cpu backend some ten times faster: TensorFlow.js's are three nested loops. With the flag DIORAMA_FAST_CPU off they
 * are TensorFlow.js's again, to compare with.
 */
export function speedUpMatMul(): void {
  for (const kernelName of [tf.BatchMatMul, tf._FusedMatMul]) {
    const stock = tf.getKernel(kernelName, 'cpu');
    tf.unregisterKernel(kernelName, 'cpu');
    tf.registerKernel({
      ...stock,
      kernelFunc: (params) => {
        if (!tf.env().getBool('DIORAMA_FAST_CPU') || !isPlain(params)) return stock.kernelFunc(params);
        const { a, b } = params.inputs as Record<'a' | 'b', tf.TensorInfo>;
        const sides = { a, b, transposeA: Boolean(params.attrs?.['transposeA']), transposeB: Boolean(params.attrs?.['transposeB']) };
        const product = blockProduct(sides, params.backend as unknown as CpuBackend);
        return product ? finish(product, params) : stock.kernelFunc(params);
      },
    });
  }
}
