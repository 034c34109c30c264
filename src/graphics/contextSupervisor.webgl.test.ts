import { afterEach, beforeEach, expect, it } from 'vitest';
import * as tf from './tf';

let supervisor: tf.ContextSupervisor;
let events: string[];

const loseContext = () => {
  const { gl } = (tf.backend() as tf.MathBackendWebGL).gpgpu;
  gl.getExtension('WEBGL_lose_context')!.loseContext();
};

beforeEach(async () => {
  await tf.setBackend('webgl');
  events = [];
  supervisor = tf.superviseContext({
    onLost: () => {
      events.push(supervisor.isLost ? 'lost' : 'said too early');
      supervisor.guard(Promise.resolve()).catch((error: Error) => events.push(error.name));
    },
    onUsable: () => events.push('usable'),
  });
});

afterEach(() => supervisor.dispose());

/** A result on the GPU whose read is pending while the context goes. */
const pendingRead = () => tf.tidy(() => tf.matMul(tf.ones([200, 200]), tf.ones([200, 200]))).data();

it('rejects pending reads instead of letting them hang, and computes again on a fresh context', async () => {
  const read = supervisor.guard(pendingRead());
  loseContext();
  await expect(read).rejects.toBeInstanceOf(tf.ContextLostError);
  await supervisor.whenUsable();
  expect(supervisor.isLost).toBe(false);
  expect(events).toEqual(['lost', 'ContextLostError', 'usable']);
  const [value] = await supervisor.guard(pendingRead());
  expect(value).toBe(200);
});

it('watches the fresh context too', async () => {
  for (let time = 0; time < 2; time++) {
    const read = supervisor.guard(pendingRead());
    loseContext();
    await expect(read).rejects.toBeInstanceOf(tf.ContextLostError);
    await supervisor.whenUsable();
  }
  expect(events.filter((event) => event === 'usable')).toHaveLength(2);
  expect((await supervisor.guard(pendingRead()))[0]).toBe(200);
});

it('passes results and errors of guarded work through', async () => {
  await expect(supervisor.guard(Promise.resolve(3))).resolves.toBe(3);
  await expect(supervisor.guard(Promise.reject(new Error('own')))).rejects.toThrow('own');
});
