// npm run build: the site into dist/, the library as a package into dist/lib, its reference into dist/api.
import { ROOT, prepare } from './setup.mjs';

try {
  prepare();
  const { buildAll } = await import('./build/all.mjs');
  await buildAll(ROOT);
  console.log('Built: dist/ (the site), dist/lib (the library) and dist/api (its reference).');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
