// What must be there before anything else runs: a recent Node, and the packages of the lock file. Needs Node's own modules alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** What Vite takes, which builds and serves: no 21. */
const TO_BUILD = { 20: 19, 22: 12, 23: 0, says: '20.19 or newer (of the 22 series, 22.12 or newer)' };
/** What ESLint takes besides: a later 22, and no 23. */
const TO_TEST = { 20: 19, 22: 13, says: '20.19 or newer (of the 22 series, 22.13 or newer; not 23) to run its tests' };

/** The message for a Node that is too old for the tools, or undefined. @param {{ tests?: boolean }} for what: tests ask for more than the site. */
export function refuseNode(version, { tests = false } = {}) {
  const [major, minor] = version.split('.').map(Number);
  const needed = tests ? TO_TEST : TO_BUILD;
  const fits = major > 23 || minor >= (needed[major] ?? Infinity);
  return fits ? undefined : `Diorama needs Node ${needed.says}; this is Node ${version}. Get one from https://nodejs.org and try again.`;
}

/**
 * Whether the packages that npm says it installed are those of the lock file. Both in npm's lockfile format, version 3.
 * Optional packages may be missing: most are for other machines.
 */
export function isInstalled(lock, installed) {
  const wanted = Object.entries(lock.packages).filter(([where]) => where !== '');
  const have = installed.packages;
  const missing = wanted.some(([where, entry]) => !have[where] && !entry.optional && !entry.devOptional);
  const different = Object.entries(have).some(([where, entry]) => lock.packages[where]?.version !== entry.version);
  return !missing && !different;
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Installs what the lock file names, only where something of it is missing. */
export function ensureDependencies(root = ROOT) {
  const marker = path.join(root, 'node_modules/.package-lock.json');
  if (existsSync(marker) && isInstalled(readJson(path.join(root, 'package-lock.json')), readJson(marker))) return;
  console.log('Installing the packages of package-lock.json …');
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command, ...args] = [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' && npm.length === 1 });
  if (status !== 0) throw new Error(`The packages could not be installed (npm ci ${error ? error.message : `ended with ${status}`}). Is the network there?`);
}

/** Node and packages, or an end with a plain message. @param {{ tests?: boolean }} for what */
export function prepare(purpose) {
  const refusal = refuseNode(process.versions.node, purpose);
  if (refusal) throw new Error(refusal);
  ensureDependencies();
}
