// Finds a Chromium to test with: an installed Chrome or Chromium, else Playwright's own, else the Debian package.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const PATH_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The flags that give a headless Chromium software WebGL2 and keep it off the network. */
export const CHROMIUM_FLAGS = [
  '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-sandbox', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--ignore-gpu-blocklist',
];

/** Where a Chrome or Chromium may be installed, by PATH and by habit. */
export function candidates(searchPath = process.env.PATH ?? '') {
  const folders = searchPath.split(path.delimiter).filter(Boolean);
  return [...new Set([...folders.flatMap((folder) => PATH_NAMES.map((name) => path.join(folder, name))), ...ELSEWHERE])];
}

/**
 * Whether a browser is there and its libraries too: Ubuntu has a /usr/bin/chromium-browser that only says where to get one, and
 * Playwright's own comes without the system's libraries. (On Windows asking for the version opens a window.)
 */
export function starts(file) {
  if (!existsSync(file)) return false;
  return process.platform === 'win32' || spawnSync(file, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
}

/** Path of a browser already on this machine, or undefined. CHROMIUM_PATH overrides. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return named;
  }
  return [...candidates(), await playwrightsOwn()].find(starts);
}

function downloadPlaywrights() {
  console.log('No Chrome or Chromium found; asking Playwright for its own …');
  spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], { stdio: ['ignore', 'inherit', 'inherit'], timeout: 300_000 });
}

function installDebianPackage() {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return;
  console.log('Playwright has none that runs here; installing the Debian package "chromium" …');
  const options = { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', 'chromium'], options);
}

/** Finds a browser, or installs one, or says plainly what to do. */
export async function ensureChromium() {
  let found = await findChromium();
  for (const install of [downloadPlaywrights, installDebianPackage]) {
    if (found) return found;
    install();
    found = await findChromium();
  }
  if (found) return found;
  throw new Error('No Chromium could be had. Install Chrome or Chromium (Debian: "sudo apt-get install chromium"), or set CHROMIUM_PATH to one.');
}
