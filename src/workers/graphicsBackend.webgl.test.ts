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

it('says what the graphics lack, and nothing of plain loops', async () => {
  const { software, missing } = tf.probeCapabilities();
  expect(await startBackend('webgl')).toMatchObject({ name: 'webgl', software, lacks: missing });
  expect(await startBackend('cpu')).toMatchObject({ name: 'cpu', software: false, lacks: [] });
});
