import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { candidates, findChromium, starts } from './chromium.mjs';

let folder;
const script = (name, status) => {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\nexit ${status}\n`);
  chmodSync(file, 0o755);
  return file;
};

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'diorama-chromium-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('looks along PATH first, then in the usual places', () => {
  const places = candidates(['/a', '/b'].join(path.delimiter));
  expect(places.slice(0, 1)).toEqual([path.join('/a', 'chromium')]);
  expect(places.indexOf(path.join('/b', 'google-chrome'))).toBeLessThan(places.indexOf('/snap/bin/chromium'));
});

it.skipIf(process.platform === 'win32')('takes a browser only if it starts', () => {
  expect(starts(script('chromium', 0))).toBe(true);
  expect(starts(script('stub', 1))).toBe(false);
  expect(starts(path.join(folder, 'none'))).toBe(false);
});

it('takes the one that CHROMIUM_PATH names, and says so when it is not there', async () => {
  const mine = script('mine', 0);
  vi.stubEnv('CHROMIUM_PATH', mine);
  expect(await findChromium()).toBe(mine);
  vi.stubEnv('CHROMIUM_PATH', path.join(folder, 'none'));
  await expect(findChromium()).rejects.toThrow(/CHROMIUM_PATH names .*none, which does not exist/);
});
