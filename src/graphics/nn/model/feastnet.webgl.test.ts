import { expect, it } from 'vitest';
import { torusMesh } from '../../../scene/primitives';
import { relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createFeastNet } from './feastnet';

const torus = torusMesh(1, 0.4, 8, 6);

/** Logits, and the gradients of their squares by all weights. */
async function run(backend: 'cpu' | 'webgl'): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const model = createFeastNet({ task: 'segment', classCount: 3, width: 0.25, seed: 4 });
  const prepared = model.prepare({ batch: 1, count: torus.positions.length / 3, positions: torus.positions, faces: [torus.faces] });
  const logits = model.forward(prepared);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const { grads } = tf.variableGrads(() => tf.sum(tf.square(model.forward(prepared, { training: true }))) as tf.Scalar, variables);
  const values = await Promise.all([logits, ...variables.map(({ name }) => grads[name])].map((tensor) => tensor.data<'float32'>()));
  prepared.dispose();
  model.dispose();
  return values;
}

it('FeaStNet gives on webgl what it gives on the cpu, gradients among it', async () => {
  const [cpu, webgl] = [await run('cpu'), await run('webgl')];
  expect(relativeError(webgl[0], cpu[0])).toBeLessThan(1e-4);
  // Biases before a normalisation have no gradient but rounding; so all are compared at the size of the largest.
  const largest = Math.max(...cpu.slice(1).flatMap((values) => [...values].map(Math.abs)));
  cpu.slice(1).forEach((values, i) => values.forEach((x, k) => expect(Math.abs(webgl[i + 1][k] - x) / largest).toBeLessThan(1e-3)));
});
