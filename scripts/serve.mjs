// Serves the built site on the loopback interface, strictly from inside its folder.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { preview } from 'vite';

const FIRST_PORT = 4173;

/**
 * Where an address without its last slash names a folder with a page (`/api`), the browser is sent to it with the slash, under which the page's
 * own links work.
 * @param {string} site the folder that is served. @param {string} base under which address.
 * @returns {import('vite').Plugin}
 */
const foldersEndInSlash = (site, base) => ({
  name: 'folders-end-in-slash',
  configurePreviewServer: ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      const [pathname, query] = (request.url ?? '').split(/(?=\?)/);
      const within = pathname.startsWith(base) ? decoded(pathname.slice(base.length)) : undefined;
      const named = within && !within.endsWith('/') ? path.resolve(site, within) : undefined;
      const inside = named?.startsWith(site + path.sep);
      if (!inside || !existsSync(path.join(named, 'index.html'))) return next();
      response.writeHead(308, { Location: `${pathname}/${query ?? ''}` }).end();
    });
  },
});

/** @param {string} text @returns {string | undefined} undefined where it is no percent-encoding */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {{ root: string, folder?: string, port?: number, base?: string, plugins?: import('vite').Plugin[] }} where `folder` holds the built site, `base` is the sub-folder of the
 *   address; without a port, the first free one; `plugins` serve what lies elsewhere
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serveSite({ root, folder = 'dist', port = FIRST_PORT, base = '/', plugins = [] }) {
  const server = await preview({
    configFile: false, root, base, appType: 'mpa', logLevel: 'warn', build: { outDir: folder },
    preview: { host: '127.0.0.1', port, strictPort: false, open: false },
    plugins: [...plugins, foldersEndInSlash(path.resolve(root, folder), base)],
  });
  return { url: `http://127.0.0.1:${server.httpServer.address().port}${base}`, close: () => server.close() };
}
