// What one would compose of stock TensorFlow.js ops: neighbours gathered into [N, K, C], dense layers on them, the maximum over K.
import * as tf from '../../src/graphics/tf';

const random = (shape: number[], seed: number): tf.Tensor => tf.keep(tf.randomNormal(shape, 0, 0.1, 'float32', seed));

/** |a|² + |b|² − 2 a·b, then the k smallest of each row. */
export function nearest(points: tf.Tensor2D, k: number): tf.Tensor {
  return tf.tidy(() => {
    const squares = tf.sum(tf.square(points), 1, true);
    const negated = tf.sub(tf.mul(2, tf.matMul(points, points, false, true)), tf.add(squares, tf.transpose(squares)));
    return tf.topk(negated, k).indices;
  });
}

/** Each time the point farthest from those chosen. */
export function farthest(points: tf.Tensor2D, count: number): tf.Tensor {
  return tf.tidy(() => {
    let distances: tf.Tensor = tf.fill([points.shape[0]], Infinity);
    const chosen = [0];
    while (chosen.length < count) {
      const last = chosen[chosen.length - 1];
      const next = tf.tidy(() => tf.minimum(distances, tf.sum(tf.squaredDifference(points, tf.slice(points, [last, 0], [1, 3])), 1)));
      distances.dispose();
      distances = next;
      chosen.push(tf.tidy(() => tf.argMax(next).dataSync()[0]));
    }
    return tf.tensor1d(chosen, 'int32');
  });
}

export const neighborMax = (x: tf.Tensor, table: tf.Tensor2D): tf.Tensor => tf.max(tf.gather(x, table), 1);

/** Dense layers with batch normalisation and ReLU. */
export interface Stack { readonly kernels: readonly tf.Tensor2D[]; readonly scales: readonly tf.Tensor[]; readonly shifts: readonly tf.Tensor[] }

export function makeStack(widths: readonly number[]): Stack {
  const layers = widths.slice(1);
  return {
    kernels: layers.map((width, i) => random([widths[i], width], i + 1) as tf.Tensor2D),
    scales: layers.map((width) => tf.keep(tf.ones([width]))), shifts: layers.map((width) => tf.keep(tf.zeros([width]))),
  };
}

/** On the last axis of [N, K, C]. */
function runStack(x: tf.Tensor, { kernels, scales, shifts }: Stack, leak: number): tf.Tensor {
  return kernels.reduce((y, kernel, i) => {
    const z = tf.matMul(tf.reshape(y, [-1, kernel.shape[0]]) as tf.Tensor2D, kernel);
    const { mean, variance } = tf.moments(z, 0);
    const normalized = tf.batchNorm(z, mean as tf.Tensor1D, variance as tf.Tensor1D, shifts[i] as tf.Tensor1D, scales[i] as tf.Tensor1D, 1e-3);
    return tf.reshape(leak === 0 ? tf.relu(normalized) : tf.leakyRelu(normalized, leak), [...y.shape.slice(0, -1), kernel.shape[1]]);
  }, x);
}

/** Each row K times: [N, K, C]. */
const spread = (x: tf.Tensor, k: number): tf.Tensor => tf.tile(tf.expandDims(x, 1), [1, k, 1]);

export function edgeConv(x: tf.Tensor, table: tf.Tensor2D, stack: Stack): tf.Tensor {
  const [seen, own] = [tf.gather(x, table), spread(x, table.shape[1])];
  return tf.max(runStack(tf.concat([own, tf.sub(seen, own)], 2), stack, 0.2), 1);
}

export function setAbstraction(x: tf.Tensor, points: tf.Tensor2D, centres: tf.Tensor2D, table: tf.Tensor2D, stack: Stack): tf.Tensor {
  const offsets = tf.sub(tf.gather(points, table), tf.expandDims(centres, 1));
  return tf.max(runStack(tf.concat([offsets, tf.gather(x, table)], 2), stack, 0), 1);
}

/** A network on offsets, and the matrix after the sum. */
export interface Kernel { readonly net: readonly tf.Tensor2D[]; readonly mix: tf.Tensor2D }

export const makeKernel = (widths: readonly number[], from: number, to: number): Kernel => ({
  net: widths.slice(1).map((width, i) => random([widths[i], width], i + 1) as tf.Tensor2D),
  mix: random([widths[widths.length - 1] * from, to], 9) as tf.Tensor2D,
});

/** Σⱼ w(offset)ᵀ f(j) as a product of [N, W, K] and [N, K, C], and the matrix on the rows of [N, W · C]. */
function weighAndMix(weights: tf.Tensor, x: tf.Tensor, table: tf.Tensor2D, mix: tf.Tensor2D): tf.Tensor {
  const sums = tf.matMul(weights, tf.gather(x, table), true);
  return tf.matMul(tf.reshape(sums, [table.shape[0], mix.shape[0]]), mix);
}

export function kernelConvolution(
  x: tf.Tensor, points: tf.Tensor2D, table: tf.Tensor2D, radius: number, { net, mix }: Kernel, activation: 'relu' | 'leakyRelu',
): tf.Tensor {
  const offsets = tf.div(tf.sub(tf.gather(points, table), tf.expandDims(points, 1)), radius);
  const weights = net.reduce<tf.Tensor>((y, kernel) => tf[activation](tf.matMul(y as tf.Tensor2D, kernel)), tf.reshape(offsets, [-1, 3]));
  return weighAndMix(tf.reshape(weights, [...table.shape, -1]), x, table, mix);
}

export interface KernelPoints { readonly positions: tf.Tensor; readonly mix: tf.Tensor2D }

export const makeKernelPoints = (count: number, radius: number, from: number, to: number): KernelPoints => ({
  positions: tf.keep(tf.randomUniform([1, 1, count, 3], -radius / 2, radius / 2, 'float32', 3)), mix: random([count * from, to], 9) as tf.Tensor2D,
});

export function kpConv(x: tf.Tensor, points: tf.Tensor2D, table: tf.Tensor2D, sigma: number, { positions, mix }: KernelPoints): tf.Tensor {
  const offsets = tf.sub(tf.gather(points, table), tf.expandDims(points, 1));
  const distances = tf.sqrt(tf.sum(tf.square(tf.sub(tf.expandDims(offsets, 2), positions)), 3));
  return weighAndMix(tf.relu(tf.sub(1, tf.div(distances, sigma))), x, table, mix);
}
