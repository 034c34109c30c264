// Whether dist/ was built from the sources as they are now: by their contents, since a clone's dates say nothing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What the built site and library depend on. */
const SOURCES = ['src', 'public', 'index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'scripts/build'];
const STAMP = '.cache/built-from';

function* filesUnder(entry) {
  if (!existsSync(entry)) return;
  if (statSync(entry).isDirectory()) {
    for (const name of readdirSync(entry).sort()) yield* filesUnder(path.join(entry, name));
  } else if (!/\.test\.\w+$/.test(entry)) yield entry;
}

/** A hash of every source file's name and contents. */
export function hashSources(root) {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesUnder(path.join(root, source))) {
      const bytes = readFileSync(file);
      hash.update(`${path.relative(root, file)}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}

export const isBuilt = (root) =>
  existsSync(path.join(root, 'dist/index.html')) && existsSync(path.join(root, STAMP)) && readFileSync(path.join(root, STAMP), 'utf8') === hashSources(root);

/** `hash` as it was before the build began: what changed meanwhile is built again next time. */
export function markBuilt(root, hash) {
  mkdirSync(path.join(root, path.dirname(STAMP)), { recursive: true });
  writeFileSync(path.join(root, STAMP), hash);
}
