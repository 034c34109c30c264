import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AddressBar } from './addressBar';

const page = { hash: '' };

beforeEach(() => {
  vi.useFakeTimers();
  page.hash = '';
  vi.stubGlobal('location', page);
  vi.stubGlobal('history', { replaceState: (_: unknown, __: string, hash: string) => { page.hash = hash; } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function write(bar: AddressBar): void {
  bar.writeSoon();
  vi.runAllTimers();
}

it('keeps a bare address until there is something to say, then says it', () => {
  let hash = '#v=1';
  const bar = new AddressBar(() => hash, '#v=1');
  write(bar);
  expect(page.hash).toBe('');
  hash = '#v=1&seed=2';
  write(bar);
  expect(page.hash).toBe('#v=1&seed=2');
  expect(bar.isNews(page.hash)).toBe(false);
});

it('does not overwrite what a person has just typed, and tells that it is news', () => {
  const bar = new AddressBar(() => '#v=1&stop=3', '#v=1');
  bar.writeSoon();
  page.hash = '#v=1&object=bird';
  vi.runAllTimers();
  expect(page.hash).toBe('#v=1&object=bird');
  expect(bar.isNews(page.hash)).toBe(true);
  expect(bar.isNews(page.hash)).toBe(false);
  write(bar);
  expect(page.hash).toBe('#v=1&stop=3');
});
