import { beforeAll, expect, it } from 'vitest';
import { keepOnGPU } from './kernels/testing/backends';
import * as tf from './tf';

beforeAll(async () => {
  await tf.setBackend('webgl');
  keepOnGPU();
});

it.each([['sin', tf.sin, Math.sin], ['cos', tf.cos, Math.cos]] as const)('%s is precise on the GPU, for angles of many turns and any shape', (_name, ours, exact) => {
  const before = tf.memory().numTensors;
  for (const shape of [[1001], [3, 5, 7], []]) {
    const size = shape.reduce((product, n) => product * n, 1);
    const angles = Float32Array.from({ length: size }, (_, i) => (size === 1 ? 1.2 : -40 + (80 * i) / (size - 1)));
    tf.tidy(() => {
      const values = ours(tf.tensor(angles, shape)).dataSync();
      const worst = angles.reduce((most, angle, i) => Math.max(most, Math.abs(values[i] - exact(angle))), 0);
      expect(worst).toBeLessThan(1e-6);
    });
  }
  expect(tf.memory().numTensors).toBe(before);
});

it('they stay each other\'s derivatives', () => {
  tf.tidy(() => {
    const x = tf.tensor1d([-2, 0.3, 4]);
    tf.grad((t) => tf.sum(tf.sin(t)))(x).dataSync().forEach((slope, i) => expect(slope).toBeCloseTo(Math.cos([-2, 0.3, 4][i]), 5));
  });
});
