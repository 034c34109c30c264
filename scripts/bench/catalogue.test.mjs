import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findBench, listBenches } from './catalogue.mjs';

let folder;
const write = (name, text) => writeFileSync(path.join(folder, name), text);

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'diorama-catalogue-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('reads descriptions and options without running a bench', () => {
  write('b.bench.ts', "throw new Error('ran'); export const description = 'two ' + 'words';");
  write('a.bench.ts', "export const description: string = 'one'; export const backend = 'cpu'; export const options = [{ name: 'x', value: 'N', description: `d` }] as const;");
  write('notes.ts', '');
  expect(listBenches(folder).map(({ name, description, options, backend }) => ({ name, description, options, backend }))).toEqual([
    { name: 'a', description: 'one', options: [{ name: 'x', value: 'N', description: 'd' }], backend: 'cpu' },
    { name: 'b', description: 'two words', options: [], backend: 'webgl' },
  ]);
});

it('names what there is when asked for what there is not', () => {
  write('a.bench.ts', "export const description = 'one';");
  expect(findBench(folder, 'a').name).toBe('a');
  expect(() => findBench(folder, 'b')).toThrow('There is no bench "b". There are: a');
  expect(() => findBench(folder, '../a')).toThrow('There is no bench');
});

it('refuses a description that is computed or missing', () => {
  write('a.bench.ts', "const d = 'x'; export const description = d;");
  expect(() => findBench(folder, 'a')).toThrow(/must be written as literals/);
  write('a.bench.ts', 'export const run = 1;');
  expect(() => findBench(folder, 'a')).toThrow(/must export a description/);
});

it('knows every bench of the house', () => {
  const names = listBenches(fileURLToPath(new URL('../../bench/', import.meta.url))).map(({ name }) => name);
  expect(names).toContain('render');
});
