import path from 'node:path';
import { build } from 'vite';
import { hashSources, markBuilt } from '../sources.mjs';
import { buildDocs } from '../docs/api.mjs';
import { buildLibrary } from './library.mjs';

/** Builds the site into dist/. */
export async function buildSite(root) {
  const hash = hashSources(root);
  await build({ root, logLevel: 'warn' });
  markBuilt(root, hash);
}

/** Builds the site into dist/, the library into dist/lib and its reference into dist/api. */
export async function buildAll(root) {
  await buildSite(root);
  await buildLibrary({ root, outDir: path.join(root, 'dist/lib') });
  await buildDocs({ root, outDir: path.join(root, 'dist/api') });
}
