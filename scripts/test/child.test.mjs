import { expect, it } from 'vitest';
import { runNode } from './child.mjs';

const run = (script, { limitMinutes = 1, signal = new AbortController().signal } = {}) =>
  runNode(['-e', script], { cwd: process.cwd(), limitMinutes, signal });
const FOREVER = 'setInterval(() => {}, 1000)';

it('gives the exit status', async () => {
  expect(await run('process.exitCode = 3')).toBe(3);
});

it('ends a child that takes too long', async () => {
  expect(await run(FOREVER, { limitMinutes: 0.002 })).toBe('timeout');
});

it('ends a child when stopped', async () => {
  const stop = new AbortController();
  const ended = run(FOREVER, { signal: stop.signal });
  stop.abort();
  expect(await ended).toBe('SIGTERM');
});
