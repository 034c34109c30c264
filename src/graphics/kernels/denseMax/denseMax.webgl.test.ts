import { beforeAll, expect, it } from 'vitest';
import { createSegmentTable, disposeSegmentTable } from '..';
import { probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { keepOnGPU } from '../testing/backends';
import { randomValues } from '../testing/views';
import { denseMax } from './denseMax';

beforeAll(keepOnGPU);

// Whole, and four columns at a time.
it.each([undefined, 500])('is what it is on the cpu, with its gradients (at most %s products at once)', async (mostProducts) => {
  const [rows, depth, channels] = [120, 6, 9];
  const segments = Int32Array.from({ length: rows }, (_, i) => (i % 11 === 0 ? -1 : i % 3));
  const results: Float32Array[] = [];
  for (const backend of ['cpu', 'webgl']) {
    await tf.setBackend(backend);
    const groups = createSegmentTable(segments, 3);
    const signs = tf.tensor1d(Array.from({ length: channels }, (_, c) => (c % 2 === 0 ? 1 : -1)));
    const inputs = [tf.tensor2d(randomValues(rows * depth, 1), [rows, depth]), tf.tensor2d(randomValues(depth * channels, 2), [depth, channels])];
    const f = (a: tf.Tensor, b: tf.Tensor) => denseMax(a as tf.Tensor2D, b as tf.Tensor2D, signs, groups, { mostProducts }).values;
    const all = tf.tidy(() => tf.concat([f(inputs[0], inputs[1]), ...tf.grads((a, b) => probe(tf.square(f(a, b))))(inputs)].map((t) => tf.reshape(t, [-1]))));
    results.push(await all.data<'float32'>());
    disposeSegmentTable(groups);
  }
  expect(relativeError(results[1], results[0])).toBeLessThan(1e-5);
});
