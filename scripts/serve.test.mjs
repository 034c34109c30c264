import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { serveSite } from './serve.mjs';

/** @type {(() => Promise<void>)[]} */
const endings = [];
afterEach(async () => { for (const end of endings.splice(0)) await end(); });

async function served(base) {
  const root = await mkdtemp(path.join(tmpdir(), 'site-'));
  endings.push(() => rm(root, { recursive: true }));
  await mkdir(path.join(root, 'dist', 'api'), { recursive: true });
  await writeFile(path.join(root, 'dist', 'index.html'), 'the site');
  await writeFile(path.join(root, 'dist', 'api', 'index.html'), 'the reference');
  const site = await serveSite({ root, port: 4790, base });
  endings.push(() => site.close());
  return (at) => fetch(new URL(at, site.url), { redirect: 'manual' });
}

describe.each(['/', '/some/folder/'])('the site under %s', (base) => {
  it('sends the browser from a folder to its page, with what it asked', async () => {
    const get = await served(base);
    const answer = await get('api?x=1');
    expect([answer.status, answer.headers.get('location')]).toEqual([308, `${base}api/?x=1`]);
    expect(await (await get('api/')).text()).toBe('the reference');
    expect(await (await get('')).text()).toBe('the site');
  });

  it('finds nothing where there is nothing, nor outside of its folder', async () => {
    const get = await served(base);
    expect((await get('nothing')).status).toBe(404);
    expect((await get('..%2f..%2fetc')).status).toBe(404);
    expect((await get('%')).status).toBeGreaterThanOrEqual(400);
  });
});
