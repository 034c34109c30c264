// npm start: installs what is missing, builds what is out of date, serves the site on this machine and prints its address.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT, prepare } from './setup.mjs';
import { isBuilt } from './sources.mjs';

try {
  prepare();
  if (!isBuilt(ROOT)) {
    console.log('Building the site …');
    const { buildSite } = await import('./build/all.mjs');
    await buildSite(ROOT);
  }
  const { serveSite } = await import('./serve.mjs');
  const site = await serveSite({ root: ROOT });
  console.log(`\n  Diorama runs at ${site.url}\n  Ctrl-C ends it.\n`);
  // The site does not wait for the library's reference, which takes as long again.
  if (!existsSync(path.join(ROOT, 'dist/api'))) {
    const { buildDocsInBackground } = await import('./docs/background.mjs');
    buildDocsInBackground(ROOT);
  }
  const stop = () => void site.close().finally(() => process.exit(0));
  process.once('SIGINT', stop).once('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
