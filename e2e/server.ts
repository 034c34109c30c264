import { existsSync } from 'node:fs';
import path from 'node:path';
// @ts-expect-error a plain script without types
import { serveSite } from '../scripts/serve.mjs';
import { serveModels } from './models';

/** Far from other servers' usual ports; the next free one is taken where it is not. */
const FIRST_PORT = 47_310;
const BASE = '/some/folder/';

/** Serves the built site for all journeys, from a sub-folder: dist/, or what SITE_FOLDER names. Beside it lie models to load by their address. */
export default async function serveForJourneys(): Promise<() => Promise<void>> {
  const folder = path.resolve(process.env.SITE_FOLDER ?? 'dist');
  if (!existsSync(path.join(folder, 'index.html'))) throw new Error(`There is no ${path.join(folder, 'index.html')} to test: run "npm run build" first.`);
  const site: { url: string; close(): Promise<void> } = await serveSite({ root: process.cwd(), folder, port: FIRST_PORT, base: BASE, plugins: [await serveModels(`${BASE}models/`)] });
  process.env.SITE_URL = site.url;
  return () => site.close();
}
