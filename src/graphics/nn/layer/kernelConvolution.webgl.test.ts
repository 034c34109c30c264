import { expect, it } from 'vitest';
import { relativeError } from '../../testing/gradients';
import { randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import type { KernelConvolution } from './kernelConvolution';
import { DeformableKPConv, KPConv } from './kpConv';
import { MonteCarloConvolution } from './monteCarlo';
import { PointConv } from './pointConv';

const LAYERS: readonly (readonly [string, () => KernelConvolution])[] = [
  ['PointConv', () => new PointConv({ channels: 3, weightNet: [4, 5], radius: 0.7 })],
  ['MonteCarloConvolution', () => new MonteCarloConvolution({ channels: 6, radius: 0.7 })],
  ['KPConv', () => new KPConv({ channels: 3, kernelSize: 5, radius: 0.7 })],
  ['KPConv by Gaussians', () => new KPConv({ channels: 3, kernelSize: 5, correlation: 'gaussian', radius: 0.7 })],
  ['DeformableKPConv', () => new DeformableKPConv({ channels: 3, kernelSize: 5, radius: 0.7 })],
];

/** Outputs, and the gradients of their squares by features, points and queries. */
async function run(backend: 'cpu' | 'webgl', make: () => KernelConvolution): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const random = randomTensors(3);
  const inputs = [random.uniform([2, 20, 3]), random.uniform([2, 20, 3], -0.5, 0.5), random.uniform([2, 7, 3], -0.5, 0.5)];
  const layer = make();
  const y = layer.apply(inputs) as tf.Tensor;
  const gradients = tf.grads((...xs: tf.Tensor[]) => tf.sum(tf.square(layer.apply(xs) as tf.Tensor)))(inputs);
  const values = await Promise.all([y, ...gradients].map((tensor) => tensor.data<'float32'>()));
  layer.dispose();
  return values;
}

it.each(LAYERS)('%s gives on webgl what it gives on the cpu, gradients among it (seed 3)', async (_name, make) => {
  const [cpu, webgl] = [await run('cpu', make), await run('webgl', make)];
  webgl.forEach((values, i) => expect(relativeError(values, cpu[i])).toBeLessThan(1e-4));
});
