// Bundles one bench with its page into a folder. A built copy, not the dev server: later edits cannot change a long run half-way.
import path from 'node:path';
import { build } from 'vite';

/** Lets bench/page.ts import "virtual:bench", whichever was asked for. */
const chosenBench = (file) => ({
  name: 'chosen-bench',
  resolveId: (id) => (id === 'virtual:bench' ? file : undefined),
});

/** @returns the page's address within `outDir` */
export async function buildBench({ root, file, outDir }) {
  await build({
    configFile: false,
    root,
    base: './',
    publicDir: false,
    logLevel: 'error',
    plugins: [chosenBench(file)],
    worker: { format: 'es' },
    build: {
      outDir, emptyOutDir: true, target: 'es2022', minify: false, modulePreload: { polyfill: false },
      rolldownOptions: { input: path.join(root, 'bench/page.html') },
    },
  });
  return 'bench/page.html';
}
