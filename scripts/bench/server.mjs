// Serves one built bench, public/ and the permitted files on the loopback interface to the one page that knows the token.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function readFirst(folders, name) {
  for (const folder of folders) {
    const file = path.join(folder, name);
    if (!file.startsWith(folder + path.sep)) continue;
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes) return bytes;
  }
  return undefined;
}

/** With these a page's clock ticks in microseconds rather than tenths of milliseconds. */
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/**
 * @param {{ folders: string[], files: ReturnType<typeof import('./files.mjs').createFileAccess> }} what folders are searched in turn
 * @returns {Promise<{ url: string, close(): Promise<void> }>} `url` ends in the token and a slash
 */
export async function serveBench({ folders, files }) {
  const token = randomBytes(16).toString('hex');
  const roots = folders.map((folder) => path.resolve(folder));
  const answer = async (request) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    if (!pathname.startsWith(`/${token}/`)) return { status: 404 };
    const name = decodeURIComponent(pathname.slice(token.length + 2));
    if (name === '__file') {
      const file = searchParams.get('path') ?? '';
      try {
        if (request.method === 'PUT') {
          await files.write(file, await body(request));
          return { status: 204 };
        }
        if (searchParams.has('list')) return { status: 200, bytes: Buffer.from(JSON.stringify(await files.list(file))), type: 'application/json' };
        return { status: 200, bytes: await files.read(file), type: 'application/octet-stream' };
      } catch (error) {
        return { status: error.code === 'ENOENT' ? 404 : 403, bytes: Buffer.from(error.message), type: 'text/plain' };
      }
    }
    const bytes = await readFirst(roots, name);
    return bytes ? { status: 200, bytes, type: TYPES[path.extname(name)] ?? 'application/octet-stream' } : { status: 404 };
  };
  const server = createServer(async (request, response) => {
    const { status, bytes, type } = await answer(request).catch((error) => ({ status: 400, bytes: Buffer.from(String(error)), type: 'text/plain' }));
    response.writeHead(status, { 'cache-control': 'no-store', ...ISOLATION, ...(type && { 'content-type': type }) }).end(bytes);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/${token}/`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
