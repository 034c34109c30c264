// Serves the built site on the loopback interface, strictly from inside its folder.
import { preview } from 'vite';

const FIRST_PORT = 4173;

/**
 * @param {{ root: string, folder?: string, port?: number, base?: string }} where `folder` holds the built site, `base` is the sub-folder of the
 *   address; without a port, the first free one
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serveSite({ root, folder = 'dist', port = FIRST_PORT, base = '/' }) {
  const server = await preview({
    configFile: false, root, base, appType: 'mpa', logLevel: 'warn', build: { outDir: folder },
    preview: { host: '127.0.0.1', port, strictPort: false, open: false },
  });
  return { url: `http://127.0.0.1:${server.httpServer.address().port}${base}`, close: () => server.close() };
}
