// What must be there before anything else runs: a recent Node, and the packages of the lock file. Needs Node's own modules alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The message for a Node that is too old for the tools, or undefined. Vite's own range: 20.19 and up, 22.12 and up, no 21. */
export function refuseNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  return fits ? undefined : `Diorama needs Node 20.19 or newer (of the 22 series, 22.12 or newer); this is Node ${version}. Get one from https://nodejs.org and try again.`;
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

/** Node and packages, or an end with a plain message. */
export function prepare() {
  const refusal = refuseNode(process.versions.node);
  if (refusal) throw new Error(refusal);
  ensureDependencies();
}
