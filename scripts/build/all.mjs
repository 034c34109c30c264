import path from 'node:path';
import { build } from 'vite';
import { hashSources, markBuilt } from '../sources.mjs';
import { buildLibrary } from './library.mjs';

/** Builds the site into dist/ and the library into dist/lib. */
export async function buildAll(root) {
  const hash = hashSources(root);
  await build({ root, logLevel: 'warn' });
  await buildLibrary({ root, outDir: path.join(root, 'dist/lib') });
  markBuilt(root, hash);
}
