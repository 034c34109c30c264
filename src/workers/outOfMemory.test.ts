import { describe, expect, it } from 'vitest';
import { createAnswering } from './answer';
import { isOutOfMemory } from './outOfMemory';

const endless = (): number => 1 + endless();

/** What this engine really throws. */
function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It threw nothing.');
}

describe('isOutOfMemory', () => {
  it.each<[string, () => unknown]>([
    ['a buffer', () => new ArrayBuffer(Number.MAX_SAFE_INTEGER)],
    ['a typed array', () => new Float32Array(2 ** 50)],
    ['an array', () => { new Array<number>(10).length = 2 ** 33; }],
    ['a text', () => 'x'.repeat(2 ** 30)],
  ])('knows what V8 says when %s does not fit', (_, work) => {
    expect(isOutOfMemory(thrownBy(work))).toBe(true);
  });

  it.each([
    'WebAssembly.Memory(): could not allocate memory', 'WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance',
    'Unable to create WebGLTexture.', 'Unable to create WebGLFramebuffer.', 'Unable to create WebGLBuffer',
    'Requested texture size [20000x20000] greater than WebGL maximum on this browser / GPU [8192x8192].',
    'Failed to execute \'postMessage\' on \'Worker\': Data cannot be cloned, out of memory.', 'Map maximum size exceeded', 'allocation size overflow',
  ])('knows “%s”', (message) => {
    expect(isOutOfMemory(new Error(message))).toBe(true);
  });

  it.each<[string, () => unknown]>([
    ['an endless recursion', endless],
    ['a wrong number of digits', () => (1).toFixed(200)],
    ['a wrong view', () => new Float32Array(new ArrayBuffer(8), 3)],
    ['a plain mistake', () => (undefined as unknown as { x: number }).x],
  ])('takes %s for what it is', (_, work) => {
    expect(isOutOfMemory(thrownBy(work))).toBe(false);
  });
});

it('answers with advice where memory ran out, and with the mistake where there is one', async () => {
  const { answer } = createAnswering();
  expect(await answer(async () => new Float32Array(2 ** 50))).toMatchObject({
    ok: false, trouble: { code: 'out-of-memory', message: expect.stringMatching(/array length.*smaller resolution/i) as string },
  });
  expect(await answer(async () => endless())).toMatchObject({ ok: false, trouble: { code: 'engine', message: 'Maximum call stack size exceeded' } });
});
