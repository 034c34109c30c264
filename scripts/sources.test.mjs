import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashSources, isBuilt, markBuilt } from './sources.mjs';

let root;
const write = (name, text) => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
};

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'diorama-sources-'));
  write('src/a.ts', 'a');
  write('dist/index.html', '');
});
afterEach(() => rmSync(root, { recursive: true }));

it('is built once marked, until a source changes', () => {
  expect(isBuilt(root)).toBe(false);
  markBuilt(root, hashSources(root));
  expect(isBuilt(root)).toBe(true);
  write('src/a.ts', 'b');
  expect(isBuilt(root)).toBe(false);
});

it('is not built without a page, and does not mind tests', () => {
  markBuilt(root, hashSources(root));
  write('src/a.test.ts', 'tests');
  expect(isBuilt(root)).toBe(true);
  rmSync(path.join(root, 'dist'), { recursive: true });
  expect(isBuilt(root)).toBe(false);
});

it('tells a moved byte from one file to the next', () => {
  write('src/b.ts', 'b');
  const before = hashSources(root);
  write('src/a.ts', '');
  write('src/b.ts', 'ab');
  expect(hashSources(root)).not.toBe(before);
});
