import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isInstalled, refuseNode } from './setup.mjs';

describe('refuseNode', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.1.0'])('takes %s', (version) => {
    expect(refuseNode(version)).toBeUndefined();
  });
  it.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0'])('refuses %s and says what to get', (version) => {
    expect(refuseNode(version)).toMatch(new RegExp(`needs Node 20\\.19 or newer .* this is Node ${version.replaceAll('.', '\\.')}`));
  });
  it.each(['20.19.0', '22.13.0', '24.0.0', '25.1.0'])('takes %s for tests too', (version) => {
    expect(refuseNode(version, { tests: true })).toBeUndefined();
  });
  it.each(['20.18.3', '22.12.0', '23.5.0'])('refuses %s for tests, and says that it is for them', (version) => {
    expect(refuseNode(version, { tests: true })).toMatch(/22\.13 or newer; not 23\) to run its tests; this is Node/);
  });
});

describe('isInstalled', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } } };
  const installed = (packages) => ({ packages });
  it('takes what the lock file names, without the optional', () => {
    expect(isInstalled(lock, installed({ 'node_modules/a': { version: '1.0.0' } }))).toBe(true);
  });
  it.each([
    ['a package is missing', {}],
    ['a version differs', { 'node_modules/a': { version: '1.0.1' } }],
    ['one is there that should not be', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } }],
  ])('refuses when %s', (_, packages) => {
    expect(isInstalled(lock, installed(packages))).toBe(false);
  });
  it('agrees with npm about this very folder', () => {
    const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
    expect(isInstalled(read('package-lock.json'), read('node_modules/.package-lock.json'))).toBe(true);
  });
});
