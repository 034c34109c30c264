// Finds a Chromium to test with: an installed Chrome or Chromium, else Playwright's own, else the Debian package.
import { existsSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';

const CANDIDATES = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The flags that give a headless Chromium software WebGL2 and keep it off the network. */
export const CHROMIUM_FLAGS = [
  '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-sandbox', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--ignore-gpu-blocklist',
];

/** Path of a browser already on this machine, or undefined. CHROMIUM_PATH overrides. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return named;
  }
  const installed = CANDIDATES.find((p) => existsSync(p));
  if (installed) return installed;
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** Finds a browser, or installs one, or says plainly what to do. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  console.log('No Chrome or Chromium found; asking Playwright for its own …');
  spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 });
  let path = await findChromium();
  if (path) return path;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('Playwright could not fetch one; installing the Debian package "chromium" …');
    try {
      execFileSync('apt-get', ['update'], { stdio: 'inherit' });
      execFileSync('apt-get', ['install', '-y', 'chromium'], { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    } catch (error) {
      console.error(String(error));
    }
    path = await findChromium();
    if (path) return path;
  }
  throw new Error('No Chromium could be had. Install Chrome or Chromium (Debian: "sudo apt-get install chromium"), or set CHROMIUM_PATH to one.');
}
