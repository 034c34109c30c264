import { beforeAll, expect, it } from 'vitest';
import { keepOnGPU } from './kernels/testing/backends';
import * as tf from './tf';

beforeAll(async () => {
  await tf.setBackend('webgl');
  keepOnGPU();
});

/** One rounding of a float32 near 1, and what the reduction of the angle adds. */
const NEAR = 3e-7;

const angles = Float32Array.from({ length: 2001 }, (_, i) => (i - 1000) * 0.0317);

it.each([['sin', tf.sin, Math.sin], ['cos', tf.cos, Math.cos]] as const)('%s is exact to float32, over several turns and in every shape', (_name, ours, exact) => {
  const worst = (values: Float32Array, at: Float32Array) => values.reduce((most, value, i) => Math.max(most, Math.abs(value - exact(at[i]))), 0);
  tf.tidy(() => {
    expect(worst(ours(tf.tensor1d(angles)).dataSync<'float32'>(), angles)).toBeLessThan(NEAR);
    const few = angles.slice(0, 24);
    for (const shape of [[24], [4, 6], [1, 2, 3, 4], [2, 1, 3, 1, 4], [1, 2, 1, 3, 1, 4]]) expect(worst(ours(tf.tensor(few, shape)).dataSync<'float32'>(), few)).toBeLessThan(NEAR);
    // What comes out of a packed operation, and a scalar.
    expect(worst(ours(tf.matMul(tf.tensor2d(few, [4, 6]), tf.eye(6))).dataSync() as Float32Array, few)).toBeLessThan(NEAR);
    expect(ours(tf.scalar(1)).dataSync()[0]).toBeCloseTo(exact(1), 6);
    expect(ours(tf.scalar(NaN)).dataSync()[0]).toBeNaN();
    // No float32 angle of this size can be brought near 0.
    expect(Math.abs(ours(tf.scalar(1e9)).dataSync()[0])).toBeLessThanOrEqual(1 + NEAR);
  });
});

it('they are each the other\'s gradient', () => {
  tf.tidy(() => {
    const x = tf.tensor1d(angles);
    expect(tf.max(tf.abs(tf.sub(tf.grad((t) => tf.sum(tf.sin(t)))(x), tf.cos(x)))).dataSync()[0]).toBe(0);
    expect(tf.max(tf.abs(tf.add(tf.grad((t) => tf.sum(tf.cos(t)))(x), tf.sin(x)))).dataSync()[0]).toBe(0);
  });
});
