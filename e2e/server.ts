import { existsSync } from 'node:fs';
// @ts-expect-error a plain script without types
import { serveSite } from '../scripts/serve.mjs';

/** Far from other servers' usual ports; the next free one is taken where it is not. */
const FIRST_PORT = 47_310;

/** Serves the built site for all journeys, from a sub-folder. */
export default async function serveForJourneys(): Promise<() => Promise<void>> {
  if (!existsSync('dist/index.html')) throw new Error('There is no dist/index.html to test: run "npm run build" first.');
  const site: { url: string; close(): Promise<void> } = await serveSite({ root: process.cwd(), port: FIRST_PORT, base: '/some/folder/' });
  process.env.SITE_URL = site.url;
  return () => site.close();
}
