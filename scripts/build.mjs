// npm run build: the site into dist/, the library as a package into dist/lib.
import { ROOT, prepare } from './setup.mjs';

try {
  prepare();
  const { buildAll } = await import('./build/all.mjs');
  await buildAll(ROOT);
  console.log('Built: dist/ (the site) and dist/lib (the library).');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
