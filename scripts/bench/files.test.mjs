import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileAccess } from './files.mjs';
import { serveBench } from './server.mjs';

let cwd, files;

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'diorama-files-')));
  mkdirSync(path.join(cwd, 'data'));
  writeFileSync(path.join(cwd, 'data/mesh.obj'), 'v 1 2 3');
  writeFileSync(path.join(cwd, 'secret'), 'secret');
  files = createFileAccess({ cwd, readable: ['data'], writable: ['out.json'] });
});
afterEach(() => rmSync(cwd, { recursive: true }));

describe('createFileAccess', () => {
  it('reads what was named, and nothing beside or behind it', async () => {
    expect(String(await files.read('data/mesh.obj'))).toBe('v 1 2 3');
    for (const name of ['secret', 'data/../secret', path.join(cwd, 'secret'), 'data-other', '/etc/passwd']) {
      await expect(files.read(name), name).rejects.toThrow(/may not read/);
    }
  });

  it('does not follow a link out', async () => {
    symlinkSync(path.join(cwd, 'secret'), path.join(cwd, 'data/link'));
    await expect(files.read('data/link')).rejects.toThrow(/may not read/);
  });

  it('writes only what may be written, whole', async () => {
    await files.write('out.json', 'one');
    await files.write('out.json', 'two');
    expect(String(await files.read('out.json'))).toBe('two');
    expect(readdirSync(cwd).sort()).toEqual(['data', 'out.json', 'secret']);
    await expect(files.write('data/mesh.obj', '')).rejects.toThrow(/may not write/);
  });
});

describe('serveBench', () => {
  it('answers the one who knows the token, from its folders alone', async () => {
    const server = await serveBench({ folders: [path.join(cwd, 'data')], files });
    try {
      const get = async (address) => {
        const response = await fetch(address);
        return [response.status, await response.text()];
      };
      const { origin } = new URL(server.url);
      expect(await get(`${server.url}mesh.obj`)).toEqual([200, 'v 1 2 3']);
      expect((await get(`${server.url}..%2fsecret`))[0]).toBe(404);
      expect((await get(`${origin}/mesh.obj`))[0]).toBe(404);
      expect(await get(`${server.url}__file?path=data/mesh.obj`)).toEqual([200, 'v 1 2 3']);
      expect((await get(`${server.url}__file?path=data/none`))[0]).toBe(404);
      expect(await get(`${server.url}__file?list&path=data`)).toEqual([200, '["mesh.obj"]']);
      expect((await get(`${server.url}__file?list&path=none`))[0]).toBe(403);
      expect((await get(`${server.url}__file?path=secret`))[0]).toBe(403);
      expect((await fetch(`${server.url}__file?path=out.json`, { method: 'PUT', body: 'x' })).status).toBe(204);
      expect((await fetch(`${server.url}__file?path=secret`, { method: 'PUT', body: 'x' })).status).toBe(403);
    } finally {
      await server.close();
    }
  });
});
