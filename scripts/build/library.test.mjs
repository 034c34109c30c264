import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../setup.mjs';
import { buildLibrary } from './library.mjs';

const run = promisify(execFile);
/** Somebody's project that has installed the package; inside the house's folder, so that TensorFlow.js is found. */
let project, installed;

const write = (name, text) => writeFileSync(path.join(project, name), text);

beforeAll(async () => {
  mkdirSync(path.join(ROOT, '.cache'), { recursive: true });
  project = mkdtempSync(path.join(ROOT, '.cache/library-user-'));
  installed = path.join(project, 'node_modules/diorama');
  // Without a package of its own, the name "diorama" would mean the house itself.
  write('package.json', JSON.stringify({ name: 'library-user', private: true, type: 'module' }));
  await buildLibrary({ root: ROOT, outDir: installed });
}, 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the library as a package', () => {
  it('can be imported by another Vite project, and then computes', async () => {
    write('user.ts', `
      import { rendering, tf } from 'diorama/graphics';
      await tf.setBackend('cpu');
      console.log(JSON.stringify([typeof rendering.render, Array.from(tf.grad((x: tf.Tensor) => tf.sum(tf.square(x)))(tf.tensor1d([1, 2])).dataSync())]));
    `);
    await build({
      configFile: false, root: project, logLevel: 'error', ssr: { noExternal: true },
      build: { ssr: 'user.ts', outDir: 'out', minify: false, target: 'es2022', rolldownOptions: { output: { entryFileNames: 'user.mjs' } } },
    });
    const { stdout } = await run(process.execPath, [path.join(project, 'out/user.mjs')]);
    expect(JSON.parse(stdout.trim().split('\n').at(-1))).toEqual(['function', [2, 4]]);
  }, 120_000);

  it('carries its types', async () => {
    write('types.ts', `
      import { rendering } from 'diorama/graphics';
      // @ts-expect-error a render takes no text
      rendering.render('scene');
      export const output: rendering.RenderOutput = 'depth';
    `);
    write('tsconfig.json', JSON.stringify({
      compilerOptions: { strict: true, module: 'ESNext', moduleResolution: 'bundler', target: 'ES2022', lib: ['ES2023', 'DOM'], types: [], skipLibCheck: true, noEmit: true },
      files: ['types.ts'],
    }));
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [tsc, '-p', project]).catch((error) => error);
    expect(stdout).toBe('');
  }, 120_000);

  it('leaves TensorFlow.js outside, of the very versions it was made with', () => {
    const own = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    const made = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
    const imports = readFileSync(path.join(installed, 'graphics.js'), 'utf8').matchAll(/from "([^".][^"]*)"|^import "([^"]+)"/gm);
    const packages = new Set([...imports].map(([, from, bare]) => (from ?? bare).split('/').slice(0, 2).join('/')));
    expect(packages.size).toBeGreaterThan(0);
    for (const name of packages) expect(made.peerDependencies[name], name).toBe(own.dependencies[name]);
  });
});
