import { expect, it } from 'vitest';
import * as tf from '../graphics/tf';
import { createAnswering } from './answer';
import { startBackend } from './graphicsBackend';

const compute = async () => (await tf.tidy(() => tf.matMul(tf.ones([50, 50]), tf.ones([50, 50]))).data())[0];

it('settles a call in flight when the context goes, and computes again on a fresh one', async () => {
  for (let time = 0; time < 2; time++) {
    const { start, answer } = createAnswering();
    const backend = await start('webgl');
    expect(await answer(compute)).toEqual({ ok: true, value: 50 });
    const inFlight = answer(compute);
    expect(backend.loseContext()).toBe(true);
    expect(await inFlight).toMatchObject({ ok: false, trouble: { code: 'context-lost' } });
  }
  const { start, answer } = createAnswering();
  await start('webgl');
  expect(await answer(compute)).toEqual({ ok: true, value: 50 });
});

it('answers that memory ran out where TensorFlow.js throws, and where the graphics device alone knows', async () => {
  const { start, answer } = createAnswering();
  await start('webgl');
  // More texels than any texture has.
  const tooLarge = await answer(async () => tf.tidy(() => tf.relu(tf.fill([100_000, 100_000], 1)).dataSync()[0]));
  expect(tooLarge).toMatchObject({ ok: false, trouble: { code: 'out-of-memory', message: expect.stringContaining('texture size') as string } });

  // No device is filled up here on purpose: GL's own report is put in its place, once.
  const { gl } = (tf.backend() as tf.MathBackendWebGL).gpgpu;
  const { getError } = gl;
  const refused = await answer(async () => {
    gl.getError = () => {
      gl.getError = getError;
      return gl.OUT_OF_MEMORY;
    };
    return compute();
  });
  expect(refused).toMatchObject({ ok: false, trouble: { code: 'out-of-memory', message: expect.stringContaining('graphics device') as string } });
  expect(await answer(compute), 'the error is not said twice').toEqual({ ok: true, value: 50 });
});

it('says what the graphics lack, and nothing of plain loops', async () => {
  const { software, missing } = tf.probeCapabilities();
  expect(await startBackend('webgl')).toMatchObject({ name: 'webgl', software, lacks: missing });
  expect(await startBackend('cpu')).toMatchObject({ name: 'cpu', software: false, lacks: [] });
});
