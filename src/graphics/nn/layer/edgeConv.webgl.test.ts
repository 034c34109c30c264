import { expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { keepOnGPU } from '../../kernels/testing/backends';
import { probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { EdgeConv } from './edgeConv';

it('EdgeConv on its own graph in many dimensions is what it is on the cpu, with its gradient', async () => {
  keepOnGPU();
  const random = createRandom(5);
  const values = Float32Array.from({ length: 2 * 30 * 12 }, () => random.normal());
  const results: Float32Array[] = [];
  for (const backend of ['cpu', 'webgl']) {
    await tf.setBackend(backend);
    const layer = new EdgeConv({ channels: 5, k: 4 });
    const x = tf.tensor3d(values, [2, 30, 12]);
    const f = (a: tf.Tensor) => layer.apply(a, { training: true }) as tf.Tensor;
    const both = tf.tidy(() => tf.concat([f(x), tf.grad((a) => probe(f(a)))(x)].map((t) => tf.reshape(t, [-1]))));
    results.push(await both.data<'float32'>());
    layer.dispose();
  }
  expect(relativeError(results[1], results[0])).toBeLessThan(1e-3);
});
