// npm run docs: the reference of the library, from its docstrings, into dist/api.
import path from 'node:path';
import { ROOT, prepare } from './setup.mjs';

try {
  prepare();
  const { buildDocs } = await import('./docs/api.mjs');
  await buildDocs({ root: ROOT, outDir: path.join(ROOT, 'dist/api') });
  console.log('Built: dist/api (the reference of the library).');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
